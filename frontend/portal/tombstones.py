"""Tombstones: the fate of a path that has no document today: moved, withdrawn, ended, or never anything anyone may know of."""

from dataclasses import dataclass
from datetime import date

from cms.core.languages import fallback_chain
from cms.publication.access.access_scope import PUBLIC_ACCESS
from cms.publication.enums import Kind, Reason
from cms.publication.models import Release
from frontend.portal.released_documents import find_in_chain, is_storable, list_public

ENDED = "ended"


@dataclass(frozen=True)
class Tombstone:
    """The fate of a document: ``reason`` is ``gone``, ``moved``, ``recalled`` or ``ended``.

    ``new_path`` is where to go instead; ``is_same`` says that it is the very same text there: a redirect, not a farewell.
    ``explanation`` is what the editors say about it, in the language ``explanation_locale``.
    """

    reason: str
    new_path: str | None = None
    is_same: bool = False
    explanation: str = ""
    explanation_locale: str = ""


def find_tombstone(path: str, locale: str, day: date) -> Tombstone | None:
    """Find what became of the last public document at a path; ``None`` when the path says nothing to anyone."""
    if not is_storable(path):
        return None
    last = Release.objects.filter(path=path, kind=Kind.RELEASED).order_by("-position").first()
    if last is None:
        return None
    history = Release.objects.filter(content_id=last.content_id, locale=last.locale).order_by("-position")
    newest = history.filter(kind=Kind.RELEASED).first()
    if newest is None or not PUBLIC_ACCESS.covers(newest.visibility, newest.consortium):
        return None
    new_path = (
        list_public(day).filter(content_id=last.content_id, locale=last.locale).values_list("path", flat=True).first()
    )
    if new_path:
        return Tombstone(Reason.MOVED, new_path, is_same=True)
    if last.applies_from and last.applies_from > day:
        return None
    withdrawal = history.filter(
        kind=Kind.WITHDRAWN, version__in=["", newest.version], position__gt=last.position
    ).first()
    if withdrawal is None:
        return Tombstone(ENDED)
    successor = withdrawal.moved_to and find_in_chain(withdrawal.moved_to, fallback_chain(locale), day)
    return Tombstone(
        withdrawal.reason,
        successor.path if successor else None,
        explanation=withdrawal.change_note,
        explanation_locale=_find_explanation_locale(withdrawal),
    )


def _find_explanation_locale(withdrawal: Release) -> str:
    """Find the language of an explanation: where the source went with the same one, it was written there."""
    source = Release.objects.filter(
        content_id=withdrawal.content_id,
        locale=withdrawal.source_locale,
        kind=Kind.WITHDRAWN,
        change_note=withdrawal.change_note,
    )
    return withdrawal.source_locale if withdrawal.change_note and source.exists() else withdrawal.locale
