"""How one text reads as time goes by: the same editorial text, with another amount from January on.

A text is published once. What it shows by reference may change on days that are known beforehand, so a text has a reading from
its first day on and perhaps others from later days on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cms.publication.log.digests import compute_hash
from cms.publication.log.drafts import ReleaseDraft


@dataclass(frozen=True)
class Reading:
    """How a text reads from a day on. ``document`` is its text part; it is left in the database until it is needed."""

    starts: date
    text_hash: str
    document: Mapping[str, Any] | None = field(default=None, compare=False)


def build_readings(draft: ReleaseDraft, first_day: date) -> list[Reading]:
    """Build a draft's readings in order of time, the first from ``first_day`` on."""
    texts = [(first_day, draft.document), *((variant.starts, variant.document) for variant in draft.variants)]
    return [
        Reading(starts, compute_text_hash(draft, document), {**document, "verified": dict(draft.verified)})
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


def find_reading(readings: Iterable[Reading], day: date) -> Reading | None:
    """Find the reading that holds on a day; ``readings`` stand in order of time."""
    return next((reading for reading in reversed(list(readings)) if reading.starts <= day), None)


def cut_readings(readings: Sequence[Reading], day: date) -> list[Reading]:
    """Cut off what was before a day: the first of what is left begins on it. Equal neighbours become one."""
    current = find_reading(readings, day)
    later = [reading for reading in readings if reading.starts > day]
    cut = [Reading(day, current.text_hash, current.document)] if current else []
    for reading in later:
        if not cut or cut[-1].text_hash != reading.text_hash:
            cut.append(reading)
    return cut
