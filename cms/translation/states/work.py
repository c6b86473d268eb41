"""Work on translations: what people ask for and decide, and every event that is recorded. Each function is one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.core.calendar import local_day
from cms.core.languages import LANGUAGES
from cms.core.permissions import list_editable_pages
from cms.publication.log.history import ContentHistory, load_histories
from cms.publication.log.publication_log import publication_log
from cms.translation.enums import WorkEvent, WorkState
from cms.translation.models import TranslationStep, TranslationTask
from cms.translation.states.standing_words import find_standing_words
from cms.translation.states.state_table import TABLE, StepRefusedError
from cms.translation.states.steps import (
    REASON_LENGTH,
    Happening,
    build_due_steps,
    build_step,
    is_repetition,
    store_steps,
)
from cms.translation.states.task_rows import ensure_tasks
from cms.translation.states.told_states import build_told, find_told_state


@dataclass(frozen=True)
class Decision:
    """Decision of a person that the log carries out: what it is, whose, and why."""

    event: WorkEvent
    user: Any
    reason: str


_decision: ContextVar[Decision | None] = ContextVar("decision", default=None)


@contextmanager
def deciding(event: WorkEvent, user: Any, reason: str) -> Iterator[None]:
    """Let the rows that the log appends inside stand for a decision."""
    token = _decision.set(Decision(event, user, reason))
    try:
        yield
    finally:
        _decision.reset(token)


def find_decision() -> Decision | None:
    """Find the decision that is being carried out."""
    return _decision.get()


def request(
    content_id: UUID, locale: str, *, user: Any, owner: Any = None, due: date | None = None, reason: str = ""
) -> TranslationStep | None:
    """Ask for a translation, of ``owner`` and by ``due`` where they are said; what was said before stays where they are not.

    Raises:
        StepRefusedError: if there is nothing to translate.
    """
    _refuse_long(reason)
    with transaction.atomic():
        task = get_task(content_id, locale)
        changes = {name: value for name, value in (("owner", owner), ("due", due)) if value is not None}
        is_changed = any(getattr(task, name) != value for name, value in changes.items())
        for name, value in changes.items():
            setattr(task, name, value)
        happening = Happening(WorkEvent.REQUESTED, timezone.now(), user, reason)
        return _take_step(task, happening, is_forced=is_changed)


def is_requested(content_id: UUID, locale: str) -> bool:
    """Say whether somebody has asked for a translation."""
    asked = Q(owner__isnull=False) | Q(due__isnull=False) | Q(steps__event=WorkEvent.REQUESTED)
    found: bool = TranslationTask.objects.filter(asked, content_id=content_id, locale=locale).exists()
    return found


def record(
    event: WorkEvent, content_id: UUID, locale: str, *, user: Any = None, reason: str = "", version: str = ""
) -> TranslationStep | None:
    """Record one step by the table of states. ``None`` where it is not worth one, as when the same was said just before.

    Raises:
        StepRefusedError: if the event is not possible in the state the translation is in.
    """
    _refuse_long(reason)
    with transaction.atomic():
        task = get_task(content_id, locale)
        return _take_step(task, Happening(event, timezone.now(), user, reason, version))


def dismiss(content_id: UUID, locale: str, *, user: Any, reason: str) -> None:
    """Say that an outdated translation is still right: the log releases the same words as a translation of the source of today.

    Raises:
        PermissionDenied: if the user may not edit the translation.
        StepRefusedError: if it is not outdated, no reason is given, or a check blocks words that nobody let stand.
    """
    if _has_page(content_id, locale) and locale not in _list_own_languages(content_id, user):
        raise PermissionDenied
    _confirm(WorkEvent.DISMISSED, content_id, [locale], user, reason)


def confirm_everywhere(content_id: UUID, *, user: Any, reason: str) -> list[str]:
    """Say the same in all outdated languages that the user may edit. Returns them.

    Raises:
        PermissionDenied: if the user may edit none of the translations.
        StepRefusedError: if none of them is outdated, no reason is given, or a check blocks words that nobody let stand.
    """
    own = _list_own_languages(content_id, user)
    if not own and TranslationTask.objects.filter(content_id=content_id).exclude(state=WorkState.UNTRANSLATED).exists():
        raise PermissionDenied
    return _confirm(WorkEvent.CONFIRMED, content_id, own, user, reason)


def get_task(content_id: UUID, locale: str) -> TranslationTask:
    """Get a task, locked until the end of the transaction; one that is missing is made.

    Raises:
        TranslationTask.DoesNotExist: if there is no such content, or this is the language of its source.
    """
    task = TranslationTask.objects.filter(content_id=content_id, locale=locale).select_for_update().first()
    if task is None:
        source = _find_source_language(content_id)
        tasks = ensure_tasks({content_id: source}) if source else {}
        task = tasks.get((content_id, locale))
    if task is None:
        raise TranslationTask.DoesNotExist(f"{content_id} {locale}")
    return task


def _take_step(task: TranslationTask, happening: Happening, *, is_forced: bool = False) -> TranslationStep | None:
    today = local_day(happening.at)
    history = load_histories([task.content_id])[task.content_id]
    steps = build_due_steps(task, today, find_told_state(history, task.locale, today))
    step = None
    if is_forced or not is_repetition(task, happening):
        step = build_step(task, happening, build_told(history, task.locale, today))
    store_steps([task], [*steps, *([step] if step else [])])
    return step


def _confirm(event: WorkEvent, content_id: UUID, locales: list[str], user: Any, reason: str) -> list[str]:
    reason = reason.strip()
    if not reason:
        raise StepRefusedError(_("Say why the translation is still right."))
    _refuse_long(reason)
    with publication_log.appending():
        history = load_histories([content_id])[content_id]
        outdated = [code for code in locales if _is_outdated(history, code)]
        if not outdated:
            raise StepRefusedError(str(TABLE[WorkState.CURRENT, event].refusal))
        standing = [words for code in outdated if (words := find_standing_words(content_id, code, history)) is not None]
        obstacles = [obstacle for words in standing if (obstacle := words.find_obstacle()) is not None]
        if obstacles:
            raise StepRefusedError(" ".join(obstacles))
        with deciding(event, user, reason):
            publication_log.confirm_translations(content_id, outdated)
        for words in standing:
            words.keep(user)
    return outdated


def _is_outdated(history: ContentHistory, locale: str) -> bool:
    return find_told_state(history, locale, local_day(timezone.now())) == WorkState.OUTDATED


def _list_own_languages(content_id: UUID, user: Any) -> list[str]:
    """List the languages of a content's translations that a user may edit."""
    codes = list_editable_pages(user).filter(translation_key=content_id, alias_of__isnull=True)
    own = set(codes.values_list("locale__language_code", flat=True))
    source = _find_source_language(content_id)
    return [code for code in LANGUAGES if code in own and code != source]


def _has_page(content_id: UUID, locale: str) -> bool:
    pages = Page.objects.filter(translation_key=content_id, locale__language_code=locale, alias_of__isnull=True)
    found: bool = pages.exists()
    return found


def _find_source_language(content_id: UUID) -> str | None:
    pages = Page.objects.filter(translation_key=content_id, alias_of__isnull=True).order_by("pk")
    code: str | None = pages.values_list("locale__language_code", flat=True).first()
    return code


def _refuse_long(reason: str) -> None:
    if len(reason) > REASON_LENGTH:
        raise StepRefusedError(
            _("The reason has %(length)s characters; at most %(most)s are kept.")
            % {"length": len(reason), "most": REASON_LENGTH}
        )
