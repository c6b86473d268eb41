"""Linker of citations in a page's own words, run at publish time.

Every citation of an act known here becomes a link, and stands in the document's ``citations`` beside those an editor has put there.
Parts ("jf. stk. 2") and self-references lead nowhere and stay words. What a name stands for is decided by what applied, and was
known here, when the page was published: a new text of the act opens a review and changes no document by itself.
"""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Any, Literal

from cms.core.calendar import local_day
from cms.publication.pages.html_places import HTML_KEY, iterate_html_places
from legal.citing.citation_answers import CitationAnswer
from legal.citing.html_texts import HtmlText
from legal.citing.text_citations import recognise_citations, resolve_recognised
from legal.models.act_references import leads_to_section
from legal.provisions.structure import build_part_anchor

LINK = '<a href="{url}" class="law-citation" rel="noopener noreferrer">{html}</a>'
NUMBERED: tuple[Literal["stk"], Literal["nr"]] = ("stk", "nr")

# An answer with the place in the text of the passage it was found in.
PlacedAnswer = tuple[int, CitationAnswer]


def link_citations(document: dict[str, Any], html_fields: Sequence[str], moment: datetime) -> dict[str, Any]:
    """Set links in a page's document and add what it cites. Four queries at most, none for a page that cites nothing."""
    places = [(holder, key, HtmlText(holder[key])) for holder, key in iterate_html_places(document, html_fields)]
    # The same passages stand in the whole text and in the blocks: each is read once.
    passages = dict.fromkeys(passage for _holder, _key, text in places for _start, passage in text.list_passages())
    recognised_texts = {
        passage: recognised for passage in passages if (recognised := recognise_citations(passage)).names_act
    }
    if not recognised_texts:
        return document
    resolved = resolve_recognised(list(recognised_texts.values()), local_day(moment), known_by=moment)
    answers = dict(zip(recognised_texts, resolved, strict=True))
    for holder, key, text in places:
        found = [(start, answer) for start, passage in text.list_passages() for answer in answers.get(passage, ())]
        if holder is document and key == HTML_KEY:
            document["citations"] = _join(document.get("citations") or [], _list_cited(found))
        holder[key] = _set_links(text, found)
    return document


def _set_links(text: HtmlText, answers: Sequence[PlacedAnswer]) -> str:
    parts: list[str] = []
    at = 0
    for base, answer in answers:
        if answer["act"] is None or answer["url"] is None or answer["start"] is None or answer["end"] is None:
            continue
        found = text.find_slice(base + answer["start"], base + answer["end"])
        if found is None:
            continue
        start, end = found
        parts += [text.html[at:start], LINK.format(url=escape(_build_address(answer)), html=text.html[start:end])]
        at = end
    return "".join([*parts, text.html[at:]])


def _build_address(answer: CitationAnswer) -> str:
    """Build the address of what is cited: the section's, down to the first of its parts named."""
    url = answer["url"] or ""
    if answer["section"] is None or not leads_to_section(url, answer["section"]):
        return url
    stk, nr = (next((number for number in answer[level] if isinstance(number, int)), None) for level in NUMBERED)
    anchor = build_part_anchor(stk, nr, next(iter(answer["litra"]), None))
    return f"{url}#{anchor}" if anchor else url


def _list_cited(answers: Sequence[PlacedAnswer]) -> list[CitationAnswer]:
    """List what is cited of known acts, without the places in a text that the document does not carry as such."""
    return [
        CitationAnswer(**{**answer, "start": None, "end": None, "text": None})
        for _base, answer in answers
        if answer["act"] is not None
    ]


def _join(given: Sequence[dict[str, Any]], cited: Sequence[CitationAnswer]) -> list[dict[str, Any]]:
    """Join citations; a place that an editor has named already is not named again."""
    joined = list(given)
    seen = [_identify(entry) for entry in given]
    for entry in cited:
        identity = _identify(dict(entry))
        if identity not in seen:
            seen.append(identity)
            joined.append(dict(entry))
    return joined


def _identify(citation: dict[str, Any]) -> list[Any]:
    act = citation.get("act") or {}
    return [
        act.get("id"),
        *(citation.get(name) or None for name in ("section", "section_to", "stk", "nr", "litra", "pkt")),
    ]
