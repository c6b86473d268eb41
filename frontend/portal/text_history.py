"""History of a document's page: its texts in one language, from the log, and the notices of other days and changed sources."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from cms.core.calendar import local_day
from cms.core.enums import Significance
from cms.publication.access.access_scope import PUBLIC_ACCESS
from cms.publication.enums import TranslationState
from cms.publication.log.history import load_histories
from cms.publication.log.text_versions import find_withdrawal, list_text_versions, list_version_withdrawals
from cms.publication.log.timeline import find_span
from cms.publication.models import Release, Window
from frontend.portal.force_notices import DayNotice
from frontend.portal.released_documents import PlannedChange, ReleasedDocument

# Past this a reader is better served by the API, which gives all of them.
HISTORY_LIMIT = 100
# Two documents say the same when these do; what is around a text may differ from one day to the next.
TEXT_KEYS = ("title", "summary", "html")


@dataclass(frozen=True)
class HistoryEntry:
    """One text of the history.

    ``path`` shows it as of its first day, ``""`` where it never applied or may not be read any more; ``withdrawn`` says why it was
    taken away, ``""`` where it was not. ``locale`` is the language of the note where that is not the page's: what is planned for
    the source. ``is_first`` marks the oldest text there is.
    """

    applies_from: date
    released_on: date
    is_substantive: bool
    is_planned: bool
    is_shown: bool
    change_note: str
    withdrawn: str
    path: str
    locale: str = ""
    is_first: bool = False


@dataclass(frozen=True)
class SourceChange:
    """One change of a source, in substance, that a translation does not tell of; ``change_note`` is in ``locale``."""

    day: date
    change_note: str
    locale: str


def list_source_changes(found: ReleasedDocument, day: date) -> list[SourceChange]:
    """List what has changed in the source since an outdated translation was made, as of a day, oldest first."""
    if found.document["translation"]["state"] != TranslationState.OUTDATED:
        return []
    content_id = UUID(found.document["id"])
    history = load_histories([content_id])[content_id]
    span = find_span(history.build_text_spans(found.locale), day)
    missed = history.list_missed_texts(span.row, day) if span else []
    return [
        SourceChange(text.applies_from or local_day(text.released_at), text.change_note, text.locale)
        for text in missed
        if PUBLIC_ACCESS.covers(text.visibility, text.consortium)
    ]


def build_history(
    shown: ReleasedDocument, path: str, shown_day: date, day: date, change: PlannedChange | None = None
) -> list[HistoryEntry]:
    """Build the history of the document shown at a path, as of ``shown_day``, newest text first; ``day`` is today.

    Planned texts are in it: whoever may read the page may know of them; and the ``change`` of the source that overtakes it.
    """
    content_id = UUID(shown.document["id"])
    texts = list(list_text_versions(content_id, shown.locale, PUBLIC_ACCESS)[:HISTORY_LIMIT])
    withdrawals = list_version_withdrawals(texts, PUBLIC_ACCESS)
    windows = Window.objects.visible_to(PUBLIC_ACCESS).filter(content_id=content_id, locale=shown.locale)
    rows = windows.order_by("-starts").values_list("release__text_position", "starts", "ends")
    # A text that was released again unchanged is the version before it, which is the newest one not after it in the log.
    positions = [text.position for text in texts]
    spans = [
        (next((own for own in positions if own <= (position or 0)), None), starts, ends)
        for position, starts, ends in rows
    ]
    # Of several windows that deliver one text, the first is the day from which it could be read.
    first_days = {text: starts for text, starts, _ends in spans}
    shown_text, current_text = (
        next((text for text, starts, ends in spans if starts <= when and (ends is None or when < ends)), None)
        for when in (shown_day, day)
    )
    paths = {text: f"{path}?as_of={starts}" for text, starts in first_days.items()} | {current_text: path}
    entries = [
        _build_entry(text, find_withdrawal(text, withdrawals), text.position == shown_text, paths, day)
        for text in texts
    ]
    if entries and len(entries) < HISTORY_LIMIT:
        entries[-1] = replace(entries[-1], is_first=True)
    return [*([_build_change(change)] if change else []), *entries]


def build_text_notice(
    shown: ReleasedDocument, current: ReleasedDocument, as_of: date | None, path: str
) -> DayNotice | None:
    """Build the notice above a text of another day than today; ``None`` for today's."""
    if as_of is None:
        return None
    is_changed = any(shown.document.get(key) != current.document.get(key) for key in TEXT_KEYS)
    return DayNotice(day=as_of, is_changed=is_changed, today_path=path, diff_path="", state_today="")


def _build_change(change: PlannedChange) -> HistoryEntry:
    return HistoryEntry(
        applies_from=change.day,
        released_on=change.day,
        is_substantive=True,
        is_planned=True,
        is_shown=False,
        change_note=change.change_note,
        withdrawn="",
        path="",
        locale=change.locale,
    )


def _build_entry(
    text: Release, withdrawal: Release | None, is_shown: bool, paths: Mapping[int | None, str], day: date
) -> HistoryEntry:
    released_on = local_day(text.released_at)
    applies_from = text.applies_from or released_on
    return HistoryEntry(
        applies_from=applies_from,
        released_on=released_on,
        is_substantive=text.significance == Significance.SUBSTANTIVE,
        is_planned=applies_from > day and withdrawal is None,
        is_shown=is_shown,
        change_note=text.change_note,
        withdrawn=withdrawal.reason if withdrawal else "",
        path="" if is_shown else paths.get(text.position, ""),
    )
