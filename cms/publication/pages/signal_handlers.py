"""Thin receivers: what happens to a page in the editor happens in the log, in the same transaction."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.db.models.signals import post_delete, pre_delete, pre_save
from wagtail.models import Page, get_page_models
from wagtail.signals import page_published, page_unpublished, post_page_move, published, unpublished

from cms.core.models import Figure, ReleasablePage, ReusableBlock
from cms.core.references import build_target
from cms.core.shown_targets import Target, TargetKind
from cms.core.signals import figure_changed, page_became_alias, page_path_changed, page_path_changing, release_requested
from cms.publication.log.publication_log import contents_changed, publication_log
from cms.publication.pages.figure_protection import refuse_if_shown
from cms.publication.pages.obstacles import ReleaseRefusedError, find_obstacle, find_reserved_path
from cms.publication.pages.referrers import (
    list_own_referrers,
    list_pages,
    release_referrers,
    release_referrers_after_commit,
)
from cms.publication.pages.services import (
    is_released_type,
    refresh_paths,
    release_page,
    release_texts_again,
    withdraw_page,
)
from cms.publication.registry import registry


def on_page_published(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Release the page. A scheduled one arrives here too, before its time, and is not live yet.

    So does a page that is being converted into an alias (``alias``), while it still looks like one of its own.
    """
    if is_released_type(instance) and instance.live and not kwargs.get("alias"):
        revision = kwargs.get("revision")
        release_page(instance, revision_id=revision.pk if revision else None)


def on_release_requested(sender: type[Page], instance: Page, **kwargs: Any) -> str | None:
    """Say in the editor's form what stands against releasing the page."""
    return find_obstacle(instance) if is_released_type(instance) else None


def on_page_unpublished(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Withdraw the page: unpublished, expired or about to be deleted."""
    if is_released_type(instance):
        withdraw_page(instance)


def on_page_deleting(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Withdraw a page that is not live and about to be deleted; a live one is unpublished first, by Wagtail."""
    page = instance.specific
    if not instance.live and is_released_type(page):
        withdraw_page(page)


def on_page_became_alias(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Withdraw the text the page had of its own."""
    if registry.find_type_of(instance) is not None:
        withdraw_page(instance)


def on_page_path_changing(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Hold the log's head before the page's row, as publishing does; so the two never wait for each other crosswise."""
    publication_log.hold()


def on_page_path_changed(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Release what has a new path; a live page may not come to stand where the site itself answers.

    Raises:
        ReleaseRefusedError: if it would.
    """
    obstacle = find_reserved_path(instance.specific) if instance.live else None
    if obstacle is not None:
        raise ReleaseRefusedError(obstacle)
    refresh_paths(instance)


def on_contents_changed(
    sender: type, content_ids: Collection[UUID], reader_changes: Collection[UUID], is_withdrawal: bool, **kwargs: Any
) -> None:
    """Release what shows these contents, and texts of theirs that may no longer show the same to other readers."""
    targets = [Target(TargetKind.CONTENT, str(content_id)) for content_id in content_ids]
    if is_withdrawal:
        release_referrers_after_commit(targets)
        return
    for page in list_pages(list_own_referrers(reader_changes)):
        release_texts_again(page)
    release_referrers(targets)


def on_page_deleted(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Release what referred to the page, shown or not: no text that is built from now on can ask for it."""
    if isinstance(instance, ReleasablePage):
        release_referrers_after_commit([build_target(instance)])


def on_block_changed(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Release the pages that show a reusable block."""
    release_referrers([build_target(instance)])


def on_figure_saving(sender: type[Figure], instance: Figure, **kwargs: Any) -> None:
    """Hold the log's head before the figure's row, as publishing does; so the two never wait for each other crosswise."""
    publication_log.hold()


def on_figure_changed(sender: type[Figure], instance: Figure, **kwargs: Any) -> None:
    """Release the texts that show the figure; what applied until yesterday stays as it was said then."""
    release_referrers([build_target(instance)], keeps_past=True)


def on_figure_deleting(sender: type[Figure], instance: Figure, **kwargs: Any) -> None:
    """Refuse to delete a figure that a present or planned text shows; none can come to show it meanwhile."""
    publication_log.hold()
    refuse_if_shown(instance)


def connect() -> None:
    """Connect the receivers."""
    release_requested.connect(on_release_requested, dispatch_uid="publication.release_requested")
    page_published.connect(on_page_published, dispatch_uid="publication.page_published")
    page_unpublished.connect(on_page_unpublished, dispatch_uid="publication.page_unpublished")
    pre_delete.connect(on_page_deleting, sender=Page, dispatch_uid="publication.page_deleting")
    page_became_alias.connect(on_page_became_alias, dispatch_uid="publication.page_became_alias")
    page_path_changing.connect(on_page_path_changing, dispatch_uid="publication.page_path_changing")
    page_path_changed.connect(on_page_path_changed, dispatch_uid="publication.page_path_changed")
    post_page_move.connect(on_page_path_changed, dispatch_uid="publication.post_page_move")
    pre_save.connect(on_figure_saving, sender=Figure, dispatch_uid="publication.figure_saving")
    figure_changed.connect(on_figure_changed, sender=Figure, dispatch_uid="publication.figure_changed")
    pre_delete.connect(on_figure_deleting, sender=Figure, dispatch_uid="publication.figure_deleting")
    published.connect(on_block_changed, sender=ReusableBlock, dispatch_uid="publication.block_published")
    unpublished.connect(on_block_changed, sender=ReusableBlock, dispatch_uid="publication.block_unpublished")
    post_delete.connect(on_block_changed, sender=ReusableBlock, dispatch_uid="publication.block_deleted")
    contents_changed.connect(on_contents_changed, dispatch_uid="publication.contents_changed")
    for page_model in get_page_models():
        post_delete.connect(
            on_page_deleted, sender=page_model, dispatch_uid=f"publication.{page_model.__name__}_deleted"
        )
