"""Wagtail hooks of what the editor of a translation lacks: passages that stand as they are, and translations made by hand."""

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail.log_actions import LogFormatter

from cms.translation.editor.alignment_menu import AlignMenuItem, take_into_desk
from cms.translation.editor.standing_form import STAND_ACTION
from cms.translation.editor.standing_view import StandingView


@hooks.register("insert_editor_js")
def build_standing_script() -> SafeString:
    """Build the script that leads from the translation editor to the passages that stand as they are.

    wagtail-localize 1.14 shows no buttons of others above a translation, so the link is put there by a script.
    """
    return format_html(
        '<script src="{}" data-address="{}" data-label="{}"></script>',
        versioned_static("translation/standing_link.js"),
        reverse("translation_standing", args=[0]),
        _("Passages that stand as they are…"),
    )


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """Add the page on which passages are marked that stand as they are."""
    return [
        path("translation/<int:translation_id>/standing/", StandingView.as_view(), name="translation_standing"),
    ]


@hooks.register("register_page_action_menu_item")
def register_align_item() -> ActionMenuItem:
    """Offer to take a translation made by hand into the translation desk."""
    return AlignMenuItem(order=5)


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Say in the history of a page which passages stand as they are."""

    @actions.register_action(STAND_ACTION)
    class StandFormatter(LogFormatter):
        label = gettext_lazy("Leave passages as they are")

        def format_message(self, log_entry: Any) -> str:
            return _("Passages that stand as they are: %(passages)s") % {
                "passages": ", ".join(f"“{passage}”" for passage in log_entry.data["passages"])
            }


hooks.register("before_edit_page", take_into_desk, order=-10)
