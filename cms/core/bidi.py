"""Isolation of left-to-right pieces in text that runs from right to left.

In an Arabic sentence "+45 87 11 22 33" is shown as "33 22 11 87 45+": blanks, dashes and signs between numbers take the direction
of the sentence. Each such piece is put into ``bdi`` with a direction of its own.
Source: Unicode Standard Annex 9, "Unicode Bidirectional Algorithm"; HTML Living Standard, "The bdi element".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from cms.core.html_reader import INLINE, TAG, VOID

ISOLATED = '<bdi dir="ltr">{}</bdi>'
LETTER = "A-Za-zÀ-ÖØ-öø-ɏ"
BLANK = r"[ \u00a0]"
# An abbreviation keeps its point at the end of a piece, as in "6.055 kr.".
ABBREVIATION = r"(?:kr|pct|mio|mia|stk|nr|pkt|art|kap|mv|tv|th|mf|st)\."
SIGN = rf"(?:(?:§§?|[€$£#]){BLANK}?|[+−]|-(?=\d))"
UNIT = rf"{SIGN}?(?:\b{ABBREVIATION}|[0-9{LETTER}_]+)(?:{BLANK}?[%‰°€$£]|/(?![\w]))?"
BETWEEN = r"[ \u00a0.,:;/–—−\-'’&=?~+@#°]{1,4}"
SEQUENCE = rf"{UNIT}(?:{BETWEEN}{UNIT})*"
# Example: "اتصل على ‹+45 87 11 22 33›"
# Example: "حسب ‹§ 9 a, stk. 2›، في"
# Example: "من ‹09:00–15:00›"
# Example: "قدره ‹6.055 kr.›"
# Example: "في ‹Demovej 3, 2. tv.› هنا"
# Example: "‹LBK 1183/2025 (Udlændingeloven)›"
# No match: "مرحبا"
PIECE = re.compile(rf"{SEQUENCE}(?:{BLANK}?\({SEQUENCE}\)(?:{BETWEEN}{SEQUENCE})?)*")
# A letter of Hebrew, Arabic and their neighbours.
# Example: "‹م›رحبا"
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# A list of numbers runs in the direction of the sentence.
# Example: "18‹, ›19"
LIST_GAP = re.compile(rf"[,;]{BLANK}")
# Example: "‹§› 9"
# No match: "09:00–15:00"
WRITTEN = re.compile(rf"[§{LETTER}]")
# One word or number is shown right wherever it stands.
# Example: "‹Aarhus›"
# Example: "‹6.055,50›"
PLAIN = re.compile(rf"[0-9]+(?:[.,][0-9]+)+|[0-9{LETTER}]+")
# Example: "<span class=\"x\"‹ dir=\"rtl›\">"
DIRECTION = re.compile(r'\sdir="(?P<direction>ltr|rtl|auto)')
# Example: "‹&amp;›c"
# Example: "‹c›&amp;"
CHARACTER = re.compile(r"&#?\w+;|.", re.DOTALL)
# Example: "‹</a>›</b>"
CLOSING_AFTER = re.compile(r"</[a-z][^<>]*>")


@dataclass
class Passage:
    """The text of a passage, and for each of its characters where it begins and ends in the HTML."""

    text: str = ""
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def add(self, html: str, start: int) -> None:
        """Add what stands between two tags, at its place in the HTML; a character may be written as a reference."""
        for written in CHARACTER.finditer(html):
            for character in unescape(written[0]):
                self.text += character
                self.starts.append(start + written.start())
                self.ends.append(start + written.end())


def isolate_pieces(html: str) -> str:
    """Isolate left-to-right pieces in sanitised HTML that runs from right to left; what is isolated already stays as it is."""
    parts = []
    at = 0
    for passage in _iterate_passages(html):
        for start, end in _list_slices(html, passage):
            if start >= at:
                parts += [html[at:start], ISOLATED.format(html[start:end])]
                at = end
    return "".join([*parts, html[at:]])


def _iterate_passages(html: str) -> Iterator[Passage]:
    """Iterate over passages of inline text that nothing has given a direction from left to right."""
    passage = Passage()
    is_isolated = [False]
    at = 0
    for tag in TAG.finditer(html):
        if not is_isolated[-1]:
            passage.add(html[at : tag.start()], at)
        at = tag.end()
        was_isolated = is_isolated[-1]
        if tag["close"]:
            if len(is_isolated) > 1:
                is_isolated.pop()
        elif tag["name"] not in VOID:
            direction = DIRECTION.search(tag[0])
            own = direction["direction"] == "ltr" if direction else was_isolated
            is_isolated.append(own or tag["name"] == "bdi")
        if tag["name"] not in INLINE or tag["name"] == "bdi" or was_isolated != is_isolated[-1]:
            yield passage
            passage = Passage()
    passage.add(html[at:], at)
    yield passage


def _list_slices(html: str, passage: Passage) -> Iterator[tuple[int, int]]:
    """List the slices of HTML to be isolated, in order."""
    for start, end in _list_pieces(passage.text):
        first, last = passage.starts[start], passage.ends[end - 1]
        whole = _find_balanced(html, first, last)
        if whole is not None:
            yield whole
            continue
        # A piece that begins in one element and ends in another is isolated run by run.
        for run_start, run_end in _split_runs(passage, start, end):
            if not PLAIN.fullmatch(passage.text[run_start:run_end].strip()):
                yield passage.starts[run_start], passage.ends[run_end - 1]


def _list_pieces(text: str) -> Iterator[tuple[int, int]]:
    for piece in PIECE.finditer(text):
        at = piece.start()
        gaps = [] if WRITTEN.search(piece[0]) else [*LIST_GAP.finditer(piece[0])]
        ends = [(piece.start() + gap.start(), piece.start() + gap.end()) for gap in gaps]
        for end, after in [*ends, (piece.end(), piece.end())]:
            if not PLAIN.fullmatch(text[at:end]):
                yield at, end
            at = after


def _find_balanced(html: str, start: int, end: int) -> tuple[int, int] | None:
    """Find the slice around a piece in which every element begins and ends, taking in tags right beside it."""
    for _step in range(8):
        depth = lowest = 0
        for tag in TAG.finditer(html, start, end):
            if tag["name"] not in VOID:
                depth += -1 if tag["close"] else 1
                lowest = min(lowest, depth)
        if lowest == 0 == depth:
            return start, end
        opening = html.rfind("<", 0, start) if lowest < 0 and html[start - 1 : start] == ">" else -1
        closing = CLOSING_AFTER.match(html, end) if depth > lowest else None
        if opening >= 0 and html[opening + 1] != "/":
            start = opening
        elif closing:
            end = closing.end()
        else:
            return None
    return None


def _split_runs(passage: Passage, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for index in range(start + 1, end + 1):
        if index == end or passage.starts[index] != passage.ends[index - 1]:
            yield at, index
            at = index
