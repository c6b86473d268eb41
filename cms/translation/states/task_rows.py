"""Rows of tasks: there is one for every content and every language other than its source's."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from wagtail.models import Page

from cms.core.calendar import local_day
from cms.core.languages import LANGUAGES
from cms.publication.log.history import ContentHistory, load_histories
from cms.publication.registry import registry
from cms.translation.enums import WorkState
from cms.translation.models import TranslationTask
from cms.translation.states.draft_states import find_draft_event
from cms.translation.states.state_table import find_after
from cms.translation.states.told_states import build_told

TaskKey = tuple[UUID, str]


def ensure_tasks(
    sources: Mapping[UUID, str], histories: Mapping[UUID, ContentHistory] | None = None
) -> dict[TaskKey, TranslationTask]:
    """Get the tasks of some contents, locked, making those that are missing. ``sources`` holds the source language of each.

    ``histories`` is what the log says of them, where that is known already. A new task is what log and drafts say: a site that had
    texts before there were tasks gets true ones.
    """
    tasks = _load_tasks(sources)
    wanted = [(content_id, code) for content_id, source in sources.items() for code in LANGUAGES if code != source]
    missing = [key for key in wanted if key not in tasks]
    if not missing:
        return tasks
    _store_missing(missing, histories)
    return _load_tasks(sources)


def make_missing_tasks(content_ids: Collection[UUID]) -> None:
    """Make the tasks that are missing of some contents, out of log and drafts; one question where none is."""
    tasks = TranslationTask.objects.filter(content_id__in=content_ids).order_by()
    counts = dict(tasks.values_list("content_id").annotate(Count("pk")))
    missing = {content_id for content_id in content_ids if counts.get(content_id, 0) < len(LANGUAGES) - 1}
    if not missing:
        return
    with transaction.atomic():
        ensure_tasks(find_source_languages(missing))


def find_source_languages(content_ids: Collection[UUID]) -> dict[UUID, str]:
    """Find the languages in which some contents were written first. One query."""
    pages = Page.objects.filter(translation_key__in=content_ids, alias_of__isnull=True).order_by("-pk")
    return dict(pages.values_list("translation_key", "locale__language_code"))


def delete_tasks(content_id: UUID) -> None:
    """Delete the tasks of a content that is no more, with their steps."""
    TranslationTask.objects.filter(content_id=content_id).delete()


def has_tasks(type_name: str) -> bool:
    """Say whether contents of a type are translated: pages are, acts are not."""
    content_type = registry.types.get(type_name)
    return content_type is not None and content_type.model is not None


def _load_tasks(content_ids: Collection[UUID]) -> dict[TaskKey, TranslationTask]:
    tasks = TranslationTask.objects.filter(content_id__in=list(content_ids)).select_for_update().order_by("pk")
    return {(task.content_id, task.locale): task for task in tasks}


def _store_missing(missing: Collection[TaskKey], histories: Mapping[UUID, ContentHistory] | None) -> None:
    content_ids = {content_id for content_id, _locale in missing}
    if histories is None:
        histories = load_histories(content_ids)
    pages = _load_pages(content_ids)
    now = timezone.now()
    built = []
    for content_id, locale in missing:
        told = build_told(histories[content_id], locale, local_day(now))
        state = told.state or WorkState.UNTRANSLATED
        page = pages.get((content_id, locale))
        event = find_draft_event(page.get_latest_revision_as_object()) if page and not told.state else None
        built.append(
            TranslationTask(
                content_id=content_id,
                locale=locale,
                state=find_after(state, event, None) if event else state,
                since=now,
                outdated_from=told.outdated_from,
                current_from=told.current_from,
            )
        )
    TranslationTask.objects.bulk_create(built, ignore_conflicts=True, batch_size=500)


def _load_pages(content_ids: Collection[UUID]) -> dict[TaskKey, Any]:
    found: dict[TaskKey, Any] = {}
    for content_type in registry.list_page_types():
        model: Any = content_type.model
        pages = model._default_manager.filter(translation_key__in=content_ids, alias_of__isnull=True)
        found |= {(page.translation_key, page.locale.language_code): page for page in pages.select_related("locale")}
    return found
