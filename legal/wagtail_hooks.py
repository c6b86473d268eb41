"""Wagtail hooks of the law: menu, reports, review panel, audit log and notices."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from legal.admin import (
    block_adapters,  # noqa: F401 - registers the blocks' forms
    urls,
)
from legal.admin.review_log import register_review_actions
from legal.admin.review_notice import announce_reviews
from legal.admin.review_panel import ReviewPanel
from legal.notes.law_note_checks import list_unknown_uris
from legal.notes.law_note_page import LawNotePage


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[Any]:
    """Add the addresses."""
    return urls.urlpatterns


@hooks.register("register_admin_menu_item")
def register_reviews() -> MenuItem:
    """Add the reviews to the menu."""
    return MenuItem(
        _("Law reviews"), reverse("legal_reviews"), name="law-reviews", icon_name="clipboard-list", order=250
    )


@hooks.register("register_admin_menu_item")
def register_acts() -> MenuItem:
    """Add the acts to the menu."""
    return MenuItem(_("Legislation"), reverse("legal_acts"), name="legislation", icon_name="openquote", order=240)


@hooks.register("register_reports_menu_item")
def register_deviations() -> MenuItem:
    """Add the texts that the source replaced to the reports."""
    return MenuItem(
        _("The source moved"), reverse("legal_deviations"), name="source-moved", icon_name="warning", order=1200
    )


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_of_unknown_acts(request: HttpRequest, page: Page) -> None:
    """Tell the author of a law note which of its sources are not known here; a save by itself in between is silent."""
    if isinstance(page, LawNotePage) and request.accepts("text/html"):
        for uri in list_unknown_uris(page.sources):
            text = gettext("%(uri)s is not known here; readers are led to the official source.") % {"uri": uri}
            messages.warning(request, text)


@hooks.register("construct_homepage_panels")
def add_review_panel(request: Any, panels: list[Any]) -> None:
    """Show the open reviews on the start page."""
    panels.append(ReviewPanel())


hooks.register("register_log_actions", register_review_actions)
hooks.register("before_edit_page", announce_reviews)
