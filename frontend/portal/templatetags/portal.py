"""Template tags and filters that show released values: dates, languages, addresses and ready HTML."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from html import unescape
from typing import Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Paginator
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import get_language, gettext

from cms.core.bidi import RIGHT_TO_LEFT, isolate_pieces
from cms.core.calendar import local_day, today, write_day
from cms.core.languages import SOURCE_LANGUAGE, get_written_locale
from cms.core.numbers import format_amount
from cms.core.table_captions import show_caption
from cms.core.templatetags.core_phones import phone_digits
from frontend.portal.frame_links import write_frame_links
from frontend.portal.interface_labels import ACT_STATE_LABELS, STATUS_LABELS, TYPE_LABELS
from frontend.portal.language_choice import get_endonym, get_language_of
from frontend.portal.law_days import LawDays, build_law_days
from frontend.portal.law_links import CitationLink, name_eli_uri
from frontend.portal.passages import Paragraph, TextRun
from frontend.portal.portal_urls import build_frame_path, build_local_path, read_framed_language
from frontend.portal.unbroken import bind_html, bind_text
from legal.language.citation_forms import write_citation, write_place
from legal.language.section_numbers import build_anchor

register = template.Library()
register.filter("amount", format_amount)
register.filter("phone_digits", phone_digits)
register.filter("shown_caption", show_caption)

ARABIC_GAP = "، "
MAP_SEARCH = "https://www.openstreetmap.org/search"
ENDING_CHARACTERS = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
# Example: "‹&lt;mark&gt;›skat&lt;/mark&gt;"
MARK = re.compile(r"&lt;(/?)mark&gt;")


def get_interface_locale() -> str:
    """Return the language of the interface."""
    return get_language() or SOURCE_LANGUAGE


def parse_day(value: Any) -> date | None:
    """Read a day from a date, a moment or their ISO text; moments count in Copenhagen."""
    if isinstance(value, datetime):
        return local_day(value)
    if isinstance(value, date) or not value:
        return value or None
    text = str(value)
    if "T" in text and (moment := parse_datetime(text)):
        return local_day(moment)
    return parse_date(text[:10])


@register.filter
def day(value: Any) -> SafeString:
    """Write a day in words of the interface's language, machine-readable."""
    found = parse_day(value)
    if found is None:
        return SafeString("")
    return SafeString(f'<time datetime="{found.isoformat()}">{escape(write_day(found))}</time>')


@register.filter
def endonym(code: str) -> str:
    """Name a language as it names itself."""
    return get_endonym(code)


@register.filter
def language_name(code: str) -> str:
    """Name a language in the interface's language."""
    return get_written_locale().languages.get(code) or get_endonym(code)


@register.filter
def direction(code: str) -> str:
    """Say in which direction a language is written."""
    return get_language_of(code).direction


@register.filter
def local_path(url: str | None) -> str:
    """Shorten an address of this site to its path, so that it works under every host name the site answers to."""
    return build_local_path(url or "")


@register.filter
def in_frame(url: str | None) -> str:
    """Lead to a page of this site inside the interface's language, whatever language the page is in."""
    return build_frame_path(build_local_path(url or ""), get_interface_locale())


@register.filter
def framed_language(url: str | None) -> str:
    """Say which other language a page is in that ``in_frame`` leads to; ``""`` for the interface's own, and other addresses."""
    return read_framed_language(in_frame(url))


@register.simple_tag
def list_gap() -> str:
    """Write what stands between two entries of an enumeration in the interface's language: a comma of its own in Arabic."""
    return ARABIC_GAP if get_interface_locale() == "ar" else ", "


@register.filter
def type_label(name: str) -> str:
    """Name a content type in the interface's language."""
    return str(TYPE_LABELS.get(name, name))


@register.filter
def status_label(name: str) -> str:
    """Name the status of a best practice in the interface's language."""
    return str(STATUS_LABELS.get(name, name))


@register.filter
def act_state_label(name: str) -> str:
    """Name the derived state of an act in the interface's language."""
    return str(ACT_STATE_LABELS.get(name, name))


@register.filter
def released_html(value: str | None) -> SafeString:
    """Show HTML of a released document, sanitised then: signs bound to numbers, links inside the reader's language."""
    return SafeString(write_frame_links(bind_html(value or ""), get_interface_locale()))


@register.filter
def unbroken(text: str | None) -> str:
    """Bind signs of the law and units to their numbers in a title, a summary or another text without tags.

    Where text runs from right to left, what is to be read from left to right is isolated: what comes out is HTML then.
    """
    bound = bind_text(str(text or ""))
    return SafeString(isolate_pieces(str(escape(bound)))) if _runs_right_to_left(bound) else bound


def _runs_right_to_left(text: str) -> bool:
    return get_language_of(get_interface_locale()).direction == "rtl" or bool(RIGHT_TO_LEFT.search(text))


@register.filter
def is_other_day(value: Any, other: Any) -> bool:
    """Say whether there is a day, and the other one is not the same."""
    return (found := parse_day(value)) is not None and found != parse_day(other)


@register.filter
def law_days(document: Mapping[str, Any]) -> LawDays:
    """Read the days of a law note as of today."""
    return build_law_days(document, today())


@register.filter
def citation_form(citation: CitationLink, language_code: str) -> str:
    """Write a citation for readers of a language."""
    return bind_text(citation.write(language_code))


@register.filter
def cited_block(value: Mapping[str, Any]) -> str:
    """Write the citation of a block, in Danish as what it quotes."""
    place = write_place(value.get("section") or "", value.get("stk") or ())
    return bind_text(write_citation(name_eli_uri(value.get("eli_uri") or ""), place, SOURCE_LANGUAGE))


@register.filter
def marked(value: str) -> SafeString:
    """Show a search highlight: only its ``<mark>`` survives, whether the engine escaped the rest or not.

    Telephone numbers, hours and sections in it are isolated as in any other text that runs from right to left.
    """
    html = bind_html(MARK.sub(r"<\1mark>", escape(unescape(value))))
    return SafeString(isolate_pieces(html) if _runs_right_to_left(html) else html)


@register.filter
def named(values: Iterable[str] | None, names: Mapping[str, str] | None) -> list[str]:
    """Name slugs or codes by what people read for them; one without a name stands for itself."""
    return [(names or {}).get(value, value) for value in values or ()]


@register.simple_tag
def page_numbers(page: int, page_count: int) -> list[int | None]:
    """List the numbers of a list's pages to offer: the first, the last and those around a page; ``None`` is a gap."""
    numbers = Paginator(range(page_count), 1).get_elided_page_range(page, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in numbers]


@register.filter
def map_url(address: Mapping[str, str]) -> str:
    """Build the address of a map of a postal address, at OpenStreetMap; nothing is asked there before somebody follows it."""
    place = f"{address.get('street', '')}, {address.get('postal_code', '')} {address.get('city', '')}"
    return f"{MAP_SEARCH}?{urlencode({'query': place.strip(' ,')})}"


@register.simple_tag
def marked_paragraph(paragraph: Paragraph) -> SafeString:
    """Write a paragraph of a marked text: what was added and removed is said in words, too, for those who do not see it."""
    return SafeString(f'<div class="passage">{"".join(_write_run(run) for run in paragraph)}</div>')


def _write_run(run: TextRun) -> str:
    text = run.text.strip()
    start = run.text.find(text)
    before, after = run.text[:start], run.text[start + len(text) :]
    shown = str(escape(text))
    if run.is_folded:
        sign = f'<span aria-hidden="true">…</span>{_say(gettext("Show unchanged text"))}'
        shown = f'<details class="fold"><summary>{sign}</summary>{shown}</details>'
    elif run.op == "insert" and text:
        shown = f"<ins>{_say(gettext('added:'))}{shown}</ins>"
    elif run.op == "delete" and text:
        shown = f"<del>{_say(gettext('removed:'))}{shown}</del>"
    return f"{before}{shown}{after}"


def _say(words: str) -> str:
    return f'<span class="visually-hidden" lang="{get_language()}">{escape(words)} </span>'


@register.filter
def section_slug(section: str) -> str:
    """Write a section as addresses do: ``9 a`` is ``9-a``."""
    return build_anchor(section)


@register.filter
def section_name(section: str) -> SafeString:
    """Name a section in a sentence of any language: Danish, bound to its sign, and read from left to right."""
    return SafeString(f'<bdi lang="{SOURCE_LANGUAGE}" dir="ltr">{escape(bind_text(f"§ {section}"))}</bdi>')


@register.filter
def eli_name(uri: str | None) -> str:
    """Name an act by its ELI when nothing better is known."""
    return name_eli_uri(uri or "")


@register.filter
def json_ld(described: Mapping[str, Any] | None) -> SafeString:
    """Embed a description for machines as a block of data: no script runs, and nothing in it can end the block."""
    if not described:
        return SafeString("")
    data = json.dumps(described, ensure_ascii=False).translate(ENDING_CHARACTERS)
    return SafeString(f'<script type="application/ld+json">{data}</script>')


@register.filter
def anchor(text: str) -> str:
    """Build the id of a heading from its text."""
    return slugify(text, allow_unicode=True) or "section"
