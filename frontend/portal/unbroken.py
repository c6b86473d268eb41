"""No-break blanks between a sign of the law or a unit and its number, in what is shown; stored text keeps its blanks.

They are set on display and not at release, so that citations, search, round trips and offsets meet the text as it was written.
"""

import re

from cms.core.html_reader import TAG

NO_BREAK = "\u00a0"
# A number may stand in an element of its own, so a sign at the end of a run is kept with what follows.
# Example: "jf. ‹§ ›9"
# Example: "‹stk. ›2"
# No match: "dette nr. er"
SIGN = re.compile(
    r"(§§?|\b(?:[Ss]tk|[Nn]r|[Aa]rt|[Kk]ap|[Kk]r)\.|\b[Ll]itra|\b[Kk]apitel|\b(?:DKK|EUR)) (?=\d|$|[a-zæøå]\b)"
)
# Example: "§\u00a0‹9 ›a, stk. 2"
# No match: "§\u00a09 er ophævet"
LETTER = re.compile(rf"(?<=§{NO_BREAK})(\d+) (?=[a-zæøåA-ZÆØÅ]\b)")
# Example: "6.055‹ ›kr."
# Example: "2‹ ›pkt."
UNIT = re.compile(r"(?<=[\d.]) (?=(?:kr\b|pct\.|mio\.|mia\.|pkt\.|%|DKK\b|EUR\b))")


def bind_text(text: str) -> str:
    """Bind signs and units to their numbers in a text without tags."""
    bound = SIGN.sub(rf"\1{NO_BREAK}", text)
    return UNIT.sub(NO_BREAK, LETTER.sub(rf"\1{NO_BREAK}", bound))


def bind_html(html: str) -> str:
    """Bind them in HTML of a released document: between its tags, never inside one."""
    parts = []
    at = 0
    for tag in TAG.finditer(html):
        parts += [bind_text(html[at : tag.start()]), tag[0]]
        at = tag.end()
    return "".join([*parts, bind_text(html[at:])])
