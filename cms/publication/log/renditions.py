"""Renditions of one text over time: the same editorial text, with another amount from January on.

A text is published once. What it shows by reference may change on days that are known beforehand, so a text has a rendition from
its first day on and perhaps others from later days on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cms.publication.log.digests import compute_hash
from cms.publication.log.drafts import ReleaseDraft


@dataclass(frozen=True)
class Rendition:
    """A text as it reads from a day on. ``document`` is its text part; it is left in the database until it is needed."""

    starts: date
    text_hash: str
    document: Mapping[str, Any] | None = field(default=None, compare=False)


def build_renditions(draft: ReleaseDraft, first_day: date) -> list[Rendition]:
    """Build a draft's renditions in order of time, the first from ``first_day`` on."""
    texts = [(first_day, draft.document), *((rendition.starts, rendition.document) for rendition in draft.renditions)]
    return [
        Rendition(starts, compute_text_hash(draft, document), {**document, "verified": dict(draft.verified)})
        for starts, document in texts
    ]


def compute_text_hash(draft: ReleaseDraft, document: Mapping[str, Any]) -> str:
    """Compute the hash under which an unchanged text is recognised: what it says, not what surrounds it."""
    said = {
        "document": dict(document),
        "applies_until": draft.applies_until,
        "change_note": draft.change_note,
        "machine": draft.is_machine,
    }
    # Only where somebody vouches for it: texts released before this was known keep their hash.
    if any(draft.verified.values()):
        said["verified"] = dict(draft.verified)
    return compute_hash(said)


def find_rendition(renditions: Iterable[Rendition], day: date) -> Rendition | None:
    """Find the rendition that holds on a day; ``renditions`` stand in order of time."""
    return next((rendition for rendition in reversed(list(renditions)) if rendition.starts <= day), None)


def cut_renditions(renditions: Sequence[Rendition], day: date) -> list[Rendition]:
    """Cut off what was before a day: the first of what is left begins on it. Equal neighbours become one."""
    current = find_rendition(renditions, day)
    later = [rendition for rendition in renditions if rendition.starts > day]
    cut = [Rendition(day, current.text_hash, current.document)] if current else []
    for rendition in later:
        if not cut or cut[-1].text_hash != rendition.text_hash:
            cut.append(rendition)
    return cut
