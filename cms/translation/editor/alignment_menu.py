"""Page editor's menu item that takes a translation made by hand into the translation desk."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail_localize.models import Translation
from wagtail_localize.views import edit_translation

from cms.core.models import ReleasablePage
from cms.publication.pages.builder import find_source_page
from cms.translation.alignment.page_alignment import align_translation
from cms.translation.editor.locks import find_lock

ALIGN_NAME = "translation-align"


class AlignMenuItem(ActionMenuItem):
    """Offered for a translation that wagtail-localize has never known; one that was stopped has its own way back."""

    label = gettext_lazy("Take into the translation desk")
    name = ALIGN_NAME
    icon_name = "wagtail-localize-language"
    classname = "action-secondary"

    def is_shown(self, context: Any) -> bool:
        page = context.get("page")
        if context["view"] != "edit" or not isinstance(page, ReleasablePage) or page.is_alias:
            return False
        if find_source_page(page).pk == page.pk:
            return False
        known = Translation.objects.filter(source__object_id=page.translation_key, target_locale=page.locale_id)
        return not known.exists()


def take_into_desk(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Align the newest draft of a page with its source, where the menu item was chosen (hook ``before_edit_page``)."""
    if request.method != "POST" or ALIGN_NAME not in request.POST:
        return None
    return _align(request, page.specific)


def guard_restart() -> None:
    """Let a translation that was stopped come back with the words its page has now; calling it twice changes nothing.

    wagtail-localize 1.14 brings it back with the words it had when it was stopped, and the next publication would write those
    over what has been edited since.
    """
    restart = edit_translation.restart_translation
    if hasattr(restart, "is_guarded"):
        return

    def restart_translation(request: HttpRequest, translation: Translation, instance: Any) -> HttpResponse:
        if isinstance(instance, ReleasablePage):
            return _align(request, instance)
        answer: HttpResponse = restart(request, translation, instance)
        return answer

    restart_translation.is_guarded = True  # type: ignore[attr-defined]
    edit_translation.restart_translation = restart_translation


def _align(request: HttpRequest, page: ReleasablePage) -> HttpResponse:
    address = redirect("wagtailadmin_pages:edit", page.pk)
    if reason := find_lock(page, request.user):
        messages.error(request, reason)
        return address
    alignment = align_translation(page.get_latest_revision_as_object(), user=request.user)
    if alignment is not None and alignment.is_in_desk:
        messages.success(request, _("From now on this translation is edited passage by passage."))
    elif alignment is not None and alignment.unaligned:
        text = _(
            "The translation stays edited as a whole: %(count)s passages of the source have no counterpart. "
            "The first is “%(passage)s”."
        )
        messages.error(request, text % {"count": len(alignment.unaligned), "passage": alignment.unaligned[0]})
    else:
        messages.error(
            request,
            _("The translation stays edited as a whole: it has other parts than its source, or other values in them."),
        )
    return address
