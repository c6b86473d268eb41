"""Plain text of sanitised HTML with a map back to the HTML, and the rule for which part of it may become a link."""

import re
from bisect import bisect_right
from html import unescape

from cms.core.html_reader import END_OF_PASSAGE, TAG, read_gap

# Example: "‹<p class=\"x\">›Jf. § 9"
# Example: "‹&nbsp;›§ 9"
# Example: "‹Jf. § 9›</p>"
TOKEN = re.compile(rf"{TAG.pattern}|&[#\w]+;|[^<&]+|[<&]")
# What is raised or lowered is a mark of its own.
RAISED = frozenset(("sub", "sup"))
# Example: "Jf. ‹<strong><em>›"
# Example: "Jf. ‹<span lang=\"da\">›"
OPENED_BEFORE = re.compile(r"(?:<(?:b|em|i|q|span|strong)(?: [^<>]*)?>)+$")
# Example: "‹</em></strong>›, stk. 2"
CLOSED_AFTER = re.compile(r"(?:</(?:b|em|i|q|span|strong)>)+")
# Inside these no link is set: a link already, or a heading whose words make its anchor.
CLOSED = frozenset(("a", "h2", "h3", "h4"))


class HtmlText:
    """Sanitised HTML and its text; places in the text translate to places in the HTML."""

    def __init__(self, html: str) -> None:
        self.html = html
        self._starts: list[int] = []
        self._segments: list[tuple[int, int, int]] = []
        self._closed: list[tuple[int, int]] = []
        self.text = self._read()

    def list_passages(self) -> list[tuple[int, str]]:
        """List what is read on its own (paragraphs, items, cells), each with its place in the text."""
        passages = []
        start = 0
        for passage in self.text.split(END_OF_PASSAGE):
            if passage.strip():
                passages.append((start, passage))
            start += len(passage) + len(END_OF_PASSAGE)
        return passages

    def find_slice(self, start: int, end: int) -> tuple[int, int] | None:
        """Find the part of the HTML that shows ``text[start:end]`` and may become a link; ``None`` where it may not."""
        if any(start < closed_end and closed_start < end for closed_start, closed_end in self._closed):
            return None
        first, last = self._get_place(start)[0], self._get_place(end - 1)[1]
        opened, closed = (
            OPENED_BEFORE.search(self.html, max(0, first - 200), first),
            CLOSED_AFTER.match(self.html, last),
        )
        wider_first = opened.start() if opened else first
        wider_last = closed.end() if closed else last
        slices = ((first, last), (first, wider_last), (wider_first, last), (wider_first, wider_last))
        return next((found for found in slices if is_balanced(self.html[found[0] : found[1]])), None)

    def _read(self) -> str:
        parts: list[str] = []
        length = opened = depth = 0
        for token in TOKEN.finditer(self.html):
            tag = token["name"]
            if tag is None:
                shown = unescape(token[0])
                self._starts.append(length)
                self._segments.append((token.start(), token.end(), len(shown)))
            else:
                shown = END_OF_PASSAGE if tag in RAISED else read_gap(tag)
                if tag in CLOSED:
                    opened = length if not token["close"] and depth == 0 else opened
                    depth += -1 if token["close"] else 1
                    if depth == 0:
                        self._closed.append((opened, length))
            parts.append(shown)
            length += len(shown)
        return "".join(parts)

    def _get_place(self, index: int) -> tuple[int, int]:
        """Return where the HTML of one character begins and ends; an entity stands for its character as a whole."""
        found = bisect_right(self._starts, index) - 1
        start, end, length = self._segments[found]
        if end - start != length:
            return start, end
        place = start + index - self._starts[found]
        return place, place + 1


def is_balanced(html: str) -> bool:
    """Say whether every tag that is opened in a part of HTML is closed in it, and no other."""
    opened: list[str] = []
    for tag in TAG.finditer(html):
        if not tag["close"]:
            opened.append(tag["name"])
        elif not opened or opened.pop() != tag["name"]:
            return False
    return not opened
