"""Any released document at its path."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from cms.core.calendar import today
from cms.core.languages import fallback_chain
from frontend.portal.contents import build_classification, build_extra, choose_template
from frontend.portal.feeds import list_feeds
from frontend.portal.labels import LabelBook
from frontend.portal.page_frame import build_document_frame
from frontend.portal.released_documents import (
    WHOLE_LIST,
    ListRequest,
    ReleasedDocument,
    find_by_path,
    find_in_chain,
    is_storable,
)
from frontend.portal.responses import build_moved_response, build_page_response
from frontend.portal.tombstones import find_tombstone
from frontend.portal.views.errors import build_gone_response, build_not_found_response


@require_safe
def show_document(request: HttpRequest, locale: str, rest: str = "") -> HttpResponseBase:
    """Show the document that applies today at a path, or say what became of it."""
    path = f"/{locale}/{rest}"
    day = today()
    found = find_by_path(path, day)
    if found is None:
        return answer_absence(request, locale, path)
    shown = found
    if found.is_stale and request.GET.get("allow_outdated") != "true":
        # Stale law is worse than missing law: the reader gets the chain's next language and is told so.
        shown = find_in_chain(UUID(found.document["id"]), fallback_chain(locale), day) or found
    try:
        context = build_document_context(shown, locale=locale, path=path, asked=read_list_request(request))
    except Http404:
        return build_not_found_response(request, locale)
    if shown is not found:
        context["outdated_path"] = f"{path}?allow_outdated=true"
    template = choose_template(shown.document)
    return build_page_response(request, template, context, locale=locale)


def answer_absence(request: HttpRequest, locale: str, path: str) -> HttpResponseBase:
    """Answer for a path without a document today: moved on, withdrawn or never there."""
    tombstone = find_tombstone(path, locale, today())
    if tombstone is None:
        return build_not_found_response(request, locale)
    if tombstone.is_same and tombstone.new_path:
        return build_moved_response(request, tombstone.new_path)
    return build_gone_response(request, locale, tombstone)


def build_document_context(
    found: ReleasedDocument, *, locale: str, path: str, asked: ListRequest = WHOLE_LIST, **frame_details: Any
) -> dict[str, Any]:
    """Build everything a document's template shows, with the interface in ``locale``."""
    day = today()
    book = LabelBook(locale)
    document = found.document
    extra = build_extra(found, locale=locale, day=day, asked=asked, book=book)
    return {
        "frame": build_document_frame(found, locale=locale, path=path, day=day, **frame_details),
        "document": document,
        "content_locale": found.locale,
        "is_fallback": found.locale != locale,
        "today": day,
        "labels": build_classification(document, book, day),
        "feeds": list_feeds(document, locale, extra["listing"].items if "listing" in extra else ()),
        **extra,
    }


def read_list_request(request: HttpRequest) -> ListRequest:
    """Read which part of a list the address asks for.

    Raises:
        Http404: when it is none that there can be.
    """
    municipality = request.GET.get("municipality", "").strip()
    if not is_storable(municipality):
        raise Http404
    return ListRequest(read_page_number(request), municipality)


def read_page_number(request: HttpRequest) -> int:
    """Read ``page`` from the address; it counts from 1.

    Raises:
        Http404: when it is no such number.
    """
    text = request.GET.get("page", "1")
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 100_000:
        raise Http404
    return int(text)
