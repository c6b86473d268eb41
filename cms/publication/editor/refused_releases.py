"""Tell an editor why something was not published, whichever page of the editor it was asked for on."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from cms.publication.pages.obstacles import ReleaseRefusedError


class ReleaseRefusalMiddleware:
    """Turn a refused release into a message on the page the user came from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refused release; any other exception is left alone."""
        if not isinstance(exception, ReleaseRefusedError):
            return None
        messages.error(request, str(exception))
        came_from = request.META.get("HTTP_REFERER", "")
        is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
        return redirect(came_from if is_ours else reverse("wagtailadmin_home"))
