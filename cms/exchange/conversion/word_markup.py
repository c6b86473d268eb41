"""Lists in the HTML that Word saves: paragraphs that begin with a mark in a font of symbols."""

from collections.abc import Iterator
from itertools import groupby

from cms.exchange.conversion.html_tree import Node, read_text

# In Symbol and Wingdings these are a dot, a ring, a square and a tick; as text one of them would read as "section".
MARKS = ("·", "•", "o", "§", "ü", "Ø", "–", "-")
BLANK = " \t\r\n\f\xa0"
LIST_CLASS = "MsoListParagraph"


def build_lists(root: Node) -> None:
    """Make lists of paragraphs that Word marks as items and that begin with a mark; numbers stay as the words they are."""
    for node in list(root.iterate()):
        children: list[Node | str] = []
        kept = [child for child in node.children if isinstance(child, Node) or child.strip(BLANK)]
        if not any(map(_is_item, kept)):
            continue
        for is_item, group in groupby(kept, key=_is_item):
            if is_item:
                items: list[Node | str] = [_build_item(child) for child in group if isinstance(child, Node)]
                children.append(Node("ul", {}, items))
            else:
                children += group
        node.children = children


def _is_item(node: Node | str) -> bool:
    if isinstance(node, str) or node.name != "p" or not node.attributes.get("class", "").startswith(LIST_CLASS):
        return False
    words = "".join(_list_texts(node)).lstrip(BLANK)
    # The mark stands apart from the words: Word fills the place between them with fixed blanks.
    return words.startswith(MARKS) and words[1:2] == "\xa0" and bool(read_text([words[1:]]))


def _list_texts(node: Node) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
        else:
            yield from _list_texts(child)


def _build_item(node: Node) -> Node:
    _take_mark(node, is_taken=False)
    return Node("li", {}, node.children)


def _take_mark(node: Node, *, is_taken: bool) -> tuple[bool, bool]:
    """Take the mark and the blanks after it away; returns whether the mark is gone, and whether words have come."""
    for index, child in enumerate(node.children):
        if isinstance(child, Node):
            is_taken, has_words = _take_mark(child, is_taken=is_taken)
        else:
            text = child.lstrip(BLANK)
            if not is_taken and text:
                text, is_taken = text[1:].lstrip(BLANK), True
            node.children[index] = text
            has_words = bool(text)
        if has_words:
            return True, True
    return is_taken, False
