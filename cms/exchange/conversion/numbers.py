"""Check that a conversion changes no number."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cms.exchange.conversion.findings import ConversionReport, Place, build_excerpt
from cms.exchange.conversion.html_tree import INLINE, Node, parse_html
from cms.exchange.conversion.scripts import SUBSCRIPTS, SUPERSCRIPTS

# Example: "‹6›.055 kr. efter § 9"
DIGITS = re.compile(r"\d+")
GAP = "\x00"
# Around what is raised and what is lowered; the tree has no control characters.
EDGES = {"sup": ("\x01", "\x02"), "sub": ("\x03", "\x04")}
# Two raised pieces beside each other are read as one.
# Example: "\x011‹\x02\x01›2\x02"
SEAM = re.compile(r"\x02\x01|\x04\x03")
# Example: "6.055‹\x01›1\x02"
EDGE = re.compile(r"[\x01-\x04]")
MOST_NAMED = 5
MARKED = str.maketrans(
    {
        raised: plain.join(EDGES[name])
        for name, forms in (("sup", SUPERSCRIPTS), ("sub", SUBSCRIPTS))
        for plain, raised in forms.items()
        if plain.isdigit()
    }
)
PLAIN = str.maketrans({raised: plain for forms in (SUPERSCRIPTS, SUBSCRIPTS) for plain, raised in forms.items()})


def count_numbers(text: str) -> Counter[str]:
    """Count the numbers of a text, each run of digits by itself; one that is raised is another: ``6.055¹`` are 6, 055 and 1."""
    return Counter(DIGITS.findall(EDGE.sub(GAP, SEAM.sub("", text.translate(MARKED)))))


def count_node_numbers(nodes: Sequence[Node | str]) -> Counter[str]:
    """Count the numbers in some nodes; what stands in another paragraph, cell or superscript is another number."""
    return count_numbers("".join(_iterate_pieces(nodes)))


def _iterate_pieces(nodes: Sequence[Node | str], *, is_raised: bool = False) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            # Within what is raised, a raised character is no piece of its own.
            yield node.translate(PLAIN) if is_raised else node
        elif node.name in EDGES and not is_raised:
            start, end = EDGES[node.name]
            yield from (start, *_iterate_pieces(node.children, is_raised=True), end)
        else:
            gap = GAP if node.name not in INLINE or node.name in ("br", "q") else ""
            yield from (gap, *_iterate_pieces(node.children, is_raised=is_raised), gap)


def count_block_numbers(blocks: Sequence[Mapping[str, Any]]) -> Counter[str]:
    """Count the numbers in the blocks of a body."""
    total: Counter[str] = Counter()
    for block in blocks:
        value = block["value"]
        if block["type"] == "paragraph":
            total += count_node_numbers(parse_html(value).children)
        elif block["type"] == "heading":
            total += count_numbers(value["text"])
        elif block["type"] == "image":
            total += count_numbers(value["caption"])
        elif block["type"] == "table":
            for cell in (value["caption"], *value["header"], *(cell for row in value["rows"] for cell in row)):
                total += count_numbers(cell)
    return total


def compare_numbers(source: Node, blocks: Sequence[Mapping[str, Any]], report: ConversionReport) -> None:
    """Report an error for numbers that the blocks have not, or have besides those of the source."""
    meant = count_node_numbers(source.children) + report.added
    found = count_block_numbers(blocks)
    wrong = [number for number in (meant | found) if meant[number] != found[number]]
    if wrong:
        near = _find_context(source, wrong[0])
        report.add("numbers", Place(near=near), numbers=", ".join(wrong[:MOST_NAMED]))


def _find_context(source: Node, number: str) -> str:
    text = " ".join(EDGE.sub(" ", "".join(_iterate_pieces(source.children)).replace(GAP, " ")).split())
    at = text.find(number)
    return build_excerpt(text[max(0, at - 20) :]) if at >= 0 else ""
