"""Wagtail hooks of the translators' desk: addresses, menu, panels of the start page, and the teams in the settings."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail_localize.wagtail_hooks import TranslationsReportMenuItem

from cms.translation.desk import urls
from cms.translation.desk.access import may_open_desk
from cms.translation.desk.inbox_panel import InboxPanel, NoticePanel
from cms.translation.desk.teams import LanguageTeamViewSet


class DeskMenuItem(MenuItem):
    """The way to the matrix, for whoever may write or change pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_open_desk(request.user)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """Add the addresses."""
    return urls.urlpatterns


@hooks.register("register_admin_menu_item")
def register_matrix() -> MenuItem:
    """Add the matrix to the menu."""
    return DeskMenuItem(
        _("Translations"),
        reverse("translation_matrix"),
        name="translations",
        icon_name="wagtail-localize-language",
        order=260,
    )


@hooks.register("construct_reports_menu")
def remove_localize_report(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out wagtail-localize's report of the same name: it calls outdated translations up to date."""
    items[:] = [item for item in items if not isinstance(item, TranslationsReportMenuItem)]


@hooks.register("construct_homepage_panels")
def add_inbox(request: Any, panels: list[Any]) -> None:
    """Show on the start page what waits for the person, and what is new."""
    panels += [NoticePanel(), InboxPanel()]


register_snippet(LanguageTeamViewSet)
