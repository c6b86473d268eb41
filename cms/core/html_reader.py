"""Reader of sanitised HTML: its text, its elements and its addresses.

``cms.core.allowed_html`` writes one form alone: every element closed, every attribute in double quotes, no ``<`` or ``>`` but those
of tags. That form a pattern reads whole; HTML that comes from elsewhere is sanitised first.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html import unescape

# Example: "‹<p class=\"x\">›Jf. § 9"
# Example: "Jf. § 9‹</p>›"
TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][\w-]*)[^>]*>")
# Example: "‹<a class=\"x\" href=\"›/da/answers/\">"
# No match: "<a href=\"//example.org/\">"
LOCAL_ADDRESS = re.compile(r'<[a-z][^<>]*\s(?:href|src)="(?=/[^/])')
VOID = frozenset(("br", "hr", "img"))
# Tags inside a word or sentence; every other one ends the passage.
INLINE = frozenset(
    (
        "a",
        "abbr",
        "b",
        "bdi",
        "cite",
        "data",
        "del",
        "em",
        "i",
        "ins",
        "mark",
        "q",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
    )
)
# Never part of a sentence, so nothing that is found reaches over it.
END_OF_PASSAGE = "\x00"


@dataclass(frozen=True, slots=True)
class Element:
    """An element and its place in the HTML it was read from."""

    name: str
    content: str
    start: int
    end: int


def read_text(html: str) -> str:
    """Read the text: ``\\n`` for a line break, ``END_OF_PASSAGE`` where a paragraph, an item or a cell begins or ends."""
    return unescape(TAG.sub(lambda tag: read_gap(tag["name"]), html))


def read_line(html: str) -> str:
    """Read the text on one line, with a blank between its passages."""
    passages = read_text(html).replace("\n", END_OF_PASSAGE).split(END_OF_PASSAGE)
    return " ".join(filter(None, map(str.strip, passages)))


def read_gap(name: str) -> str:
    """Read what a tag stands for in the text around it."""
    return "" if name in INLINE else "\n" if name == "br" else END_OF_PASSAGE


def iterate_elements(html: str, names: Collection[str] = ()) -> Iterator[Element]:
    """Iterate over the outermost elements of some names, or over the outermost of all."""
    opening: re.Match[str] | None = None
    depth = 0
    for tag in TAG.finditer(html):
        if opening is None:
            if names and tag["name"] not in names:
                continue
            opening = tag
        if tag["name"] not in VOID:
            depth += -1 if tag["close"] else 1
        if depth == 0:
            content = html[opening.end() : tag.start()]
            yield Element(opening["name"], content, opening.start(), tag.end())
            opening = None


def write_absolute_addresses(html: str, origin: str) -> str:
    """Put the origin before every address on this site."""
    return LOCAL_ADDRESS.sub(lambda address: address[0] + origin, html)
