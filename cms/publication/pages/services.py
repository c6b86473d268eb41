"""Writes across pages and the log, keyword-only where they take more than the page."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Q
from wagtail.models import Page, ReferenceIndex, Revision, TranslatableMixin

from cms.core.calendar import today
from cms.core.models import ReleasablePage
from cms.publication.enums import Reason
from cms.publication.log.history import load_histories
from cms.publication.log.publication_log import publication_log
from cms.publication.log.renditions import Reading, build_readings, cut_readings
from cms.publication.models import Window
from cms.publication.pages.builder import build_release_draft
from cms.publication.registry import registry


@dataclass(frozen=True)
class Withdrawal:
    """Why a page is being unpublished; ``explanation`` is for readers."""

    reason: str = Reason.GONE
    moved_to: UUID | None = None
    explanation: str = ""


_withdrawal: ContextVar[Withdrawal] = ContextVar("withdrawal")


@contextmanager
def withdrawing(*, reason: str, moved_to: UUID | None = None, explanation: str = "") -> Iterator[None]:
    """Give the reason, and an explanation for readers, with which pages unpublished inside are withdrawn."""
    token = _withdrawal.set(Withdrawal(reason, moved_to, explanation))
    try:
        yield
    finally:
        _withdrawal.reset(token)


def release_page(page: ReleasablePage, *, revision_id: int | None = None) -> int:
    """Release a live page, and again every text that shows it. Returns the rows appended."""
    # The reference index is what finds the texts that show something; Wagtail leaves it to a task, which may come too late.
    ReferenceIndex.create_or_update_for_object(page)
    appended = publication_log.release_contents([build_release_draft(page, revision_id)])
    if appended:
        release_referrers(page)
    return appended


def withdraw_page(page: ReleasablePage) -> int:
    """Withdraw an unpublished page; a source takes its translations along, in the editor too."""
    withdrawal = _withdrawal.get(Withdrawal())
    source_first = page.list_source_first()
    if source_first and source_first[0].pk == page.pk:
        for translated in source_first[1:]:
            if translated.live:
                translated.unpublish()
    appended = publication_log.withdraw(
        content_id=page.translation_key,
        locale=page.locale.language_code,
        reason=withdrawal.reason,
        moved_to=withdrawal.moved_to,
        explanation=withdrawal.explanation,
    )
    if appended:
        release_referrers(page)
    return appended


def refresh_paths(page: Page) -> int:
    """Release a moved or renamed page and what lies under it again, under the new paths."""
    appended = 0
    for moved in page.get_descendants(inclusive=True).live().specific():
        if isinstance(moved, ReleasablePage) and not moved.is_alias:
            appended += publication_log.refresh(moved.translation_key, {moved.locale.language_code: moved.portal_path})
            release_referrers(moved)
    return appended


def release_referrers(shown: Any, *, keeps_past: bool = False) -> int:
    """Release again the texts that show a page or snippet by reference, where what they show has changed."""
    return sum(release_texts_again(page, keeps_past=keeps_past) for page in list_referrers(shown))


def list_referrers(shown: Any) -> list[ReleasablePage]:
    """List the live pages that may show a page or snippet in a present or planned text."""
    siblings = [shown]
    if isinstance(shown, TranslatableMixin):
        siblings = list(type(shown)._default_manager.filter(translation_key=shown.translation_key))
    referrers = [
        referrer.pk
        for sibling in siblings
        for referrer, _references in ReferenceIndex.get_grouped_references_to(sibling)
        if isinstance(referrer, Page)
    ]
    # The reference index knows a page as it was last published. With a planned or a backdated text, others are read too.
    last_published = Page.objects.filter(live_revision__isnull=False).values("live_revision_id")
    others = (
        Window.objects.filter(Q(ends__isnull=True) | Q(ends__gt=today()), release__revision_id__isnull=False)
        .exclude(release__revision_id__in=last_published)
        .values("content_id")
    )
    pages = Page.objects.filter(Q(pk__in=referrers) | Q(translation_key__in=others)).filter(live=True).specific()
    return [page for page in pages if isinstance(page, ReleasablePage) and not page.is_alias]


def release_texts_again(page: ReleasablePage, *, keeps_past: bool = False) -> int:
    """Rebuild every present and planned text of a page and release those that came out differently.

    It is the same editorial text, so it never makes a translation outdated. It takes the days of the version that now applies;
    with ``keeps_past`` only those from today on.
    """
    locale = page.locale.language_code
    history = load_histories([page.translation_key])[page.translation_key]
    changed: dict[int, list[Reading]] = {}
    for span in history.build_text_spans(locale):
        if not span.reaches(today()):
            continue
        day = max(span.row.applies_from or today(), today())
        revision = Revision.objects.filter(pk=span.row.revision_id).first() if span.row.revision_id else None
        text = revision.as_object() if revision else page
        # A revision knows when the page was last published before it.
        text.last_published_at = page.last_published_at
        draft = replace(
            build_release_draft(text, first_day=day),
            applies_until=span.row.applies_until,
            change_note=span.row.change_note,
            is_machine=span.row.is_machine,
        )
        readings = cut_readings(build_readings(draft, day), day)
        if readings != history.list_readings(span.row, day):
            changed[span.row.position] = readings
    return publication_log.release_again(page.translation_key, changed, keeps_past=keeps_past) if changed else 0


def is_released_type(page: Any) -> bool:
    """Whether publishing this page writes to the log: a registered type, and not merely another route to a page."""
    return isinstance(page, ReleasablePage) and not page.is_alias and registry.find_type_of(page) is not None
