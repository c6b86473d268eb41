"""Inline HTML of one line: as the editor's rich text, or as plain text where a block holds nothing else."""

import re
from collections.abc import Sequence
from html import escape

from cms.core.allowed_html import ALLOWED_SCHEMES
from cms.exchange.conversion.findings import ConversionReport, Place, build_excerpt
from cms.exchange.conversion.html_tree import BLOCKS, INLINE, RAISED, STRUCK, STYLES, Node, read_text
from cms.exchange.conversion.scripts import build_raised

# Example: "‹https:›//www.nyidanmark.dk/"
# No match: "/da/answers/"
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# Links between the mark of a note and the note.
# Example: "‹#footnote-›1"
NOTE_LINK = re.compile(r"#(?:foot|end)note-")
# Browsers read an address without them.
# Example: "java‹\n›script:"
BLANK = re.compile(r"[\x00-\x20]+")
# Example: "stk.‹ \n ›2"
COLLAPSED = re.compile(r"[ \t\n\r\f]+")
LINE_END = "\x00"
# After these the next line of a cell goes on with a blank; after other words it needs a sign, or two numbers would read as one.
CLOSING = (".", ",", ";", ":", "!", "?")


def write_inline(
    nodes: Sequence[Node | str], report: ConversionReport, place: Place, styles: frozenset[str] = frozenset()
) -> str:
    """Write what stands in a line as the editor keeps it: ``b i sup sub a br`` and words."""
    parts = []
    for node in nodes:
        if isinstance(node, str):
            parts.append(escape(node, quote=False))
        elif node.name == "br":
            # The editor has no line breaks in links.
            parts.append(" " if "a" in styles else "<br/>")
        else:
            parts.append(_write_element(node, report, place, styles))
    return "".join(parts)


def _write_element(node: Node, report: ConversionReport, place: Place, styles: frozenset[str]) -> str:
    _report_lost_meaning(node, report, place)
    style = STYLES.get(node.name, "")
    # What is raised is so once, and in one piece: the editor would part it where another formatting begins.
    opens = bool(style) and style not in styles and styles.isdisjoint(RAISED)
    is_link = node.name == "a" and "a" not in styles
    opening = _find_link(node, report, place) if is_link else ""
    added = {style} if opens else {"a"} if opening else set()
    words = write_inline(node.children, report, place, styles | added)
    if node.name == "q":
        return f"“{words}”"
    if not read_text(node.children):
        return words
    if opens:
        return f"<{style}>{words}</{style}>"
    return f"{opening}{words}</a>" if opening else words


def _report_lost_meaning(node: Node, report: ConversionReport, place: Place) -> None:
    if node.name in STRUCK and read_text([node]):
        report.add("struck-text", place if place.table else Place(near=build_excerpt(read_text([node]))))
    if node.name == "u":
        report.add("underline", place)


def _find_link(node: Node, report: ConversionReport, place: Place) -> str:
    """Find the opening tag of a link that can be kept, or say why there is none."""
    attributes = node.attributes
    address = BLANK.sub("", attributes.get("href", ""))
    if attributes.get("linktype") in ("page", "document") and attributes.get("id"):
        return f'<a linktype="{attributes["linktype"]}" id="{escape(attributes["id"])}">'
    address = address or attributes.get("linktype", "")
    if address and not NOTE_LINK.match(address):
        scheme = SCHEME.match(address)
        if "href" in attributes and (scheme is None or scheme[1].lower() in ALLOWED_SCHEMES):
            return f'<a href="{escape(address)}">'
        near = place if place.table else Place(near=build_excerpt(read_text([node])))
        report.add("link-address", near, address=build_excerpt(address))
    return ""


def write_plain(nodes: Sequence[Node | str], report: ConversionReport, place: Place, *, link_code: str) -> str:
    """Write some nodes as one line of plain text.

    A raised ``1`` becomes ``¹``, so that it is not read as another digit. Lines and items are parted by a semicolon where
    nothing else parts them.
    """
    raw = "".join(_write_pieces(nodes, report, place, link_code))
    lines = [COLLAPSED.sub(" ", line).strip() for line in raw.split(LINE_END)]
    lines = [line for line in lines if line]
    if len(lines) > 1:
        report.add("cell-lines", place)
    text = ""
    for line in lines:
        text += line if not text else f" {line}" if text.endswith(CLOSING) else f"; {line}"
    return text


def _write_pieces(nodes: Sequence[Node | str], report: ConversionReport, place: Place, link_code: str) -> list[str]:
    pieces = []
    for node in nodes:
        if isinstance(node, str):
            pieces.append(node)
            continue
        _report_lost_meaning(node, report, place)
        inner = "".join(_write_pieces(_unwrap_raised(node), report, place, link_code))
        if node.name in RAISED:
            inner = _write_raised(inner, node.name, report, place)
        elif node.name == "a" and inner.strip() and node.attributes.get("href"):
            if not NOTE_LINK.match(node.attributes["href"]):
                report.add(link_code, place, address=node.attributes["href"])
        elif node.name == "q":
            inner = f"“{inner}”"
        edge = LINE_END if node.name in BLOCKS or node.name == "br" or node.name not in INLINE else ""
        pieces += [edge, inner, edge]
    return pieces


def _unwrap_raised(node: Node) -> list[Node | str]:
    """List what stands in a node; in one that is raised, nothing is raised again."""
    if node.name not in RAISED:
        return node.children
    return [
        child
        if isinstance(child, str)
        else Node(
            "span" if child.name in RAISED else child.name,
            child.attributes,
            _unwrap_raised(Node("sup", {}, child.children)),
        )
        for child in node.children
    ]


def _write_raised(text: str, name: str, report: ConversionReport, place: Place) -> str:
    # The mark of a footnote stands in brackets in a text; raised it needs none.
    words = text.strip().removeprefix("[").removesuffix("]")
    if not words:
        return text
    raised = build_raised(words, is_superscript=name == "sup")
    if raised is None:
        report.add("superscript", place, text=words)
        return f" ({words})"
    return raised
