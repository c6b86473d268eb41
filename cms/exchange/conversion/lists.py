"""Lists of HTML as the editor keeps them, or written out where it would number them otherwise."""

import re
from collections.abc import Iterator

from cms.exchange.conversion.findings import ConversionReport, Place
from cms.exchange.conversion.html_tree import BLOCKS, LOST, Node, holds_block, read_text
from cms.exchange.conversion.inline_html import write_inline
from cms.exchange.conversion.messages import BLOCKS_INSIDE, NOT_AT_ONE, OTHER_MARKS

LISTS = ("ol", "ul", "menu", "dir")
# Blocks of which an item can hold the words.
HELD = frozenset(("p", "div", "section", "article", "address", "center", "dd", "dt", "dl", "blockquote", *LISTS, "li"))
DASH = "–"
ROMAN = [(100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]
# Example: "‹-3›"
WHOLE = re.compile(r"-?\d{1,6}")


def list_items(node: Node) -> list[Node]:
    """List the items; a list that stands between them belongs to the item before."""
    items: list[Node] = []
    is_loose = False
    for child in node.children:
        if isinstance(child, Node) and child.name == "li":
            items.append(Node("li", child.attributes, list(child.children)))
            is_loose = False
        elif isinstance(child, Node) or child.strip():
            if not items or not (is_loose or (isinstance(child, Node) and child.name in LISTS)):
                items.append(Node("li"))
                is_loose = True
            items[-1].children.append(child)
    return [item for item in items if read_text([item]) or holds_block(item)]


def find_obstacle(node: Node) -> str:
    """Find the reason for which the editor could not keep a list as it is; empty if it can."""
    for inner in node.iterate():
        if inner.name == "ol":
            if _read_start(inner) != 1 or any("value" in item.attributes for item in list_items(inner)):
                return str(NOT_AT_ONE)
            if inner.attributes.get("type", "1") != "1" or "reversed" in inner.attributes:
                return str(OTHER_MARKS)
        if inner.name in BLOCKS and (inner.name not in HELD or inner.name in LOST):
            return str(BLOCKS_INSIDE)
        if inner.name in LISTS and any(map(_has_words_after_list, list_items(inner))):
            return str(BLOCKS_INSIDE)
    return ""


def _has_words_after_list(item: Node) -> bool:
    seen = False
    for child in item.children:
        if isinstance(child, Node) and child.name in LISTS:
            seen = True
        elif (seen and read_text([child])) or _holds_list(child):
            return True
    return False


def _holds_list(child: Node | str) -> bool:
    return isinstance(child, Node) and any(inner.name in LISTS for inner in child.iterate())


def write_list(node: Node, report: ConversionReport, place: Place) -> str:
    """Write a list without obstacles, with those in its items, as the editor keeps it."""
    name = "ol" if node.name == "ol" else "ul"
    items = "".join(f"<li>{_write_item(item, report, place)}</li>" for item in list_items(node))
    return f"<{name}>{items}</{name}>" if items else ""


def _write_item(item: Node, report: ConversionReport, place: Place) -> str:
    lines = [""]
    nested = ""
    for child in item.children:
        if isinstance(child, Node) and child.name in LISTS:
            nested += write_list(child, report, place)
        elif isinstance(child, Node) and (child.name in BLOCKS or holds_block(child)):
            first, *more = _iterate_lines(child, report, place)
            # What stands in a line with words before it stays there.
            lines += [first, *more, ""] if child.name in BLOCKS else [lines.pop() + first, *more]
        else:
            lines[-1] += write_inline([child], report, place)
    return "<br/>".join(line.strip() for line in lines if line.strip()) + nested


def _iterate_lines(block: Node, report: ConversionReport, place: Place) -> Iterator[str]:
    line = ""
    for child in block.children:
        if isinstance(child, Node) and (child.name in BLOCKS or holds_block(child)):
            yield line
            line = ""
            yield from _iterate_lines(child, report, place)
        else:
            line += write_inline([child], report, place)
    yield line


def list_marks(node: Node) -> list[str]:
    """List what a browser shows before each item: ``3.``, ``c.``, ``iv.`` or a dash."""
    items = list_items(node)
    if node.name != "ol":
        return [DASH] * len(items)
    is_reversed = "reversed" in node.attributes
    number = _read_start(node) if "start" in node.attributes or not is_reversed else len(items)
    marks = []
    for item in items:
        given = item.attributes.get("value", "").strip()
        number = int(given) if WHOLE.fullmatch(given) else number
        marks.append(f"{format_number(number, node.attributes.get('type', '1'))}.")
        number += -1 if is_reversed else 1
    return marks


def list_all_marks(root: Node) -> list[tuple[int, str]]:
    """List the depth and the mark of every item of every list in a tree."""
    marks = []
    for child in root.children:
        if isinstance(child, Node) and child.name in LISTS:
            for item, mark in zip(list_items(child), list_marks(child), strict=True):
                marks += [(0, mark), *((depth + 1, inner) for depth, inner in list_all_marks(item))]
    return marks


def _read_start(node: Node) -> int:
    value = node.attributes.get("start", "").strip()
    return int(value) if WHOLE.fullmatch(value) else 1


def format_number(number: int, kind: str) -> str:
    """Format a number as a list does: ``kind`` is ``1``, ``a``, ``A``, ``i`` or ``I``, as in HTML."""
    if number < 1 or kind not in ("a", "A", "i", "I"):
        return str(number)
    written = _format_letters(number) if kind in "aA" else _format_roman(number)
    return written.upper() if kind.isupper() else written


def _format_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _format_roman(number: int) -> str:
    written = ""
    for value, letters in ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written
