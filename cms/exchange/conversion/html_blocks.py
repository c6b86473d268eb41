"""HTML as blocks of a body: structure is found wherever it stands, and what cannot be kept is reported by its place."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from cms.exchange.conversion.findings import ConversionReport, Place, build_excerpt, refuse
from cms.exchange.conversion.html_tree import (
    BLOCKS,
    HEADINGS,
    INLINE,
    LOST,
    RAISED,
    Node,
    holds_block,
    parse_html,
    read_text,
)
from cms.exchange.conversion.inline_html import write_inline, write_plain
from cms.exchange.conversion.lists import LISTS, find_obstacle, list_all_marks, list_items, list_marks, write_list
from cms.exchange.conversion.messages import OTHER_NUMBERS, PICTURE_ELSEWHERE
from cms.exchange.conversion.numbers import count_numbers
from cms.exchange.conversion.passages import build_kept_html
from cms.exchange.conversion.tables import LONGEST_HEADER, build_table, find_lone_cell, list_rows

MOST_BLOCKS = 4000
LONGEST_HEADING = 200
LONGEST_CAPTION = 250
# Of Word's own HTML, and of the conversion of its documents.
CAPTION_CLASSES = ("MsoCaption", "caption")
# Blocks whose words make one line, whatever stands around them; formatting of a whole block goes into them.
LINES = frozenset(("p", "address", "dt", "dd", "summary", "figcaption", "pre", "center"))
# What is more than lines.
STRUCTURES = frozenset((*HEADINGS, *LISTS, "table", "img", "hr", "pre"))
# Example: "‹<p>›Jf. § 9</p>"
# Example: "Jf. § 9‹</p>›"
LINE = re.compile(r"^<p>|</p>$")


@dataclass
class BlockBuilder:
    """Walks the tree and collects blocks; ``pictures`` are the addresses of those that come with the document."""

    report: ConversionReport
    pictures: Collection[str] = ()
    title: str = ""
    blocks: list[dict[str, Any]] = field(default_factory=list)
    headings: list[tuple[dict[str, Any], int]] = field(default_factory=list)
    passages: list[str] = field(default_factory=list)
    line: list[Node | str] = field(default_factory=list)
    caption: Node | None = None
    tables: int = 0
    shown: int = 0

    def build(self, root: Node) -> list[dict[str, Any]]:
        """Build the blocks: ``paragraph``, ``heading``, ``table`` and ``image``, as a bundle writes them."""
        self.take_all(root.children)
        self.end_passage()
        self._set_levels()
        return self.blocks

    def take_all(self, nodes: Sequence[Node | str]) -> None:
        """Take nodes in the order of the document; lines end with the last of them."""
        for node in nodes:
            self.take(node)
        self.end_line()

    def take(self, node: Node | str) -> None:
        """Take one node."""
        if isinstance(node, str) or (node.name in INLINE and not holds_block(node)):
            if isinstance(node, Node) or node.strip() or self.line:
                self.line.append(node)
            return
        if node.name in INLINE:
            self._take_around_blocks(node)
            return
        self.end_line()
        if node.name != "table":
            self._release_caption()
        self._take_block(node)

    def _take_block(self, node: Node) -> None:
        if node.name in HEADINGS:
            self._take_heading(node)
        elif node.name == "table":
            self._take_table(node)
        elif node.name in LISTS:
            self._take_list(node)
        elif node.name == "img":
            self._take_picture(node)
        elif node.name == "hr":
            self.report.add("rule-lost")
        elif node.name == "blockquote":
            self._take_quote(node)
        elif node.name == "p" and node.has_class(*CAPTION_CLASSES) and not holds_block(node):
            self._take_caption(node)
        elif node.name in ("dt", "summary") and not holds_block(node):
            self.take_all([Node("b", {}, node.children)])
        elif node.name == "pre":
            self._take_preformatted(node)
        else:
            if node.name in LOST:
                self.report.add("element-lost", Place(near=build_excerpt(read_text([node]))), name=node.name)
            self.take_all(node.children)

    def _take_around_blocks(self, node: Node) -> None:
        """Take what stands in a link or a formatting that holds blocks: the formatting goes into their lines."""
        if node.name in RAISED:
            # Whole blocks are not meant to be raised; what stands before is another word.
            self.end_line()
            self.take_all(node.children)
            return
        for child in node.children:
            if isinstance(child, str) or not (child.name in BLOCKS or holds_block(child)):
                self.take(Node(node.name, node.attributes, [child]))
            elif child.name in LINES | set(HEADINGS) | {"div", "section"}:
                self.take(Node(child.name, child.attributes, [Node(node.name, node.attributes, child.children)]))
            else:
                self.take(child)

    def end_line(self) -> None:
        """Write the words that stand outside of any block, or at the end of one, as a paragraph."""
        line, self.line = self.line, []
        if read_text(line):
            self._release_caption()
            self.passages.append(f"<p>{self._write(line)}</p>")

    def end_passage(self) -> None:
        """Write the paragraphs, lists and quotations so far as one block.

        Raises:
            ConversionRefusedError: if there are more blocks than an editor can work with.
        """
        if len(self.blocks) > MOST_BLOCKS:
            raise refuse("too-long", limit=MOST_BLOCKS)
        self.end_line()
        self._release_caption()
        html = build_kept_html("".join(self.passages))
        self.passages = []
        if html:
            self.blocks.append({"type": "paragraph", "value": html})

    def _write(self, nodes: Sequence[Node | str]) -> str:
        return write_inline(nodes, self.report, Place(near=build_excerpt(read_text(nodes))))

    def _take_heading(self, node: Node) -> None:
        pictures = [inner for inner in node.iterate() if inner.name == "img"]
        place = Place(near=build_excerpt(read_text([node])))
        text = write_plain(node.children, self.report, place, link_code="heading-link")
        if text:
            if len(text) > LONGEST_HEADING:
                self.report.add("heading-length", place, length=len(text), limit=LONGEST_HEADING)
            self.end_passage()
            block = {"type": "heading", "value": {"text": text, "level": HEADINGS[node.name]}}
            self.headings.append((block, HEADINGS[node.name]))
            self.blocks.append(block)
        for picture in pictures:
            self._take_picture(picture)

    def _set_levels(self) -> None:
        """Set the levels to 2 and 3: the page's title is the first, so a document with another first level moves down by one."""
        shift = 1 if any(was == 1 for _block, was in self.headings) else 0
        for block, was in self.headings:
            level = min(max(was + shift, 2), 3)
            block["value"]["level"] = level
            if was + shift > 3:
                place = Place(near=build_excerpt(block["value"]["text"]))
                self.report.add("heading-level", place, was=was, level=level)

    def _take_table(self, node: Node) -> None:
        cell = find_lone_cell(node)
        if cell is not None and (holds_block(cell) or len(read_text([cell])) > LONGEST_HEADER):
            self._release_caption()
            self.report.add("one-cell-table", Place(near=build_excerpt(read_text([cell]))))
            self.take_all(cell.children)
            return
        if not list_rows(node) or not (read_text([node]) or holds_block(node)):
            return
        caption, self.caption = self.caption, None
        self.end_passage()
        self.tables += 1
        self.blocks.append({"type": "table", "value": build_table(node, self.tables, self.report, caption)})

    def _take_caption(self, node: Node) -> None:
        last = self.blocks[-1] if self.blocks and not self.passages else None
        words = write_plain(node.children, self.report, Place(picture=self.shown), link_code="cell-link")
        if last is not None and last["type"] == "image" and not last["value"]["caption"]:
            last["value"]["caption"] = words
            if len(words) > LONGEST_CAPTION:
                self.report.add("caption-length", Place(picture=self.shown), length=len(words), limit=LONGEST_CAPTION)
        elif words:
            self.caption = node

    def _release_caption(self) -> None:
        """Write a caption that no table has followed as a paragraph."""
        caption, self.caption = self.caption, None
        if caption is not None:
            self.report.add("caption-unused", Place(near=build_excerpt(read_text([caption]))))
            self.passages.append(f"<p>{self._write(caption.children)}</p>")

    def _take_list(self, node: Node) -> None:
        place = Place(near=build_excerpt(read_text([node])))
        obstacle = find_obstacle(node)
        if not obstacle:
            html = write_list(node, self.report, place)
            if list_all_marks(parse_html(html)) == list_all_marks(parse_html(build_kept_html(html))):
                if self.passages and self.passages[-1].endswith("</ol>"):
                    # The editor would go on counting.
                    self.end_passage()
                self.passages.append(html)
                return
            obstacle = str(OTHER_NUMBERS)
        self.report.add("list-written-out", place, reason=obstacle)
        for item, mark in zip(list_items(node), list_marks(node), strict=True):
            self.report.added += count_numbers(mark)
            self._take_marked(item, f"{mark} ")

    def _take_marked(self, item: Node, mark: str) -> None:
        children = [child for child in item.children if isinstance(child, Node) or child.strip()]
        first = children[0]
        if isinstance(first, Node) and first.name in ("p", "div") and not holds_block(first):
            children[0] = Node(first.name, first.attributes, [mark, *first.children])
        else:
            children.insert(0, mark)
        self.take_all(children)

    def _take_quote(self, node: Node) -> None:
        """Take a quotation: in the editor each is one line, so what is more than lines keeps its structure, not its frame."""
        if any(inner.name in STRUCTURES for inner in node.iterate()):
            self.take_all(node.children)
            return
        lines = BlockBuilder(self.report)
        lines.take_all(node.children)
        self.passages += [f"<blockquote>{LINE.sub('', passage)}</blockquote>" for passage in lines.passages]

    def _take_preformatted(self, node: Node) -> None:
        lines: list[Node | str] = []
        for child in node.children:
            if isinstance(child, str):
                for index, text in enumerate(child.strip("\n").split("\n")):
                    lines += [Node("br"), text] if index else [text]
            else:
                lines.append(child)
        self.take_all(lines)

    def _take_picture(self, node: Node) -> None:
        self.shown += 1
        place = Place(picture=self.shown)
        address = node.attributes.get("src", "")
        if address not in self.pictures:
            elsewhere = str(PICTURE_ELSEWHERE) % {"address": build_excerpt(address) or "–"}
            reason = node.attributes.get("lost") or elsewhere
            self.report.add("picture-lost", place, reason=reason)
            return
        self.end_passage()
        alt_text = " ".join(node.attributes.get("alt", "").split())
        # One that is too long stays whole; the editor asks for a shorter one before it is published.
        if not 0 < len(alt_text) <= LONGEST_CAPTION:
            self.report.add("alt-text", place)
        value = {"image": address, "alt_text": alt_text, "caption": ""}
        self.blocks.append({"type": "image", "value": value})
