"""Steps: what happens to a translation is stored with its task, by the table of states."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cms.core.calendar import start_of_day
from cms.translation.enums import WorkEvent, WorkState
from cms.translation.models import TranslationStep, TranslationTask
from cms.translation.states.state_table import TOLD_STATES, WORK_EVENTS, find_after
from cms.translation.states.told_states import Told

REASON_LENGTH = 400


@dataclass(frozen=True)
class Happening:
    """Something that happened to a translation: what, when, who did it and why. ``version`` is that of the release, if any."""

    event: WorkEvent
    at: datetime
    user: Any = None
    reason: str = ""
    version: str = ""


def build_step(task: TranslationTask, happening: Happening, told: Told) -> TranslationStep | None:
    """Let a task take a step; nothing is stored yet. ``None`` if it is not worth one: nobody works on it and nothing changes.

    Raises:
        StepRefusedError: if it is not possible in the task's state.
    """
    before = WorkState(task.state)
    after = find_after(before, happening.event, told.state)
    task.outdated_from, task.current_from = told.outdated_from, told.current_from
    if after == before == WorkState.UNTRANSLATED and happening.event != WorkEvent.REQUESTED:
        return None
    if after != before:
        task.state, task.since = after, happening.at
    return TranslationStep(
        task=task,
        event=happening.event,
        before=before,
        after=after,
        at=happening.at,
        user=happening.user,
        reason=happening.reason[:REASON_LENGTH],
        version=happening.version,
    )


def build_due_steps(task: TranslationTask, today: date, state: WorkState | None) -> list[TranslationStep]:
    """Build the step of a planned text that has begun since the last one; ``state`` is what readers are told by now.

    Nobody clicked on that day, so the step has no user; who planned it stands in the step before.
    """
    day = next((day for day in (task.outdated_from, task.current_from) if day and day <= today), None)
    if day is None:
        return []
    event = WorkEvent.SOURCE_SUBSTANTIVE if day == task.outdated_from else WorkEvent.RELEASED
    task.outdated_from = task.current_from = None
    if task.state not in TOLD_STATES or state is None or state == task.state:
        return []
    before = WorkState(task.state)
    if state != WorkState.OUTDATED:
        event = WorkEvent.RELEASED
    task.state, task.since = state, start_of_day(day)
    return [TranslationStep(task=task, event=event, before=before, after=state, at=task.since)]


def store_steps(tasks: Iterable[TranslationTask], steps: Iterable[TranslationStep]) -> None:
    """Store steps and what they made of their tasks."""
    TranslationTask.objects.bulk_update(
        tasks, ["state", "since", "outdated_from", "current_from", "owner", "due"], batch_size=200
    )
    TranslationStep.objects.bulk_create(steps, batch_size=500)


def is_repetition(task: TranslationTask, happening: Happening) -> bool:
    """Say whether the newest step says the same already: a draft is saved every few seconds while somebody types."""
    if happening.event not in WORK_EVENTS or happening.reason:
        return False
    newest = task.steps.order_by("-at", "-pk").first()
    return (
        newest is not None
        and (newest.event, newest.after) == (happening.event, task.state)
        and newest.user_id == (happening.user.pk if happening.user else None)
    )
