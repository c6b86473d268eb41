"""Answers for a document that is not there: never seen (404), withdrawn or ended (410), or stale (404 ``outdated-translation``)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from cms.api.problems import Problem, build_gone, build_not_found
from cms.publication.access.access_scope import AccessScope
from cms.publication.access.querysets import HIDDEN_WHEN_OUTDATED
from cms.publication.enums import Kind, TranslationState
from cms.publication.log.endings import find_ending
from cms.publication.models import Release, Window


def explain_absence(
    content_id: UUID, *, chain: Sequence[str], day: date, access: AccessScope, allow_outdated: bool
) -> Problem:
    """Explain why nothing of an item applies on a day in any language of the chain. Two queries at most.

    What is withdrawn or ended in one of the languages, the asked one first, is gone; what a caller could never see never was.
    """
    rows = list(Release.objects.filter(content_id=content_id).order_by("position"))
    if not rows or not access.covers(rows[-1].visibility, rows[-1].consortium):
        return build_not_found()
    by_locale: dict[str, list[Release]] = defaultdict(list)
    for row in rows:
        by_locale[row.locale].append(row)
    stale = not allow_outdated and _list_stale(content_id, chain, day, access)
    for locale in chain:
        if locale in (stale or ()):
            continue
        if ending := find_ending(by_locale[locale], day, access):
            return _build_withdrawn(ending.withdrawal) if ending.withdrawal else build_gone("ended")
    if stale:
        return _build_outdated(chain[0])
    return build_not_found()


def find_version_problem(released: Release, access: AccessScope) -> Problem | None:
    """Find why one exact version may not be served; ``None`` when it may. Two queries at most."""
    later = Release.objects.filter(content_id=released.content_id, position__gt=released.position).order_by("position")
    rows = [released, *later]
    if not all(access.covers(row.visibility, row.consortium) for row in (rows[0], rows[-1])):
        return build_not_found()
    for row in rows[1:]:
        if row.kind == Kind.WITHDRAWN and row.locale == released.locale and row.version in ("", released.version):
            return _build_withdrawn(row)
    return None


def _list_stale(content_id: UUID, chain: Sequence[str], day: date, access: AccessScope) -> list[str]:
    windows = Window.objects.filter(content_id=content_id, locale__in=chain, type__in=sorted(HIDDEN_WHEN_OUTDATED))
    stale = windows.visible_to(access).applying(day).filter(state=TranslationState.OUTDATED)
    return list(stale.values_list("locale", flat=True))


def _build_withdrawn(row: Release) -> Problem:
    return build_gone(row.reason, str(row.moved_to) if row.moved_to else None, row.change_note or None)


def _build_outdated(locale: str) -> Problem:
    return Problem(
        404,
        "outdated-translation",
        "Outdated translation",
        "The law note has changed in substance since it was translated, and no other language of the chain has it. "
        "Ask with allow_outdated=true to get the old text, marked as outdated.",
        locale=locale,
    )
