"""From the log's contents to the documents of an index. Pure functions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cms.core.enums import Visibility
from cms.core.languages import BRIDGE_LANGUAGE, SOURCE_LANGUAGE
from cms.core.unicode_text import clean_text
from cms.publication.models import Window
from legal.enums import ACT
from legal.works.statuses import ENDED_STATES
from search.texts.log_contents import Content
from search.texts.plain_text import join_sections, list_mentioned_sections, strip_html
from search.texts.provision_texts import ProvisionText

FACETS = ("topic", "audience", "focus_area", "municipality")
# Languages that others fall back to; only their documents need to know where a better one is.
FALLBACK_LOCALES = (BRIDGE_LANGUAGE, SOURCE_LANGUAGE)


@dataclass(frozen=True)
class IndexDocument:
    """One document of an index; ``version`` is the external version, the content's last position in the log."""

    locale: str
    id: str
    version: int
    source: dict[str, Any]


def build_documents(content: Content) -> Iterator[IndexDocument]:
    """Build the document of every version of an item that has a window; windows stand in order of time."""
    for window in content.windows:
        yield build_version_document(window, content)


def build_version_document(window: Window, content: Content) -> IndexDocument:
    """Build what is written of one version."""
    return IndexDocument(window.locale, window.version, content.position, build_document(window, content))


def build_changing(window: Window, windows: Iterable[Window]) -> dict[str, Any]:
    """Build the part of a version's document that later releases of the content change; the rest never does."""
    return {
        "starts": window.starts.isoformat(),
        "ends": window.ends.isoformat() if window.ends else None,
        "visibility": window.visibility,
        "consortium": window.consortium or None,
        "ended_on": _find_end(window, windows),
        "covered": _build_cover(window, windows, is_stale=False),
        "covered_stale": _build_cover(window, windows, is_stale=True),
    }


def build_document(window: Window, content: Content) -> dict[str, Any]:
    """Build the index document of one version."""
    document = content.documents[window.pk]
    title, summary, answer = (clean_text(str(document.get(name) or "")) for name in ("title", "summary", "answer"))
    body = " ".join(filter(None, [answer, strip_html(document.get("html") or "")]))
    public_text = [title, summary, body] if window.visibility == Visibility.PUBLIC else []
    return {
        **build_envelope(window, content),
        "kind": "document",
        "title": title,
        "names": list_names(document) if window.type == ACT else [],
        "summary": summary,
        "body": body,
        # Suggestions are made of words that anyone may read, so that a search never gives away what it must not show.
        "spelling": public_text,
        "mentions": join_sections([*list_mentioned_sections(body), *_list_cited_sections(document)]),
        "path": window.path,
    }


def build_provision_document(provision: ProvisionText, act: Window, content: Content) -> IndexDocument:
    """Build the index document of one section; ``act`` is the act's newest window."""
    source = {
        **build_envelope(act, content),
        "kind": "provision",
        "starts": provision.days.starts.isoformat(),
        "ends": provision.days.ends.isoformat() if provision.days.ends else None,
        "names": list_names(content.documents[act.pk]),
        "body": provision.text,
        "section": provision.section,
        "label": provision.label,
        "path": provision.path,
    }
    return IndexDocument(act.locale, provision.key, content.position, source)


def list_names(document: dict[str, Any]) -> list[str]:
    """List what an act is called: short title, title, abbreviations, and its number as in "LBK 1183/2025"."""
    number = f"{document.get('document_type', '')} {document.get('number', '')}/{document.get('year', '')}"
    abbreviations = [str(name) for name in document.get("abbreviations") or []]
    names = [
        document.get("short_title"),
        document.get("title"),
        *abbreviations,
        *[name.rstrip(".") for name in abbreviations],
    ]
    return list(dict.fromkeys([*(clean_text(str(name)) for name in names if name), number.strip(" /")]))


def build_envelope(window: Window, content: Content) -> dict[str, Any]:
    """Build what filters and orders need of a version, for its own document and those of its sections."""
    terms: dict[str, list[str]] = {facet: [] for facet in FACETS}
    for term in window.terms.all():
        terms.setdefault(term.facet, []).append(term.value)
    dates = [entry.date for entry in window.commencements.all()]
    status = content.documents[window.pk].get("status")
    return {
        "content_id": str(window.content_id),
        "locale": window.locale,
        "version": window.version,
        "position": window.pk,
        "log_position": content.position,
        "type": window.type,
        "state": window.state,
        **build_changing(window, content.windows),
        **terms,
        "applies_from": window.starts.isoformat(),
        "released_at": window.released_at.isoformat(),
        "commencements": sorted({day.isoformat() for day in dates if day}),
        "has_undated_commencement": None in dates,
        "is_historic": isinstance(status, dict) and status.get("state") in ENDED_STATES,
        "title_key": window.title_key,
    }


def _find_end(window: Window, windows: Iterable[Window]) -> str | None:
    """Find the first day on which a version is left out by ``WindowQuerySet.not_ended``."""
    is_followed = any(other.locale == window.locale and other.starts > window.starts for other in windows)
    last_day = None if is_followed or window.applies_until == date.max else window.applies_until
    ends = filter(None, [window.ended_on, last_day + timedelta(days=1) if last_day else None])
    return min((day.isoformat() for day in ends), default=None)


def _build_cover(window: Window, windows: Iterable[Window], *, is_stale: bool) -> dict[str, list[dict[str, str]]]:
    if window.locale not in FALLBACK_LOCALES:
        return {}
    cover: dict[str, list[dict[str, str]]] = {}
    for other in windows:
        if other.locale != window.locale and other.is_stale == is_stale:
            ranges = cover.setdefault(other.locale, [])
            days = {"gte": other.starts.isoformat()} | ({"lt": other.ends.isoformat()} if other.ends else {})
            # Versions mostly follow one another without a gap: one range then says it all.
            if ranges and ranges[-1].get("lt") == days["gte"]:
                days["gte"] = ranges.pop()["gte"]
            ranges.append(days)
    return cover


def _list_cited_sections(document: dict[str, Any]) -> list[str]:
    cited = [entry.get("section") for entry in document.get("citations") or [] if isinstance(entry, dict)]
    for source in document.get("sources") or []:
        cited += source.get("sections") or [] if isinstance(source, dict) else []
    return [str(section) for section in cited if section]
