"""Thin receivers: what happens to a page in the editor happens in the log, in the same transaction."""

from typing import Any

from django.db.models import Model
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move, published, unpublished

from cms.core.models import ReusableBlock
from cms.core.signals import page_path_changed
from cms.publication.services import is_released_type, refresh_paths, release_page, release_referrers, withdraw_page


def on_page_published(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Release the page. A scheduled one arrives here too, before its time, and is not live yet."""
    if is_released_type(instance) and instance.live:
        revision = kwargs.get("revision")
        release_page(instance, revision_id=revision.pk if revision else None)


def on_page_unpublished(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Withdraw the page: unpublished, expired or about to be deleted."""
    if is_released_type(instance):
        withdraw_page(instance)


def on_page_path_changed(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Release what has a new path."""
    refresh_paths(instance)


def on_block_changed(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Release the pages that show a reusable block."""
    release_referrers(instance)


def connect() -> None:
    """Connect the receivers."""
    page_published.connect(on_page_published, dispatch_uid="publication.page_published")
    page_unpublished.connect(on_page_unpublished, dispatch_uid="publication.page_unpublished")
    page_path_changed.connect(on_page_path_changed, dispatch_uid="publication.page_path_changed")
    post_page_move.connect(on_page_path_changed, dispatch_uid="publication.post_page_move")
    published.connect(on_block_changed, sender=ReusableBlock, dispatch_uid="publication.block_published")
    unpublished.connect(on_block_changed, sender=ReusableBlock, dispatch_uid="publication.block_unpublished")
