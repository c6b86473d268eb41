"""Release status of a page, in short: published since, planned for, taken away when and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cms.core.calendar import local_day, today, write_day
from cms.core.models import ReleasablePage
from cms.publication.access.access_scope import PUBLIC_ACCESS
from cms.publication.editor.forms import REASONS
from cms.publication.enums import Kind
from cms.publication.log.forecasts import find_day_before
from cms.publication.log.history import ContentHistory, load_histories
from cms.publication.log.timeline import Span, find_span, have_applied
from cms.publication.models import Release
from cms.publication.pages.obstacles import is_withdrawn


@dataclass(frozen=True)
class PlannedVersion:
    """One planned version: its first day and its title."""

    first_day: date
    title: str


@dataclass(frozen=True)
class ReleaseStatus:
    """Status of one page in its own language.

    ``since`` is the first day of the text that applies today, ``ended_on`` the last day of one after which nothing came. ``url`` is
    where anybody reads it today; ``""`` while nobody who has not signed in does.
    """

    locale: str
    since: date | None
    text_count: int
    planned: Sequence[PlannedVersion]
    ended_on: date | None = None
    withdrawn_on: date | None = None
    reason: str = ""
    explanation: str = ""
    url: str = ""


def find_release_status(page: ReleasablePage) -> ReleaseStatus | None:
    """Find what readers get of a page; ``None`` where nothing of it ever came out."""
    history = load_histories([page.translation_key])[page.translation_key]
    locale = page.locale.language_code
    rows = history.list_rows(locale)
    if not history.list_delivered(locale) and not have_applied(rows, today()):
        return None
    spans = history.build_text_spans(locale)
    current = find_span(spans, today())
    planned = [PlannedVersion(span.starts, span.row.title) for span in spans if span.starts > today()]
    is_public = current is not None and PUBLIC_ACCESS.covers(current.row.visibility, current.row.consortium)
    return ReleaseStatus(
        locale=locale,
        since=current.starts if current else None,
        text_count=sum(row.is_text for row in rows),
        planned=planned,
        ended_on=None if current or planned else _find_last_day(spans),
        url=page.full_url if is_public else "",
        **_describe_withdrawal(history, locale),
    )


def describe_return(history: ContentHistory, locale: str) -> list[str]:
    """Say that publishing brings back a text that was withdrawn, when it was and why; nothing of one that was not."""
    if not is_withdrawn(history, locale):
        return []
    withdrawal = _describe_withdrawal(history, locale)
    return [
        _("This text was withdrawn on %(day)s: %(reason)s. Publishing brings it back for readers.")
        % {"day": write_day(withdrawal["withdrawn_on"]), "reason": withdrawal["reason"]}
    ]


def _find_last_day(spans: Sequence[Span]) -> date | None:
    return find_day_before(spans[-1].ends) if spans else None


def _describe_withdrawal(history: ContentHistory, locale: str) -> dict[str, Any]:
    if not is_withdrawn(history, locale):
        return {}
    row: Release = next(row for row in reversed(history.list_rows(locale)) if row.kind == Kind.WITHDRAWN)
    reason = next((str(text) for value, text in REASONS if value == row.reason), "")
    return {"withdrawn_on": local_day(row.released_at), "reason": reason, "explanation": row.change_note}
