"""Withdrawing and versions in the editor, and what it may not do because readers are shown it."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.log_actions import LogFormatter
from wagtail.models import ModelLogEntry, PageLogEntry
from wagtail.utils.timestamps import render_timestamp

from cms.core.calendar import write_day
from cms.core.figures import FigureInUseError
from cms.core.models import Figure
from cms.publication.editor.desk_panels import NewsPanel, PlannedPanel
from cms.publication.editor.forms import REASONS
from cms.publication.editor.planned_view import PlannedView
from cms.publication.editor.publish_menu import lead_to_publish_step, offer_publish_step
from cms.publication.editor.publish_view import PublishView
from cms.publication.editor.undo_view import UndoView
from cms.publication.editor.undoing import UNDO_ACTION, UndoKind
from cms.publication.editor.versions import CancelVersionView, VersionsView
from cms.publication.editor.withdrawal_view import WithdrawView
from cms.publication.editor.withdrawals import CANCEL_ACTION, WITHDRAW_ACTION
from cms.publication.pages.figure_protection import refuse_if_shown
from cms.publication.pages.obstacles import refuse_to_bring_back
from cms.publication.pages.pending_releases import UNSCHEDULE_ACTION
from cms.publication.pages.refusals import explain_refusal, list_refusals
from cms.publication.pages.services import is_released_type

UNDO_MESSAGES = {
    UndoKind.WITHDRAWAL: gettext_lazy("Publication undone: taken away from readers again"),
    UndoKind.CANCELLATION: gettext_lazy("Publication undone: the version planned from %(day)s cancelled"),
    UndoKind.RETURN: gettext_lazy("Publication undone: readers get the text before it again"),
    UndoKind.REMOVAL: gettext_lazy("Publication undone: taken away from readers again"),
}


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """Add the pages on which texts are withdrawn and their versions are seen."""
    return [
        path("planned/", PlannedView.as_view(), name="publication_planned"),
        path("publication/<int:page_id>/withdraw/", WithdrawView.as_view(), name="publication_withdraw"),
        path("publication/<int:page_id>/publish/", PublishView.as_view(), name="publication_publish"),
        path("publication/<int:page_id>/undo/<str:version>/", UndoView.as_view(), name="publication_undo"),
        path("publication/<int:page_id>/versions/", VersionsView.as_view(), name="publication_versions"),
        path(
            "publication/<int:page_id>/versions/<str:version>/cancel/",
            CancelVersionView.as_view(),
            name="publication_cancel",
        ),
    ]


@hooks.register("register_admin_menu_item")
def register_planned_item() -> MenuItem:
    """Add the calendar of everything planned to the menu."""
    return MenuItem(gettext_lazy("Planned"), reverse("publication_planned"), icon_name="calendar", order=150)


class WithdrawMenuItem(ActionMenuItem):
    """The page editor's way to the form."""

    label = gettext_lazy("Withdraw…")
    name = "action-withdraw"
    icon_name = "no-view"

    def is_shown(self, context: Any) -> bool:
        if context["view"] != "edit" or not is_released_type(context["page"]):
            return False
        return bool(self.get_user_page_permissions_tester(context).can_withdraw())

    def get_url(self, parent_context: Any) -> str:
        return reverse("publication_withdraw", args=[parent_context["page"].pk])


class WithdrawButton(PageMenuItem):
    """The same in lists of pages and above a page."""

    label = gettext_lazy("Withdraw…")
    icon_name = "no-view"
    url_name = "publication_withdraw"

    def is_shown(self, user: Any) -> bool:
        return is_released_type(self.page) and self.page.permissions_for_user(user).can_withdraw()


class VersionsButton(PageMenuItem):
    """The way to what is released and planned."""

    label = gettext_lazy("Versions")
    icon_name = "calendar"
    url_name = "publication_versions"

    def is_shown(self, user: Any) -> bool:
        return is_released_type(self.page) and self.page.permissions_for_user(user).can_view_revisions()


@hooks.register("construct_homepage_panels")
def add_desk_panels(request: HttpRequest, panels: list[Any]) -> None:
    """Show on the start page what is planned and what is new."""
    panels += [PlannedPanel(), NewsPanel()]


@hooks.register("register_page_action_menu_item")
def register_withdraw_item() -> ActionMenuItem:
    """Offer to withdraw where Wagtail would offer to unpublish."""
    return WithdrawMenuItem(order=20)


@hooks.register("register_page_listing_more_buttons")
def list_listing_buttons(page: Any, user: Any, next_url: str | None = None) -> Iterator[PageMenuItem]:
    """List the buttons of a page in a list of pages."""
    yield WithdrawButton(page=page.specific, next_url=next_url, priority=40)
    yield VersionsButton(page=page.specific, priority=45)


@hooks.register("register_page_header_buttons")
def list_header_buttons(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[PageMenuItem]:
    """List the buttons above a page."""
    yield WithdrawButton(page=page.specific, priority=60)
    yield VersionsButton(page=page.specific, priority=63)


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Say in the audit log why something was taken away."""

    @actions.register_action(WITHDRAW_ACTION)
    class WithdrawFormatter(LogFormatter):
        label = gettext_lazy("Withdraw")
        reasons: ClassVar = dict(REASONS)

        def format_message(self, log_entry: PageLogEntry) -> str:
            return _("Withdrawn: %(reason)s") % {"reason": self.reasons.get(log_entry.data["reason"], "")}

        def format_comment(self, log_entry: PageLogEntry) -> str:
            return str(log_entry.data["explanation"])

    @actions.register_action(CANCEL_ACTION)
    class CancelFormatter(LogFormatter):
        label = gettext_lazy("Cancel a planned version")

        def format_message(self, log_entry: PageLogEntry) -> str:
            return _("Planned version from %(day)s cancelled") % {"day": _write_stored_day(log_entry)}

    @actions.register_action(UNDO_ACTION)
    class UndoFormatter(LogFormatter):
        label = gettext_lazy("Undo a publication")

        def format_message(self, log_entry: PageLogEntry) -> str:
            return str(UNDO_MESSAGES[log_entry.data["kind"]]) % {"day": _write_stored_day(log_entry)}

    @actions.register_action(UNSCHEDULE_ACTION)
    class UnscheduleFormatter(LogFormatter):
        label = gettext_lazy("Cancel a schedule")

        def format_message(self, log_entry: ModelLogEntry) -> str:
            moment = parse_datetime(log_entry.data["go_live_at"])
            return _("Publication planned for %(moment)s cancelled") % {"moment": render_timestamp(moment)}

        def format_comment(self, log_entry: ModelLogEntry) -> str:
            return str(log_entry.data["obstacle"])


def _write_stored_day(log_entry: PageLogEntry) -> str:
    """Write the first day that an entry keeps, in words; entries of texts without one keep ``None``."""
    day = parse_date(log_entry.data["applies_from"])
    return write_day(day) if day else ""


@hooks.register("after_publish_page")
def tell_what_does_not_show(request: HttpRequest, page: Any) -> None:
    """Tell who publishes a page which of its references readers are not shown, and why."""
    if is_released_type(page):
        for refusal in list_refusals(page):
            messages.warning(request, explain_refusal(refusal))


@hooks.register("before_delete_snippet")
def refuse_to_delete_shown_figures(request: HttpRequest, instances: Iterable[Any]) -> HttpResponse | None:
    """Say which pages show a figure instead of asking whether to delete it, and lead to them."""
    for figure in instances:
        if isinstance(figure, Figure):
            try:
                refuse_if_shown(figure)
            except FigureInUseError as error:
                messages.error(request, str(error))
                return HttpResponseRedirect(figure.usage_url)
    return None


@hooks.register("before_bulk_action")
def refuse_to_publish_withdrawn_descendants(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action_class_instance: Any
) -> None:
    """Let what was withdrawn come back by itself alone, never because something above it is published."""
    values = action_class_instance.cleaned_form.cleaned_data if action_type == "publish" else {}
    if values.get("include_descendants"):
        for page in objects:
            refuse_to_bring_back(page.get_descendants().not_live().specific())


hooks.register("construct_page_action_menu", offer_publish_step)
hooks.register("before_publish_page", lead_to_publish_step)
