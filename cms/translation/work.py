"""Writers of the work on translations: what is asked for, what still stands, and each step by the table."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cms.translation.enums import WorkEvent, WorkState
from cms.translation.models import TranslationStep, TranslationTask


@transaction.atomic
def request(
    content_id: UUID, locale: str, *, user: Any, owner: Any = None, due: date | None = None, reason: str = ""
) -> TranslationTask:
    """Ask for a translation, of somebody and by a day where they are given."""
    task, _is_new = TranslationTask.objects.get_or_create(
        content_id=content_id, locale=locale, defaults={"since": timezone.now()}
    )
    task.owner, task.due = owner, due
    task.save(update_fields=["owner", "due"])
    _store_step(task, WorkEvent.REQUESTED, task.state, user=user, reason=reason)
    return task


@transaction.atomic
def dismiss(content_id: UUID, locale: str, *, user: Any, reason: str) -> TranslationTask:
    """Say that an outdated translation is still right."""
    task = TranslationTask.objects.get(content_id=content_id, locale=locale)
    _store_step(task, WorkEvent.DISMISSED, WorkState.CURRENT, user=user, reason=reason)
    return task


@transaction.atomic
def record(
    event: str, content_id: UUID, locale: str, *, user: Any = None, reason: str = "", version: str = ""
) -> TranslationTask:
    """Store one step of a translation."""
    task, _is_new = TranslationTask.objects.get_or_create(
        content_id=content_id, locale=locale, defaults={"since": timezone.now()}
    )
    after = {
        WorkEvent.EDITED: WorkState.IN_WORK,
        WorkEvent.COMPLETED: WorkState.READY,
        WorkEvent.RELEASED: WorkState.CURRENT,
    }.get(WorkEvent(event), WorkState(task.state))
    _store_step(task, event, after, user=user, reason=reason, version=version)
    return task


def _store_step(
    task: TranslationTask, event: str, after: str, *, user: Any, reason: str = "", version: str = ""
) -> None:
    TranslationStep.objects.create(
        task=task,
        event=event,
        before=task.state,
        after=after,
        at=timezone.now(),
        user=user,
        reason=reason[:400],
        version=version,
    )
    if task.state != after:
        task.state, task.since = after, timezone.now()
        task.save(update_fields=["state", "since"])
