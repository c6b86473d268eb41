"""Additions of the law to the text of a page at its release, and the comparison of a released text with its page.

A page names acts: in citations, as sources, in running text. What these names stand for is looked up once, when the page is
released, and stands in the released text as it was known then. So a text that is compared with its page later is compared
without it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings

from legal.citing.citation_answers import resolve_citation
from legal.citing.citation_links import link_citations
from legal.citing.html_texts import HtmlText
from legal.language.eli_uris import normalise_eli_uri
from legal.language.section_numbers import normalise_section
from legal.notes.law_note_serializers import resolve_sources
from legal.recognition import find_citations

CITATIONS = "citations"
SOURCES = "sources"
# Example: "Jf. ‹<a href=\"/da/acts/udl/9-a/\" class=\"law-citation\" rel=\"noopener noreferrer\">§ 9 a</a>›."
# No match: "Jf. <a href=\"/da/acts/udl/9-a/\">§ 9 a</a>."
LAW_LINK = re.compile(r'<a href="([^"]*)" class="law-citation" rel="noopener noreferrer">(.*?)</a>', re.DOTALL)

# ELI URI, section and stk. of a citation that an editor has given.
GivenPlace = tuple[str, str | None, list[Any]]


def finish_text(document: dict[str, Any], html_fields: Sequence[str], moment: datetime) -> dict[str, Any]:
    """Resolve the citations and sources that a page names, and link what its running text cites."""
    document[CITATIONS] = _list_answers(document.get(CITATIONS) or [])
    if document.get(SOURCES):
        document[SOURCES] = resolve_sources(document[SOURCES])
    return link_citations(document, html_fields, moment)


def is_finished_from(released: Mapping[str, Any], own: Mapping[str, Any]) -> bool:
    """Say whether a released text was made from what a page itself says, whatever was known of the law then.

    An address of another site than this one counts as a difference.
    """
    names = [name for name in own if name not in (CITATIONS, SOURCES)]
    return (
        all(_unlink(released.get(name)) == own[name] for name in names)
        and _list_own_sources(released) == _list_own_sources(own)
        and _cites_what_is_given(released.get(CITATIONS) or [], own)
    )


def _list_answers(given: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    answers = [dict(resolve_citation(entry["act"]["eli_uri"], entry["section"] or "", entry["stk"])) for entry in given]
    return [answer for index, answer in enumerate(answers) if answer not in answers[:index]]


def _unlink(value: Any) -> Any:
    """Take the links to this site's acts out of all HTML, at any depth."""
    if isinstance(value, str):
        return LAW_LINK.sub(_write_words, value) if "law-citation" in value else value
    if isinstance(value, list):
        return [_unlink(entry) for entry in value]
    if isinstance(value, dict):
        return {name: _unlink(entry) for name, entry in value.items()}
    return value


def _write_words(link: re.Match[str]) -> str:
    return link[2] if _is_own_address(link[1]) else link[0]


def _is_own_address(url: str) -> bool:
    return url.startswith(f"{settings.PUBLIC_URL}/")


def _list_own_sources(document: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    return [(source["eli_uri"], source["sections"]) for source in document.get(SOURCES) or []]


def _cites_what_is_given(released: Sequence[Mapping[str, Any]], own: Mapping[str, Any]) -> bool:
    """Say whether the released citations are those given, followed only by such as the running text has."""
    given: list[GivenPlace] = []
    for entry in own.get(CITATIONS) or []:
        place = (normalise_eli_uri(entry["act"]["eli_uri"]), normalise_section(entry["section"] or "") or None)
        if (*place, entry["stk"]) not in given:
            given.append((*place, entry["stk"]))
    if any(entry["act"] and not _is_own_address(entry["url"]) for entry in released):
        return False
    if [_get_given_place(entry) for entry in released[: len(given)]] != given:
        return False
    added = released[len(given) :]
    if not added:
        return True
    written = list(_iterate_written(own.get("html") or ""))
    return all(entry["act"] and _list_parts(entry) in written for entry in added)


def _get_given_place(answer: Mapping[str, Any]) -> GivenPlace:
    return (answer["act"]["eli_uri"] if answer["act"] else answer["url"], answer["section"], answer["stk"])


def _iterate_written(html: str) -> Iterator[list[Any]]:
    for _start, passage in HtmlText(html).list_passages():
        for entry in find_citations(passage):
            if entry.act is not None:
                yield _list_parts(vars(entry))


def _list_parts(citation: Mapping[str, Any]) -> list[Any]:
    section, section_to = citation["section"] or None, citation["section_to"] or None
    return [section, section_to, *(list(citation[level]) for level in ("stk", "nr", "litra", "pkt"))]
