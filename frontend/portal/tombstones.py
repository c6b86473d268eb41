"""Tombstones: the fate of a path that has no document today: moved, withdrawn, ended, or never anything anyone may know of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max

from cms.core.languages import fallback_chain
from cms.publication.access.access_scope import PUBLIC_ACCESS
from cms.publication.enums import Kind, Reason
from cms.publication.log.endings import find_ending
from cms.publication.models import Release
from frontend.portal.released_documents import (
    PlannedText,
    ReleasedDocument,
    find_in_chain,
    find_planned_text,
    is_storable,
    list_languages,
    list_public,
)

ENDED = "ended"
# So many items that have stood at one path are looked at, and so many successors that were replaced in turn.
FATE_LIMIT = 10


@dataclass(frozen=True)
class Tombstone:
    """The fate of a document: ``reason`` is ``gone``, ``moved``, ``recalled`` or ``ended``.

    ``new_path`` is where to go instead; ``is_same`` says that it is the very same text there: a redirect, not a farewell.
    ``explanation`` is what the editors say about it, in the language ``explanation_locale``. ``planned`` is the text that is to
    stand in its place on a coming day, ``elsewhere`` what can be read of it in other languages today.
    """

    reason: str
    new_path: str | None = None
    is_same: bool = False
    explanation: str = ""
    explanation_locale: str = ""
    planned: PlannedText | None = None
    elsewhere: Sequence[ReleasedDocument] = ()


def find_tombstone(path: str, locale: str, day: date) -> Tombstone | None:
    """Find what became of the last public document at a path; ``None`` when the path says nothing to anyone.

    What took the path over and has not begun yet, or is for some eyes only, does not silence what stood there before.
    """
    if not is_storable(path):
        return None
    stood = Release.objects.filter(path=path, kind=Kind.RELEASED).values("content_id", "locale")
    for item in stood.annotate(last=Max("position")).order_by("-last")[:FATE_LIMIT]:
        if tombstone := _find_fate(item["content_id"], item["locale"], locale, day):
            return tombstone
    return None


def _find_fate(content_id: UUID, own_locale: str, locale: str, day: date) -> Tombstone | None:
    newest = Release.objects.filter(content_id=content_id).order_by("-position").first()
    if newest is None or not PUBLIC_ACCESS.covers(newest.visibility, newest.consortium):
        return None
    current = list_public(day).filter(content_id=content_id, locale=own_locale)
    if new_path := current.values_list("path", flat=True).first():
        return Tombstone(Reason.MOVED, new_path, is_same=True)
    rows = Release.objects.filter(content_id=content_id, locale=own_locale).order_by("position")
    ending = find_ending(rows, day, PUBLIC_ACCESS)
    if ending is None:
        return None
    around: dict[str, Any] = {
        "planned": find_planned_text(content_id, own_locale, day),
        "elsewhere": list_languages(content_id, locale, day),
    }
    withdrawal = ending.withdrawal
    if withdrawal is None:
        return Tombstone(ENDED, **around)
    successor = _find_successor(withdrawal, locale, day)
    return Tombstone(
        withdrawal.reason,
        successor.path if successor else None,
        explanation=withdrawal.change_note,
        explanation_locale=_find_explanation_locale(withdrawal),
        **around,
    )


def _find_successor(withdrawal: Release, locale: str, day: date) -> ReleasedDocument | None:
    """Find what replaced a text; what was replaced itself since is followed to what replaced that."""
    moved_to = withdrawal.moved_to
    for _step in range(FATE_LIMIT):
        if moved_to is None:
            return None
        if successor := find_in_chain(moved_to, fallback_chain(locale), day):
            return successor
        replaced = Release.objects.filter(content_id=moved_to, kind=Kind.WITHDRAWN, moved_to__isnull=False)
        moved_to = replaced.order_by("-position").values_list("moved_to", flat=True).first()
    return None


def _find_explanation_locale(withdrawal: Release) -> str:
    """Find the language of an explanation: where the source went with the same one, it was written there."""
    source = Release.objects.filter(
        content_id=withdrawal.content_id,
        locale=withdrawal.source_locale,
        kind=Kind.WITHDRAWN,
        change_note=withdrawal.change_note,
    )
    return withdrawal.source_locale if withdrawal.change_note and source.exists() else withdrawal.locale
