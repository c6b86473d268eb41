"""Any released document at its path."""

from datetime import date
from itertools import takewhile
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from cms.core.calendar import today
from cms.core.languages import fallback_chain
from frontend.portal.contents import LAYOUT_TEMPLATES, build_classification, build_extra, choose_template
from frontend.portal.feeds import list_feeds
from frontend.portal.labels import LabelBook
from frontend.portal.page_frame import build_document_frame
from frontend.portal.portal_urls import build_frame_path
from frontend.portal.released_documents import (
    WHOLE_LIST,
    ListRequest,
    ReleasedDocument,
    find_best_path,
    find_by_path,
    find_dated,
    find_in_chain,
    find_outdated_path,
    find_planned_change,
    find_planned_text,
    find_words_moment,
    is_storable,
)
from frontend.portal.responses import build_moved_response, build_page_response, build_passing_response
from frontend.portal.site_places import list_home_locales
from frontend.portal.text_history import build_history, build_text_notice, list_source_changes
from frontend.portal.tombstones import find_tombstone
from frontend.portal.views.errors import build_gone_response, build_not_found_response
from frontend.portal.word_help import build_word_help


@require_safe
def show_document(request: HttpRequest, locale: str, rest: str = "") -> HttpResponseBase:
    """Show the document that applies today at a path, or say what became of it."""
    path = f"/{locale}/{rest}"
    found = find_by_path(path, today())
    return (
        answer_absence(request, locale, path) if found is None else show_found(request, found, locale=locale, path=path)
    )


def show_found(request: HttpRequest, found: ReleasedDocument, *, locale: str, path: str) -> HttpResponseBase:
    """Show a released document at a path with the interface in ``locale``, as of the day asked for."""
    day = today()
    as_of, is_refused = _read_other_day(request, found, day)
    dated = find_dated(UUID(found.document["id"]), found.locale, as_of) if as_of else found
    if dated is None:
        return build_not_found_response(request, locale)
    shown = dated
    if dated.is_stale and request.GET.get("allow_outdated") != "true":
        # Stale law is worse than missing law: the reader gets the chain's next language and is told so.
        shown = find_in_chain(UUID(found.document["id"]), fallback_chain(locale), as_of or day) or dated
    try:
        context = build_document_context(
            shown,
            locale=locale,
            path=path,
            asked=read_list_request(request),
            is_indexed=as_of is None and shown.locale == locale and not shown.is_stale,
        )
    except Http404:
        return build_not_found_response(request, locale)
    if shown is not dated:
        context["outdated_path"] = f"{path}?{urlencode(request.GET.dict() | {'allow_outdated': 'true'})}"
    elif shown.locale != locale:
        context |= _build_fallback_ways(request, shown, locale, as_of or day)
    context |= {
        "is_refused": is_refused,
        "as_of": as_of,
        "source_changes": list_source_changes(dated, as_of or day),
    }
    if not is_list(found):
        change = None if as_of else find_planned_change(shown, day)
        context |= {
            "history": build_history(shown, path, as_of or day, day, change),
            "day_notice": build_text_notice(dated, found, as_of, path),
            "planned": None if as_of else find_planned_text(UUID(shown.document["id"]), shown.locale, day),
            "planned_change": change,
            "updated_at": find_words_moment(shown),
            "words": build_word_help(shown.document, locale),
        }
    template = choose_template(shown.document)
    return build_page_response(request, template, context, locale=locale, status=400 if is_refused else 200)


def answer_absence(request: HttpRequest, locale: str, path: str) -> HttpResponseBase:
    """Answer for a path without a document today: moved on, withdrawn or never there."""
    tombstone = find_tombstone(path, locale, today())
    if tombstone is None and path == f"/{locale}/":
        homes = list_home_locales(today())
        if code := next((code for code in fallback_chain(locale) if code in homes), None):
            return build_passing_response(request, build_frame_path(f"/{code}/", locale))
    if tombstone is None:
        return build_not_found_response(request, locale)
    if tombstone.is_same and tombstone.new_path:
        return build_moved_response(request, build_frame_path(tombstone.new_path, locale))
    return build_gone_response(request, locale, tombstone)


def build_document_context(
    found: ReleasedDocument, *, locale: str, path: str, asked: ListRequest = WHOLE_LIST, **frame_details: Any
) -> dict[str, Any]:
    """Build everything a document's template shows, with the interface in ``locale``."""
    day = today()
    book = LabelBook(locale)
    # Machines are told nothing of law that has changed since: a translation that is hidden describes itself to people only.
    document = {**found.document, "json_ld": None} if found.is_stale else found.document
    extra = build_extra(found, locale=locale, day=day, asked=asked, book=book)
    return {
        "frame": build_document_frame(found, locale=locale, path=path, day=day, **frame_details),
        "document": document,
        "content_locale": found.locale,
        "is_fallback": found.locale != locale,
        "foreign_locale": found.locale if found.locale != locale else "",
        "today": day,
        "labels": build_classification(document, book, day),
        "feeds": list_feeds(
            document, locale, [*extra["coming_law"], *extra["listing"].items] if "listing" in extra else ()
        ),
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


def read_day(request: HttpRequest) -> tuple[date | None, bool]:
    """Read ``as_of``: the day, or ``None`` when it is absent or empty, and whether what stood there was no day."""
    text = request.GET.get("as_of", "")
    try:
        day = parse_date(text) if text else None
    except ValueError:
        day = None
    return day, bool(text) and day is None


def _build_fallback_ways(request: HttpRequest, shown: ReleasedDocument, locale: str, day: date) -> dict[str, Any]:
    """Build the ways on from a text of another language: back to the translation, or to an older one that its type hides."""
    if is_original_asked(request, shown):
        best = find_best_path(shown, locale, day)
        return {"translation_path": build_frame_path(best, locale) if best != shown.path else ""}
    before = takewhile(lambda code: code != shown.locale, fallback_chain(locale))
    older_locale, older_path = find_outdated_path(UUID(shown.document["id"]), list(before), day)
    if not older_path:
        return {}
    return {"older_locale": older_locale, "older_path": f"{build_frame_path(older_path, locale)}?allow_outdated=true"}


def is_original_asked(request: HttpRequest, found: ReleasedDocument) -> bool:
    """Say whether a reader who has a translation asks for the source itself."""
    is_source = found.document["translation"]["source_locale"] == found.locale
    return is_source and request.GET.get("original") == "true"


def is_list(found: ReleasedDocument) -> bool:
    """Say whether a page lists what others say today, so that it has neither a text of another day nor a history."""
    return found.document.get("layout") in LAYOUT_TEMPLATES


def _read_other_day(request: HttpRequest, found: ReleasedDocument, day: date) -> tuple[date | None, bool]:
    as_of, is_refused = (None, False) if is_list(found) else read_day(request)
    return None if as_of == day else as_of, is_refused
