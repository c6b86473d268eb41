"""Places of a released text that cite a section: marked in its HTML, each with an anchor to jump to."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from cms.core.html_reader import read_line
from legal.language.cited_sections import ENTRY, GROUP
from legal.language.section_numbers import is_within, normalise_section
from legal.models import Work
from legal.models.act_references import leads_to_section

# Example: "‹<a href=\"https://x.dk/da/acts/loven/9-a/#stk-2\" class=\"law-citation\" rel=\"noopener\">§ 9 a, stk. 2</a>›"
# Example: "<p>‹efter § 14›</p>"
PIECE = re.compile(r'<a href="(?P<url>[^"]*)" class="law-citation"[^>]*>(?P<words>.*?)</a>|(?<=>)[^<]+', re.DOTALL)


@dataclass(frozen=True)
class MarkedText:
    """HTML with ``<mark id="cited-1">`` around the citations looked for, and the plain words of each, in order."""

    html: str
    words: list[str]


def mark_citations(html: str, work: Work, sections: Collection[str]) -> MarkedText:
    """Mark what cites sections of an act, or every link into the act where no section is named.

    A section without a link ("efter § 14, stk. 1") is marked too: it is of the act the text speaks of, as far as can be told.
    """
    words: list[str] = []

    def mark(html: str) -> str:
        words.append(read_line(html))
        return f'<mark id="cited-{len(words)}">{html}</mark>'

    def mark_group(group: re.Match[str]) -> str:
        return mark(group[0]) if _names(group[0], sections) else group[0]

    def mark_piece(piece: re.Match[str]) -> str:
        if piece["url"] is None:
            # Of the same length, so that blanks which hold a sign and its number together are found.
            return GROUP.sub(mark_group, piece[0].replace("\xa0", " ")) if sections else piece[0]
        return mark(piece[0]) if _leads_there(piece, work, sections) else piece[0]

    return MarkedText(PIECE.sub(mark_piece, html), words)


def _leads_there(link: re.Match[str], work: Work, sections: Collection[str]) -> bool:
    address = unescape(link["url"]).partition("#")[0].partition("?")[0]
    if work.path not in unquote(address):
        return False
    is_of_section = any(leads_to_section(address, section) for section in sections)
    return not sections or is_of_section or _names(read_line(link["words"]), sections)


def _names(words: str, sections: Collection[str]) -> bool:
    """Say whether words name one of the sections, alone or within a range."""
    entries = [entry for group in GROUP.finditer(words.replace("\xa0", " ")) for entry in ENTRY.finditer(group[1])]
    named = [(normalise_section(entry[1]), normalise_section(entry[2] or "")) for entry in entries]
    return any(is_within(section, first, last) for section in sections for first, last in named)
