"""Context of a document's page beside the document itself, by type."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import Http404

from cms.core.collation import build_sort_key
from cms.publication.registry import registry
from frontend.portal.labels import Label, LabelBook
from frontend.portal.law_links import build_citation_links, build_source_links
from frontend.portal.page_contents import build_heading_contents, build_step_contents
from frontend.portal.released_documents import (
    ListRequest,
    ReleasedDocument,
    find_consortium_paths,
    find_paths,
    list_by_ids,
    list_by_title,
    list_children,
    list_coming_law,
    list_latest,
    list_municipalities_of_children,
    list_of_consortium,
)
from legal.enums import LAW_NOTE

LATEST_LIMIT = 4
GUIDE_LIMIT = 3
CONSORTIUM_LIMIT = 12
CONTACT_POINT = "contact-point"

DEFAULT_TEMPLATE = "portal/article.html"
LAYOUT_TEMPLATES = {"home": "portal/home.html", "section": "portal/section.html"}

Extra = dict[str, Any]


def choose_template(document: dict[str, Any]) -> str:
    """Choose the template of a document: that of its layout, else the one its type was registered with."""
    content_type = registry.types.get(document["type"])
    own = content_type.template if content_type else ""
    return LAYOUT_TEMPLATES.get(document.get("layout", ""), own) or DEFAULT_TEMPLATE


def build_classification(document: dict[str, Any], book: LabelBook, day: date) -> Extra:
    """Build the names of everything a document is classified by."""
    consortium = document.get("consortium")
    return {
        "topics": book.list_labels("topic", document["topics"]),
        "audiences": book.list_labels("audience", document["audiences"]),
        "focus_areas": book.list_labels("focus_area", document["focus_areas"]),
        "municipalities": book.list_labels("municipality", document["municipalities"]),
        "consortium": _list_consortia([consortium], book, day)[0] if consortium else None,
    }


def _list_consortia(slugs: Sequence[str], book: LabelBook, day: date) -> list[Label]:
    paths = find_consortium_paths(slugs, book.locale, day)
    return [replace(label, path=paths.get(label.value, "")) for label in book.list_labels("consortium", slugs)]


def build_extra(found: ReleasedDocument, *, locale: str, day: date, asked: ListRequest, book: LabelBook) -> Extra:
    """Build what the template of a document's type needs beside the document.

    Raises:
        Http404: for a page of a list past its end, or of a document that is no list.
    """
    document = found.document
    kind = document["layout"] if document["type"] == "page" else document["type"]
    builder = BUILDERS.get(kind)
    if asked.page != 1 and kind != "section":
        raise Http404
    related = list_by_ids([entry["id"] for entry in document["related"]], locale, day)
    citations = build_citation_links(document["citations"])
    own = builder(found, locale, day, asked, book) if builder else {}
    return {"related": related, "citations": citations, **own}


def _build_home(found: ReleasedDocument, locale: str, day: date, asked: ListRequest, book: LabelBook) -> Extra:
    return {
        "law_notes": list_latest(LAW_NOTE, locale, day, LATEST_LIMIT),
        "guides": sorted(list_by_title("guide", locale, day, GUIDE_LIMIT), key=lambda guide: guide.locale != locale),
        "consortia": list_by_title("consortium", locale, day, CONSORTIUM_LIMIT),
    }


def _build_section(found: ReleasedDocument, locale: str, day: date, asked: ListRequest, book: LabelBook) -> Extra:
    coming = list_coming_law(found, locale, day)
    listing = list_children(found, locale, day, asked, without=[note.document["id"] for note in coming])
    if listing is None:
        raise Http404
    extra = {"listing": listing, "coming_law": coming if asked.page == 1 else []}
    if not asked.municipality and {item.type for item in listing.items} != {CONTACT_POINT}:
        return extra
    return {**extra, **_build_municipality_choice(found, locale, day, asked, book)}


def _build_guide(found: ReleasedDocument, locale: str, day: date, asked: ListRequest, book: LabelBook) -> Extra:
    steps = found.document.get("steps") or []
    # What the boxes are for is said once, where the first of them stand.
    first_to_bring = next((number for number, step in enumerate(steps, start=1) if step.get("bring")), 0)
    return {"contents": build_step_contents(steps), "first_to_bring": first_to_bring}


def _build_text(found: ReleasedDocument, locale: str, day: date, asked: ListRequest, book: LabelBook) -> Extra:
    return {"contents": build_heading_contents(found.document["html"])}


def _build_municipality_choice(
    found: ReleasedDocument, locale: str, day: date, asked: ListRequest, book: LabelBook
) -> Extra:
    """Build the municipalities that a list of contact points can be limited to, as Danes sort them.

    Raises:
        Http404: if a municipality is asked for that is none.
    """
    if asked.municipality and asked.municipality not in book.municipality:
        raise Http404
    codes = list_municipalities_of_children(found, locale, day)
    return {
        "municipality_choice": sorted(
            book.list_labels("municipality", codes), key=lambda label: build_sort_key(label.text)
        ),
        "chosen_municipality": next(iter(book.list_labels("municipality", filter(None, [asked.municipality]))), None),
    }


def _build_consortium(found: ReleasedDocument, locale: str, day: date, asked: ListRequest, book: LabelBook) -> Extra:
    slug = found.document.get("consortium")
    if not slug:
        return {}
    return {
        "practices": list_of_consortium("best-practice", slug, locale, day),
        "contact_points": list_of_consortium(CONTACT_POINT, slug, locale, day),
    }


def _build_best_practice(found: ReleasedDocument, locale: str, day: date, asked: ListRequest, book: LabelBook) -> Extra:
    return {"adopted_by": _list_consortia(found.document.get("adopted_by") or [], book, day)}


def _build_law_note(found: ReleasedDocument, locale: str, day: date, asked: ListRequest, book: LabelBook) -> Extra:
    sources = found.document.get("sources") or []
    paths = find_paths([source["act"]["id"] for source in sources if source.get("act")], day)
    return {"sources": build_source_links(sources, paths)}


BUILDERS: dict[str, Callable[[ReleasedDocument, str, date, ListRequest, LabelBook], Extra]] = {
    "home": _build_home,
    "section": _build_section,
    "plain": _build_text,
    "article": _build_text,
    "guide": _build_guide,
    "consortium": _build_consortium,
    "best-practice": _build_best_practice,
    LAW_NOTE: _build_law_note,
}
