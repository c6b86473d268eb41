"""Places of a released text that cite a section: marked in its HTML, each with an anchor to jump to."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from cms.core.html_reader import read_line
from legal.models import Work
from legal.models.act_references import leads_to_section

# Example: "‹<a href=\"https://x.dk/da/acts/loven/9-a/#stk-2\" class=\"law-citation\" rel=\"noopener\">§ 9 a, stk. 2</a>›"
CITATION_LINK = re.compile(r'<a href="(?P<url>[^"]*)" class="law-citation"[^>]*>(?P<words>.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class MarkedText:
    """HTML with ``<mark id="cited-1">`` around the citations looked for, and the plain words of each, in order."""

    html: str
    words: list[str]


def mark_citations(html: str, work: Work, sections: Collection[str]) -> MarkedText:
    """Mark the links to sections of an act, or all links into the act where no section is named."""
    words: list[str] = []

    def mark(link: re.Match[str]) -> str:
        if not _is_meant(unescape(link["url"]), work, sections):
            return link[0]
        words.append(read_line(link["words"]))
        return f'<mark id="cited-{len(words)}">{link[0]}</mark>'

    return MarkedText(CITATION_LINK.sub(mark, html), words)


def _is_meant(url: str, work: Work, sections: Collection[str]) -> bool:
    address = url.partition("#")[0].partition("?")[0]
    if work.path not in unquote(address):
        return False
    return not sections or any(leads_to_section(address, section) for section in sections)
