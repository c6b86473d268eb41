"""Tell an editor why something was not published, whichever page of the editor it was asked for on."""

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.modal_workflow import render_modal_workflow

from cms.publication.editor.publish_view import APPROVAL, build_step_url
from cms.publication.pages.obstacles import AnswersMissingError, ReleaseRefusedError


class ReleaseRefusalMiddleware:
    """Turn a refused release into a message on the page the user came from; an approval leads on to the publish step."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refused release; any other exception is left alone."""
        if not isinstance(exception, ReleaseRefusedError):
            return None
        if isinstance(exception, AnswersMissingError) and exception.is_approval:
            return _lead_to_step(request, exception.page)
        messages.error(request, str(exception), buttons=_list_buttons(exception))
        came_from = request.META.get("HTTP_REFERER", "")
        is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
        return redirect(came_from if is_ours else reverse("wagtailadmin_home"))


def _list_buttons(exception: ReleaseRefusedError) -> list[Any]:
    if not isinstance(exception, AnswersMissingError):
        return []
    return [messages.button(build_step_url(exception.page), _("Publish…"))]


def _lead_to_step(request: HttpRequest, page: Any) -> HttpResponse:
    """Lead an approver to the publish step; the dialog in which a comment was written is told where to go."""
    address = build_step_url(page, mode=APPROVAL, comment=_read_comment(request))
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        return render_modal_workflow(  # type: ignore[no-any-return]
            request, None, None, {}, json_data={"step": "success", "redirect": address}
        )
    return redirect(address)


def _read_comment(request: HttpRequest) -> str:
    """Read the approver's comment: from the dialog itself, or from the editor's form to which the dialog gave it."""
    if comment := request.POST.get("comment", ""):
        return comment
    try:
        extra = json.loads(request.POST.get("workflow-action-extra-data") or "{}")
    except ValueError:
        return ""
    return str(extra.get("comment", "")) if isinstance(extra, dict) else ""
