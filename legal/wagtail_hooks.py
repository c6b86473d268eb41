"""The law in the editor: reviews on the first page, as a report, and in the history of pages."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from legal import adapters  # noqa: F401 - registers the blocks' forms
from legal.admin import urls
from legal.admin.review_list import ReviewPanel
from legal.admin.review_log import register_review_actions
from legal.admin.review_notice import announce_reviews


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


@hooks.register("construct_homepage_panels")
def add_review_panel(request: Any, panels: list[Any]) -> None:
    """Show the open reviews on the first page."""
    panels.append(ReviewPanel())


hooks.register("register_log_actions", register_review_actions)
hooks.register("before_edit_page", announce_reviews)
