"""HTML as a body or as one field of rich text: parsed, built into blocks, and refused where something would be cut or changed."""

import re
from collections.abc import Collection
from typing import Any

from cms.exchange.conversion.findings import ConversionReport, Place, build_excerpt, refuse
from cms.exchange.conversion.html_blocks import BlockBuilder
from cms.exchange.conversion.html_tree import Node, parse_html, read_text
from cms.exchange.conversion.numbers import compare_numbers
from cms.exchange.conversion.word_markup import build_lists

# Of Word's own HTML, and of the conversion of its documents.
TITLE_CLASSES = ("MsoTitle", "document-title")
# Findings in rich text that are losses.
LOSSES = frozenset(("element-lost", "link-address", "picture-lost", "rule-lost"))
# Example: "‹<svg ›viewBox=\"0 0 9 9\">"
DRAWING = re.compile(r"<(svg|math|select|textarea)[\s>]", re.IGNORECASE)


def build_blocks(root: Node, report: ConversionReport, pictures: Collection[str] = ()) -> list[dict[str, Any]]:
    """Build blocks from a tree.

    Raises:
        ConversionRefusedError: if something would be cut, or a number be another.
    """
    blocks = BlockBuilder(report, pictures).build(root)
    report.refuse_errors()
    compare_numbers(root, blocks, report)
    report.refuse_errors()
    return blocks


def convert_html(html: str, report: ConversionReport, *, title: str = "") -> list[dict[str, Any]]:
    """Convert HTML to blocks; a first heading that says what the page's title says is left out.

    Raises:
        ConversionRefusedError: if something would be cut, or a number be another.
    """
    root = parse_html(html)
    for drawing in DRAWING.finditer(html):
        report.add("element-lost", name=drawing[1].lower())
    build_lists(root)
    take_title(root, title)
    return build_blocks(root, report)


def take_title(root: Node, title: str) -> None:
    """Take out the heading of the first level that is the title of the page already."""
    for node in root.iterate():
        for index, child in enumerate(node.children):
            if isinstance(child, Node) and (child.name == "h1" or child.has_class(*TITLE_CLASSES)):
                if title and read_text([child]).casefold() == " ".join(title.split()).casefold():
                    del node.children[index]
                return


def read_passage(html: str) -> str:
    """Read HTML as the rich text of one field; nobody is shown a report of it, so what cannot be kept is refused.

    Raises:
        ConversionRefusedError: if structure stands in it that rich text cannot hold, or something would be lost.
    """
    report = ConversionReport()
    root = parse_html(html)
    blocks = BlockBuilder(report).build(root)
    for block in blocks:
        if block["type"] != "paragraph":
            words = block["value"].get("text") or block["value"].get("caption", "")
            raise refuse("not-in-passage", Place(near=build_excerpt(words)))
    report.refuse_errors(LOSSES)
    compare_numbers(root, blocks, report)
    report.refuse_errors()
    return "".join(block["value"] for block in blocks)
