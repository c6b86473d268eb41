"""Which media type answers: by ``Accept`` alone, no parameter or suffix overrules it."""

from collections.abc import Iterable
from typing import Any

from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.utils.mediatypes import media_type_matches


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
        header = request.META.get("HTTP_ACCEPT", "").strip() or "*/*"
        accepted = [entry.partition(";")[0].strip() for entry in header.split(",") if not _is_refused(entry)]
        for renderer in renderers:
            if any(media_type_matches(entry, renderer.media_type) for entry in accepted):
                return renderer, renderer.media_type
        raise NotAcceptable


def _is_refused(entry: str) -> bool:
    parameters = (parameter.strip().replace(" ", "") for parameter in entry.split(";")[1:])
    return any(parameter in ("q=0", "q=0.0", "q=0.00", "q=0.000") for parameter in parameters)
