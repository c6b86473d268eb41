"""Headers that hold for every answer of the site, whichever package built it."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase


class AnswerMiddleware:
    """Give every answer a lifetime, and let none describe a body that it has not. Stands outermost.

    Without ``Cache-Control`` a cache may guess how long to keep an answer (RFC 9111 § 4.2.2). Browsers keep a permanent redirect
    for ever, and a slug that is changed back then leads round in a circle. So what says nothing is asked for again each time.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-cache")
        if response.status_code in (204, 304):
            # CommonMiddleware has counted the empty body; a 304 would thereby claim that the document is empty.
            response.headers.pop("Content-Length", None)
            response.headers.pop("Content-Type", None)
        return response
