"""Middleware that refuses requests before Wagtail sees them."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase

NULL = "\x00"
WAGTAIL_PREFIXES = ("/admin/", "/documents/")


class NullCharacterMiddleware:
    """Answer 400 to an address with a null character under ``/admin/`` and ``/documents/``.

    Wagtail hands what stands in an address to the database, and PostgreSQL refuses that character even in a question. Forms
    refuse it themselves, with a sentence beside the field; the API and the portal answer in their own words.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(WAGTAIL_PREFIXES) and has_null_character(request):
            raise BadRequest("A null character is no character of an address.")
        return self.get_response(request)


def has_null_character(request: HttpRequest) -> bool:
    """Say whether the address asked for holds a null character, in its path or its query."""
    return NULL in request.path_info or any(
        NULL in text for pair in request.GET.lists() for text in (pair[0], *pair[1])
    )
