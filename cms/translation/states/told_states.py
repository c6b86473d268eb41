"""States that readers are told of a translation, out of the log: today, and the coming days on which they turn."""

from dataclasses import dataclass
from datetime import date

from cms.publication.log.forecasts import list_effective_days
from cms.publication.log.history import ContentHistory
from cms.publication.log.timeline import Span
from cms.translation.enums import WorkState


@dataclass(frozen=True)
class Told:
    """State readers are told today, and the first coming days on which it becomes outdated, or is outdated no more."""

    state: WorkState | None
    outdated_from: date | None = None
    current_from: date | None = None


def build_told(history: ContentHistory, locale: str, today: date) -> Told:
    """Build what the log tells of one language."""
    state = find_told_state(history, locale, today)
    if state is None or state == WorkState.WITHDRAWN:
        return Told(state)
    is_outdated = state == WorkState.OUTDATED
    for day in list_effective_days(history, today)[1:]:
        if (find_told_state(history, locale, day) == WorkState.OUTDATED) != is_outdated:
            return Told(state, current_from=day) if is_outdated else Told(state, outdated_from=day)
    return Told(state)


def find_told_state(history: ContentHistory, locale: str, day: date) -> WorkState | None:
    """Find the state of the text that applies on a day, else of the next one, else of the last; ``None`` if none came out.

    A language of which all was taken back is withdrawn, a plan that was cancelled before its first day included.
    """
    span = _find_standing(history.build_text_spans(locale), day)
    if span is None:
        return WorkState.WITHDRAWN if any(row.is_text for row in history.list_rows(locale)) else None
    return WorkState(history.derive_state(span.row, max(day, span.starts)))


def _find_standing(spans: list[Span], day: date) -> Span | None:
    present = [span for span in spans if span.reaches(day)]
    return present[0] if present else (spans[-1] if spans else None)
