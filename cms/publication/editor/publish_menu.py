"""The page editor's "Publish…": it saves the draft and leads to the publish step."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.action_menu import PublishMenuItem
from wagtail.admin.utils import get_valid_next_url_from_request

from cms.publication.editor.publish_view import build_step_url
from cms.publication.pages.services import is_released_type


class PublishStepMenuItem(PublishMenuItem):
    """Wagtail's button under another name: pressing it publishes nothing yet."""

    label = gettext_lazy("Publish…")
    template_name = "publication/admin/publish_menu_item.html"


def offer_publish_step(menu_items: list[Any], request: HttpRequest, context: Any) -> None:
    """Put the publish step where Wagtail offers to publish."""
    for index, item in enumerate(menu_items):
        if type(item) is PublishMenuItem and ("page" not in context or is_released_type(context["page"])):
            menu_items[index] = PublishStepMenuItem(order=item.order)


def lead_to_publish_step(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Lead on from the editor, which has saved the draft, instead of publishing it.

    What is done after every other save of a draft is done here too; the editor would do it when it had published.
    """
    if not is_released_type(page):
        return None
    is_new = request.resolver_match is not None and request.resolver_match.url_name == "add"
    for hook in hooks.get_hooks("after_create_page" if is_new else "after_edit_page"):
        if answer := hook(request, page):
            return answer  # type: ignore[no-any-return]
    return redirect(build_step_url(page, next_url=get_valid_next_url_from_request(request)))
