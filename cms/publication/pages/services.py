"""Writes across pages and the log, keyword-only where they take more than the page."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, Revision

from cms.core.calendar import today
from cms.core.models import ReleasablePage
from cms.core.shown_targets import Target
from cms.publication.enums import Reason
from cms.publication.log.history import load_histories
from cms.publication.log.publication_log import load_references, publication_log
from cms.publication.log.renditions import Rendition, build_renditions, cut_renditions
from cms.publication.models import Release
from cms.publication.pages.builder import build_release_draft
from cms.publication.pages.pending_releases import cancel_pending, cancel_schedule
from cms.publication.registry import registry


@dataclass(frozen=True)
class Withdrawal:
    """Reason for which a page is being unpublished, and who asked for it; ``explanation`` is for readers."""

    reason: str = Reason.GONE
    moved_to: UUID | None = None
    explanation: str = ""
    user: Any = None


_withdrawal: ContextVar[Withdrawal] = ContextVar("withdrawal")
_undoing: ContextVar[tuple[Release, Release] | None] = ContextVar("undoing", default=None)


@contextmanager
def withdrawing(
    *, reason: str, moved_to: UUID | None = None, explanation: str = "", user: Any = None
) -> Iterator[None]:
    """Give the reason, and an explanation for readers, with which pages unpublished inside are withdrawn."""
    token = _withdrawal.set(Withdrawal(reason, moved_to, explanation, user))
    try:
        yield
    finally:
        _withdrawal.reset(token)


@contextmanager
def undoing(undone: Release, former: Release) -> Iterator[None]:
    """Release, inside, what stood before a text that was published by mistake; it translates what it translated then."""
    token = _undoing.set((undone, former))
    try:
        yield
    finally:
        _undoing.reset(token)


def release_page(page: ReleasablePage, *, revision_id: int | None = None) -> int:
    """Release a live page. Returns the rows appended."""
    # The head is held while the draft is built: what it shows cannot change before it is stored.
    with publication_log.appending():
        draft = build_release_draft(page, revision_id)
        if rows := _undoing.get():
            undone, former = rows
            draft = replace(
                draft,
                undoes=undone.position,
                source_version=former.source_version or draft.source_version,
                is_machine=former.is_machine,
            )
        return publication_log.release_contents([draft])


def withdraw_page(page: ReleasablePage) -> int:
    """Withdraw a page that is not live, or no longer: what of it is out, and what is on its way.

    A source takes its translations along, in the editor too. What showed the page is released again after the commit: readers do
    not wait for that to see it gone. Returns how many rows were appended and how many schedules and approvals were cancelled.
    """
    withdrawal = _withdrawal.get(Withdrawal())
    # The log first: it takes the translations along, so their rows are known to be the source's doing.
    taken = publication_log.withdraw(
        content_id=page.translation_key,
        locale=page.locale.language_code,
        reason=withdrawal.reason,
        moved_to=withdrawal.moved_to,
        explanation=withdrawal.explanation,
    )
    taken += cancel_pending(page, user=withdrawal.user)
    for translated in list_taken_along(page):
        taken += cancel_pending(translated, user=withdrawal.user)
        if translated.live:
            # Whoever may withdraw the source may withdraw them.
            UnpublishPageAction(translated, user=withdrawal.user).execute(skip_permission_checks=True)
    return taken


def cancel_planned_text(page: ReleasablePage, day: date) -> int:
    """Cancel the schedules that would bring out the text that applies from a day, which has been withdrawn; returns how many.

    A page that was live for the sake of that text alone becomes a draft.
    """
    user = _withdrawal.get(Withdrawal()).user
    pages = (page, *list_taken_along(page))
    history = load_histories([page.translation_key])[page.translation_key]
    left = [
        taken.pk
        for taken in pages
        if taken.live
        and not taken.alias_of_id
        and all(entry.is_hole for entry in history.list_texts(taken.locale.language_code))
    ]
    make_drafts(Page.objects.filter(pk__in=left))
    Page.objects.filter(alias_of__in=left).update(live=False)
    return sum(cancel_schedule(taken, user=user, applies_from=day) for taken in pages)


def list_descendants_out(page: Page) -> list[ReleasablePage]:
    """List what lies under a page and is live or scheduled."""
    descendants = page.get_descendants().annotate_approved_schedule()
    out = descendants.filter(Q(live=True) | Q(_approved_schedule=True)).specific()
    return [descendant for descendant in out if is_released_type(descendant)]


def list_taken_along(page: ReleasablePage) -> list[Page]:
    """List the translations that go with a source; none for a page that is itself a translation."""
    source, *translations = page.list_source_first() or [page]
    return translations if source.pk == page.pk else []


def make_drafts(pages: QuerySet[Page]) -> None:
    """Make drafts of pages that are live though nobody reads a text of their own.

    These are aliases that become pages of their own, live for their originals' sake, and those whose only text was planned and is
    cancelled.
    """
    pages.update(
        live=False, has_unpublished_changes=True, live_revision=None, first_published_at=None, last_published_at=None
    )


def refresh_paths(page: Page) -> int:
    """Release a moved or renamed page and what lies under it again, under the new paths."""
    appended = 0
    for moved in page.get_descendants(inclusive=True).live().specific():
        if isinstance(moved, ReleasablePage) and not moved.is_alias:
            appended += publication_log.refresh(moved.translation_key, {moved.locale.language_code: moved.portal_path})
    return appended


def release_texts_again(page: ReleasablePage, *, keeps_past: bool = False) -> int:
    """Rebuild every present and planned text of a page and release those that came out differently.

    It is the same editorial text, so it never makes a translation outdated. It takes the days of the version that now applies;
    with ``keeps_past`` only those from today on.
    """
    locale = page.locale.language_code
    history = load_histories([page.translation_key])[page.translation_key]
    spans = [span for span in history.build_text_spans(locale) if span.reaches(today())]
    stored = load_references([span.row.position for span in spans])
    changed: dict[int, list[Rendition]] = {}
    references: dict[int, frozenset[Target]] = {}
    for span in spans:
        day = max(span.row.applies_from or today(), today())
        revision = Revision.objects.filter(pk=span.row.revision_id).first() if span.row.revision_id else None
        text = revision.as_object() if revision else page
        # A revision knows when the page was last published before it.
        text.last_published_at = page.last_published_at
        draft = replace(
            build_release_draft(text, first_day=day, readers=history.get_classification(locale)),
            applies_until=span.row.applies_until,
            change_note=span.row.change_note,
            is_machine=span.row.is_machine,
        )
        renditions = cut_renditions(build_renditions(draft, day), day)
        if renditions != history.list_renditions(span.row, day):
            changed[span.row.position] = renditions
        if draft.references != stored[span.row.position]:
            references[span.row.position] = draft.references
    if not changed and not references:
        return 0
    return publication_log.release_again(page.translation_key, changed, references=references, keeps_past=keeps_past)


def is_released_type(page: Any) -> bool:
    """Say whether publishing this page writes to the log: a registered type, and not merely another route to a page."""
    return isinstance(page, ReleasablePage) and not page.is_alias and registry.find_type_of(page) is not None
