"""Wagtail hooks of bundles: their pages, the menu's way to them, and the page editor's."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.menus.pages import PageMenuItem

from cms.translation.bundles.blocked_panel import BlockedBundlesPanel
from cms.translation.bundles.bundle_access import may_use_bundles
from cms.translation.bundles.bundle_views import (
    AddToBundleView,
    AnswerView,
    BundleFormView,
    BundleListView,
    BundleView,
)
from cms.translation.bundles.contents import may_bundle


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """Add the pages of bundles."""
    return [
        path("bundles/", BundleListView.as_view(), name="translation_bundles"),
        path("bundles/new/", BundleFormView.as_view(), name="translation_bundle_new"),
        path("bundles/add/<int:page_id>/", AddToBundleView.as_view(), name="translation_bundle_add"),
        path("bundles/<int:bundle_id>/", BundleView.as_view(), name="translation_bundle"),
        path("bundles/<int:bundle_id>/edit/", BundleFormView.as_view(), name="translation_bundle_edit"),
        path("bundles/<int:bundle_id>/answer/<int:entry_id>/", AnswerView.as_view(), name="translation_bundle_answer"),
    ]


class BundlesMenuItem(MenuItem):
    """The menu's way to the list, for who may publish."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_use_bundles(request.user)


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Add the list of bundles to the menu."""
    return BundlesMenuItem(
        gettext_lazy("Release bundles"), reverse("translation_bundles"), icon_name="folder-open-inverse", order=160
    )


class AddToBundleItem(ActionMenuItem):
    """The page editor's way into a bundle."""

    label = gettext_lazy("Put into a bundle…")
    name = "action-bundle"
    icon_name = "folder-open-inverse"

    def is_shown(self, context: Any) -> bool:
        return context["view"] == "edit" and may_bundle(context["page"], context["request"].user)

    def get_url(self, parent_context: Any) -> str:
        return reverse("translation_bundle_add", args=[parent_context["page"].pk])


class AddToBundleButton(PageMenuItem):
    """The same in lists of pages and above a page."""

    label = gettext_lazy("Put into a bundle…")
    icon_name = "folder-open-inverse"
    url_name = "translation_bundle_add"

    def is_shown(self, user: Any) -> bool:
        return may_bundle(self.page, user)


@hooks.register("construct_homepage_panels")
def add_blocked_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Show on the start page which bundles of this person cannot go live."""
    panels.append(BlockedBundlesPanel())


@hooks.register("register_page_action_menu_item")
def register_action_item() -> ActionMenuItem:
    """Offer it beside publishing."""
    return AddToBundleItem(order=30)


@hooks.register("register_page_listing_more_buttons")
def list_listing_buttons(page: Any, user: Any, next_url: str | None = None) -> Iterator[PageMenuItem]:
    """List the button of a page in a list of pages."""
    yield AddToBundleButton(page=page.specific, priority=47)


@hooks.register("register_page_header_buttons")
def list_header_buttons(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[PageMenuItem]:
    """List the button above a page."""
    yield AddToBundleButton(page=page.specific, priority=65)
