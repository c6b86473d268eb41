"""Notices to translators: found in what has happened, stored with whom they are for, and sent later (``notice_mails``).

Everything is found again after a crash: an occasion and its notices are stored in one transaction, under a lock on the task.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from cms.core.calendar import today
from cms.publication.pages.pending_releases import UNSCHEDULE_ACTION
from cms.translation.desk.access import may_see_content
from cms.translation.enums import NoticeKind, WorkEvent, WorkState
from cms.translation.models import BundleEntry, LanguageTeam, Notice, NoticeOccasion, TranslationStep, TranslationTask
from cms.translation.models.task_querysets import TaskQuerySet

logger = logging.getLogger(__name__)
# Nobody is told of what happened longer ago, after a worker that stood still for weeks.
DAYS_BACK = 14
BATCH = 200
LISTED = 100
# The newest says all: asked for again, by another day, one request is left.
SUPERSEDED = frozenset((NoticeKind.REQUESTED, NoticeKind.OUTDATED, NoticeKind.HANDED_OUT))


def list_unseen(user: Any) -> QuerySet[Notice]:
    """List what a person has not seen yet, the newest first."""
    return list_notices(user).filter(seen_at__isnull=True)


def list_notices(user: Any) -> QuerySet[Notice]:
    """List what a person has been told, the newest first."""
    return Notice.objects.filter(user=user).select_related("occasion__task").order_by("-occasion__at", "-pk")


def mark_seen(user: Any, **of_task: Any) -> int:
    """Mark as seen what a person has been told, of one task (``content_id``, ``locale``) where they are given; returns how many.

    Nothing is written where there is nothing to mark: whoever opens a page waits for no other's transaction.
    """
    conditions = {f"occasion__task__{name}": value for name, value in of_task.items()}
    unseen = Notice.objects.filter(user=user, seen_at__isnull=True, **conditions)
    return unseen.update(seen_at=timezone.now()) if unseen.exists() else 0


def try_mark_seen(user: Any, **of_task: Any) -> None:
    """Mark as seen beside something else that is asked for: a database that is busy leaves it for the next time."""
    try:
        with transaction.atomic():
            mark_seen(user, **of_task)
    except OperationalError as error:
        logger.warning("the notices of user %s could not be marked as seen: %s", user.pk, error)


def tell_blocked(content_id: UUID, locale: str, reason: str, *, at: datetime | None = None) -> bool:
    """Tell those who translate that something stands against publishing: a release that waits for this language, say.

    The same reason is told once while it is not seen. Returns whether anything was told.
    """
    task = TranslationTask.objects.filter(content_id=content_id, locale=locale).first()
    if task is None:
        return False
    with transaction.atomic():
        _lock(task)
        told = NoticeOccasion.objects.filter(task=task, kind=NoticeKind.BLOCKED, reason=reason)
        is_known = told.filter(at=at).exists() if at else told.filter(notices__seen_at__isnull=True).exists()
        if is_known:
            return False
        _store(task, NoticeKind.BLOCKED, at=at or timezone.now(), reason=reason)
    return True


def store_notices() -> int:
    """Store the notices of all that has happened since the last time; returns how many occasions there were.

    Safe to repeat and to run twice at once.
    """
    count = 0
    for step in _list_untold_steps():
        kind = NoticeKind.REQUESTED if step.event == WorkEvent.REQUESTED else NoticeKind.BLOCKED
        with transaction.atomic():
            _lock(step.task)
            if NoticeOccasion.objects.filter(step=step).exists():
                continue
            _store(step.task, kind, at=step.at, step=step, reason=step.reason, by=step.user_id)
            count += 1
    for task in list(_list_untold_outdated()[:BATCH]):
        with transaction.atomic():
            _lock(task)
            if _list_untold_outdated().filter(pk=task.pk).exists():
                _store(task, NoticeKind.OUTDATED, at=timezone.now())
                count += 1
    for entry in _list_untold_drafts():
        task = TranslationTask.objects.filter(content_id=entry.content_id, locale=entry.locale).first()
        with transaction.atomic():
            if task is None:
                continue
            _lock(task)
            if _list_untold_drafts().filter(pk=entry.pk).exists():
                _store(task, NoticeKind.HANDED_OUT, at=timezone.now(), reason=entry.bundle.name)
                count += 1
    return count + sum(tell_blocked(*found[:3], at=found[3]) for found in _list_given_up_schedules())


def list_people(task: TranslationTask) -> Iterator[tuple[Any, bool]]:
    """List who is told of a task, and whether by mail: who was asked, else the language's team; only who may see the text."""
    if task.owner is not None:
        people = [(task.owner, True)]
    else:
        teams = LanguageTeam.objects.filter(locale=task.locale).prefetch_related("members")
        people = [(member, team.has_mail) for team in teams for member in team.members.all()]
    for user, has_mail in people:
        if user.is_active and may_see_content(task.content_id, user):
            yield user, has_mail and bool(user.email)


def _list_untold_steps() -> list[TranslationStep]:
    """List the steps that ask for a translation, or take its source away while somebody translates, and that nobody was told of."""
    stops = Q(event=WorkEvent.SOURCE_WITHDRAWN, before__in=(WorkState.IN_WORK, WorkState.READY, WorkState.MACHINE))
    steps = TranslationStep.objects.filter(
        Q(event=WorkEvent.REQUESTED) | stops,
        occasion__isnull=True,
        at__gte=timezone.now() - timedelta(days=DAYS_BACK),
    )
    return list(steps.select_related("task__owner").order_by("pk")[:BATCH])


def _list_untold_outdated() -> TaskQuerySet:
    """List the translations that are outdated today and whose translators have not been told since they are.

    Nothing happens on the first day of a planned change, so the tasks are asked, not their steps.
    """
    told = NoticeOccasion.objects.filter(task=OuterRef("pk"), kind=NoticeKind.OUTDATED)
    stored = Q(state=WorkState.OUTDATED) & ~Q(Exists(told.filter(at__gte=OuterRef("since"))))
    turned = ~Q(state=WorkState.OUTDATED) & ~Q(Exists(told.filter(at__date__gte=OuterRef("outdated_from"))))
    tasks: TaskQuerySet = TranslationTask.objects.on_day(today()).filter(stored | turned)
    outdated: TaskQuerySet = tasks.filter(state_on_day=WorkState.OUTDATED).select_related("owner").order_by("pk")
    return outdated


def _list_untold_drafts() -> QuerySet[BundleEntry]:
    """List the texts of bundles whose translators were given a draft of the source and have not been told since."""
    told = NoticeOccasion.objects.filter(
        kind=NoticeKind.HANDED_OUT,
        task__content_id=OuterRef("content_id"),
        task__locale=OuterRef("locale"),
        at__gte=OuterRef("handed_out_at"),
    )
    entries = BundleEntry.objects.filter(
        is_pending=True, handed_out_at__gte=timezone.now() - timedelta(days=DAYS_BACK)
    ).exclude(Exists(told))
    return entries.select_related("bundle").order_by("pk")


def _list_given_up_schedules() -> Iterator[tuple[UUID, str, str, datetime]]:
    """List the translations whose scheduled publication was given up, with why and when."""
    entries = PageLogEntry.objects.filter(
        action=UNSCHEDULE_ACTION, timestamp__gte=timezone.now() - timedelta(days=DAYS_BACK)
    )
    for entry in entries.exclude(data__obstacle="").order_by("pk")[:BATCH]:
        page = Page.objects.filter(pk=entry.page_id).select_related("locale").first()
        if page is not None and entry.data.get("obstacle"):
            yield page.translation_key, page.locale.language_code, entry.data["obstacle"], entry.timestamp


def _lock(task: TranslationTask) -> None:
    TranslationTask.objects.select_for_update().get(pk=task.pk)


def _store(
    task: TranslationTask,
    kind: NoticeKind,
    *,
    at: datetime,
    reason: str = "",
    step: TranslationStep | None = None,
    by: int | None = None,
) -> None:
    if kind in SUPERSEDED:
        older = Notice.objects.filter(occasion__task=task, occasion__kind=kind, seen_at__isnull=True)
        older.update(seen_at=timezone.now())
    occasion = NoticeOccasion.objects.create(task=task, kind=kind, at=at, reason=reason, step=step, due=task.due)
    Notice.objects.bulk_create(
        Notice(occasion=occasion, user=user, wants_mail=wants_mail)
        for user, wants_mail in list_people(task)
        if user.pk != by
    )
