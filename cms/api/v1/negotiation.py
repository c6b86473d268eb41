"""Content negotiation: media type and coding by ``Accept`` and ``Accept-Encoding`` alone, no parameter or suffix overrules them.

Weights follow RFC 9110 § 12.4.2: what is named with ``q=0`` is refused, even where ``*`` allows everything else.
"""

import re
from collections.abc import Iterable
from typing import Any

from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.utils.mediatypes import media_type_matches

# Example: "0.25"
# Example: "1"
# Example: "0."
WEIGHT = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")


class JsonMedia(BaseRenderer):
    """Names JSON; views hand over finished bytes, so nothing is ever rendered here."""

    media_type = "application/json"
    format = "json"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> Any:
        return data


class LinesMedia(JsonMedia):
    """Names newline-delimited JSON."""

    media_type = "application/x-ndjson"
    format = "ndjson"


class PageMedia(JsonMedia):
    """Names HTML."""

    media_type = "text/html"
    format = "html"


class AtomMedia(JsonMedia):
    """Names Atom."""

    media_type = "application/atom+xml"
    format = "atom"


class XmlMedia(AtomMedia):
    """Names XML, as which some readers ask for Atom."""

    media_type = "application/xml"


class XmlTextMedia(AtomMedia):
    """Names XML as it was named before RFC 7303."""

    media_type = "text/xml"


class JsonFeedMedia(JsonMedia):
    """Names JSON Feed."""

    media_type = "application/feed+json"


class CalendarMedia(JsonMedia):
    """Names iCalendar."""

    media_type = "text/calendar"
    format = "ics"


class AcceptNegotiation(BaseContentNegotiation):
    """Take the first of the view's media types that ``Accept`` allows."""

    def select_parser(self, request: Request, parsers: Iterable[Any]) -> Any:
        return next((parser for parser in parsers if media_type_matches(parser.media_type, request.content_type)), None)

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        weights = read_weights(request.META.get("HTTP_ACCEPT", "").strip() or "*/*")
        for renderer in renderers:
            if _find_weight(renderer.media_type, weights) > 0:
                return renderer, renderer.media_type
        raise NotAcceptable


def read_weights(header: str) -> dict[str, float]:
    """Read a header such as ``gzip;q=0, *``: each name in small letters, without parameters, and its weight from 0 to 1.

    A weight that is none is taken for 1, as by callers who send something of their own.
    """
    weights: dict[str, float] = {}
    for entry in header.lower().split(","):
        name, *parameters = (part.strip() for part in entry.split(";"))
        if name:
            weights[name] = _read_weight(parameters)
    return weights


def takes_gzip(accept_encoding: str) -> bool:
    """Say whether a caller takes gzip; what it does not name is what it says of ``*``."""
    weights = read_weights(accept_encoding)
    return weights.get("gzip", weights.get("*", 0)) > 0


def _read_weight(parameters: Iterable[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q" and WEIGHT.fullmatch(value.strip()):
            return float(value)
    return 1


def _find_weight(media_type: str, weights: dict[str, float]) -> float:
    """Find what a header says of a media type; the most specific entry decides."""
    whole_group = media_type.partition("/")[0] + "/*"
    named = (weights[name] for name in (media_type, whole_group, "*/*") if name in weights)
    return next(named, 0)
