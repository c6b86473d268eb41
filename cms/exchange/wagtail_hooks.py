"""Wagtail hooks of exchange: import of documents, and links on the start page that write something new in its section."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.log_actions import LogFormatter
from wagtail.models import PageLogEntry

from cms.core.desk.panels import ShortcutPanel
from cms.exchange.editor.document_import import IMPORT_ACTION, find_last_import, may_import
from cms.exchange.editor.import_views import ImportReportView, ImportView
from cms.exchange.shortcuts import list_shortcuts


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """Add the form and the report."""
    return [
        path("exchange/<int:page_id>/import/", ImportView.as_view(), name="exchange_import"),
        path("exchange/<int:page_id>/import-report/", ImportReportView.as_view(), name="exchange_import_report"),
    ]


@hooks.register("insert_editor_js")
def build_paste_script() -> SafeString:
    """Keep numbers apart in what is pasted into rich text, and say that a table is not kept there."""
    warning = _(
        "Rich text has no tables: the cells became lines. “Import from Word or HTML” keeps a table, or write it as a block."
    )
    address = versioned_static("exchange/paste.js")
    return format_html('<script src="{}" data-table-warning="{}"></script>', address, warning)


class ImportButton(PageMenuItem):
    """The way to the form, where a new page may be made."""

    label = gettext_lazy("Import from Word or HTML")
    icon_name = "doc-full-inverse"
    url_name = "exchange_import"

    def is_shown(self, user: Any) -> bool:
        return may_import(self.page, user)


class ImportReportButton(PageMenuItem):
    """The way back to the report of a page that was imported."""

    label = gettext_lazy("Import report")
    icon_name = "list-ul"
    url_name = "exchange_import_report"

    def is_shown(self, user: Any) -> bool:
        return (
            bool(self.page.permissions_for_user(user).can_view_revisions()) and find_last_import(self.page) is not None
        )


@hooks.register("register_page_listing_more_buttons")
def list_listing_buttons(page: Any, user: Any, next_url: str | None = None) -> Iterator[PageMenuItem]:
    """List the button of a page in a list of pages."""
    yield ImportButton(page=page, priority=9)


@hooks.register("register_page_header_buttons")
def list_header_buttons(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[PageMenuItem]:
    """List the buttons above a page."""
    yield ImportButton(page=page, priority=16)
    yield ImportReportButton(page=page, priority=64)


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Say in the history from which file a page came."""

    @actions.register_action(IMPORT_ACTION)
    class ImportFormatter(LogFormatter):
        label = gettext_lazy("Import a document")

        def format_message(self, log_entry: PageLogEntry) -> str:
            return _("Imported from %(file)s; things to look at: %(count)s") % {
                "file": log_entry.data["file"],
                "count": len(log_entry.data["findings"]),
            }


@hooks.register("construct_homepage_panels")
def add_shortcuts(request: Any, panels: list[Any]) -> None:
    """Show the links above everything else."""
    panels.append(ShortcutPanel(list_shortcuts(request.user)))
