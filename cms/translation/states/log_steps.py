"""Steps that follow from rows of the log, stored in the transaction that appends them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from wagtail.log_actions import get_active_log_context

from cms.core.calendar import local_day
from cms.core.enums import Significance
from cms.publication.enums import Kind
from cms.publication.log.history import ContentHistory
from cms.publication.log.publication_log import ContentChange
from cms.publication.models import Release
from cms.translation.enums import WorkEvent, WorkState
from cms.translation.models import TranslationStep, TranslationTask
from cms.translation.states.steps import Happening, build_due_steps, build_step, store_steps
from cms.translation.states.task_rows import ensure_tasks, has_tasks
from cms.translation.states.told_states import build_told, find_told_state
from cms.translation.states.work import find_decision

SOURCE_EVENTS = {
    Significance.TYPO: WorkEvent.SOURCE_TYPO,
    Significance.MINOR: WorkEvent.SOURCE_MINOR,
    Significance.SUBSTANTIVE: WorkEvent.SOURCE_SUBSTANTIVE,
}

SMALL_EVENTS = {WorkEvent.SOURCE_TYPO, WorkEvent.SOURCE_MINOR, WorkEvent.SOURCE_REPUBLISHED}


def on_rows_appended(sender: type, changes: Sequence[ContentChange], now: datetime, **kwargs: Any) -> None:
    """Store the steps that the new rows are to the translations of their contents; texts released again are none."""
    relevant = [change for change in changes if _is_relevant(change)]
    if not relevant:
        return
    before = {change.history.content_id: change.build_history_before() for change in relevant}
    sources = {change.history.content_id: change.history.source_locale for change in relevant}
    tasks = ensure_tasks(sources, before)
    steps: list[TranslationStep] = []
    changed: list[TranslationTask] = []
    for change in relevant:
        content_id = change.history.content_id
        log = _LogSteps(change, before[content_id], now)
        for (task_content, _locale), task in tasks.items():
            if task_content == content_id:
                steps += log.build_steps(task)
                changed.append(task)
    store_steps(changed, steps)


def _find_felt_event(event: WorkEvent, before: WorkState | None, after: WorkState | None) -> WorkEvent:
    """Find what a text of the source is to one translation.

    A small change that comes out for today is a change in substance to a translation of the text that is planned: it tells
    tomorrow's law today, which it did not while the source had no text of today.
    """
    turns = before in (WorkState.CURRENT, WorkState.MACHINE) and after == WorkState.OUTDATED
    return WorkEvent.SOURCE_SUBSTANTIVE if turns and event in SMALL_EVENTS else event


def _is_relevant(change: ContentChange) -> bool:
    rows = change.rows
    return (
        any(row.is_text or row.kind == Kind.WITHDRAWN for row in rows)
        and any(row.is_text for row in change.history.rows)
        and has_tasks(rows[-1].type)
    )


@dataclass
class _LogSteps:
    """Steps of one content's translations out of one transaction's rows."""

    change: ContentChange
    before: ContentHistory
    now: datetime
    source_steps: list[tuple[WorkEvent, Release]] = field(init=False)

    def __post_init__(self) -> None:
        self.today = local_day(self.now)
        self.source = self.change.history.source_locale
        self.user = get_active_log_context().user
        self.source_steps = self._list_source_events()

    def build_steps(self, task: TranslationTask) -> list[TranslationStep]:
        """Build the steps of one task: what happened to the source first, then what happened to the translation itself."""
        told_before = find_told_state(self.before, task.locale, self.today)
        steps = build_due_steps(task, self.today, told_before)
        told = build_told(self.change.history, task.locale, self.today)
        there = (task.state, task.outdated_from, task.current_from)
        for event, row in self.source_steps:
            felt = _find_felt_event(event, told_before, told.state)
            step = build_step(task, self._build_happening(felt, row), told)
            # What is taken back has a say only in languages in which it changes something.
            is_felt = (task.state, task.outdated_from, task.current_from) != there
            if step and (is_felt or event not in (WorkEvent.SOURCE_UNDONE, WorkEvent.SOURCE_WITHDRAWN)):
                steps.append(step)
        for happening in self._list_own(task, told_before, told.state):
            step = build_step(task, happening, told)
            if step:
                steps.append(step)
        task.outdated_from, task.current_from = told.outdated_from, told.current_from
        return steps

    def _list_source_events(self) -> list[tuple[WorkEvent, Release]]:
        rows = [row for row in self.change.rows if row.locale == self.source]
        texts = [row for row in rows if row.is_text]
        if texts:
            return [(event, row) for row in texts if (event := self._find_source_event(row)) is not None]
        withdrawn = [row for row in rows if row.kind == Kind.WITHDRAWN]
        if not withdrawn or not self._changes_texts(self.source):
            return []
        is_all = all(entry.is_hole for entry in self.change.history.list_texts(self.source))
        return [(WorkEvent.SOURCE_WITHDRAWN if is_all else WorkEvent.SOURCE_UNDONE, withdrawn[-1])]

    def _find_source_event(self, row: Release) -> WorkEvent | None:
        if row.undoes:
            return WorkEvent.SOURCE_UNDONE
        entries = self.before.list_texts(self.source)
        if all(entry.is_hole for entry in entries):
            was_out = any(earlier.is_text for earlier in self.before.list_rows(self.source))
            return WorkEvent.SOURCE_BACK if was_out else None
        if row.significance != Significance.SUBSTANTIVE and any(
            entry.row.text_hash == row.text_hash for entry in entries
        ):
            return WorkEvent.SOURCE_REPUBLISHED
        if row.significance == Significance.SUBSTANTIVE and row.applies_from and row.applies_from > self.today:
            return WorkEvent.SOURCE_PLANNED
        return SOURCE_EVENTS[Significance(row.significance)]

    def _list_own(self, task: TranslationTask, before: WorkState | None, after: WorkState | None) -> list[Happening]:
        rows = [row for row in self.change.rows if row.locale == task.locale]
        decision = find_decision()
        event = decision.event if decision else WorkEvent.RELEASED
        released = [self._build_happening(event, row, is_own=True) for row in rows if row.is_text]
        if released:
            return released
        withdrawn = [row for row in rows if row.kind == Kind.WITHDRAWN]
        is_source_gone = bool(self.source_steps) and self.source_steps[-1][0] in (
            WorkEvent.SOURCE_WITHDRAWN,
            WorkEvent.SOURCE_UNDONE,
        )
        if not withdrawn or is_source_gone or not self._changes_texts(task.locale) or before == after:
            return []
        return [self._build_happening(WorkEvent.WITHDRAWN, withdrawn[-1])]

    def _build_happening(self, event: WorkEvent, row: Release, *, is_own: bool = False) -> Happening:
        decision = find_decision() if is_own else None
        return Happening(
            event,
            self.now,
            decision.user if decision else self.user,
            decision.reason if decision else ("" if is_own else row.change_note),
            row.version,
        )

    def _changes_texts(self, locale: str) -> bool:
        """Say whether other texts of a language count than before; a text that is released again is the same one."""
        counting = [
            [(entry.row.position, entry.is_hole) for entry in history.list_texts(locale)]
            for history in (self.before, self.change.history)
        ]
        return counting[0] != counting[1]
