"""HTML from elsewhere as a tree of what can be read in it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3

from cms.core.allowed_html import ALLOWED_SCHEMES
from cms.exchange.conversion.findings import refuse

VOID = frozenset(("br", "hr", "img", "input", "embed"))
STYLES = {"b": "b", "strong": "b", "i": "i", "em": "i", "sup": "sup", "sub": "sub"}
RAISED = frozenset(("sup", "sub"))
STRUCK = frozenset(("s", "strike", "del"))
INLINE = frozenset(
    {*STYLES, *STRUCK, "a", "abbr", "br", "cite", "code", "data", "dfn", "font", "ins", "kbd", "label", "mark", "q"}
    | {"samp", "small", "span", "time", "tt", "u", "var"}
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
# Elements that show something which no block can hold; what words they have are kept.
LOST = frozenset(("audio", "button", "canvas", "embed", "form", "iframe", "input", "object", "video"))
BLOCKS = frozenset(
    {*HEADINGS, *LOST, "address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "dir", "div"}
    | {"dl", "dt", "fieldset", "figcaption", "figure", "footer", "header", "hr", "img", "li", "main", "menu", "nav"}
    | {"ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
ATTRIBUTES = {
    "*": {"class"},
    "a": {"href", "linktype", "id"},
    "img": {"alt", "src"},
    "li": {"value"},
    "ol": {"start", "type", "reversed"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
UNSEEN = {"script", "style", "title", "template", "noscript", "svg", "math", "select", "textarea"}
# Of links that are not kept, but named in the report.
REPORTED_SCHEMES = {"data", "file", "ftp", "javascript", "onenote"}
CONTROLS = dict.fromkeys(set(range(32)) - set(map(ord, "\t\n\f\r")))
DEEPEST = 200
# Elements that the next one of their kind ends: never deep within each other, however often they are left open.
ENDED_BY_NEXT = frozenset(("body", "dd", "dt", "head", "html", "li", "p", "tbody", "td", "tfoot", "th", "thead", "tr"))
# Elements left open count as well; a page of a person has a few.
MOST_OPEN = 1000
# Example: "‹<div› class=\"WordSection1\">"
# Example: "‹</div›>"
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")


@dataclass
class Node:
    """An element with what stands in it; text is a ``str`` among the children."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    def iterate(self) -> Iterator["Node"]:
        """Iterate over the element and all elements in it, in the order of the document."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.iterate()

    def has_class(self, *names: str) -> bool:
        """Say whether the element has one of the classes."""
        return not set(names).isdisjoint(self.attributes.get("class", "").split())


class TreeBuilder(HTMLParser):
    """Builds the tree of cleaned HTML, in which every element is closed.

    Raises:
        ConversionRefusedError: where elements stand too deep within each other.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("div")
        self.open = [self.root]

    def handle_starttag(self, name: str, attributes: Sequence[tuple[str, str | None]]) -> None:
        node = Node(name, {key: value or "" for key, value in attributes})
        self.open[-1].children.append(node)
        if name not in VOID:
            self.open.append(node)
        if len(self.open) > DEEPEST:
            raise refuse("too-deep", limit=DEEPEST)

    def handle_endtag(self, name: str) -> None:
        if name not in VOID and len(self.open) > 1:
            self.open.pop()

    def handle_data(self, text: str) -> None:
        self.open[-1].children.append(text.translate(CONTROLS))


def parse_html(html: str) -> Node:
    """Parse HTML as browsers do, without scripts, styles, comments and addresses that run something.

    Raises:
        ConversionRefusedError: where elements stand too deep within each other.
    """
    _refuse_depth(html)
    clean = nh3.clean(
        html,
        tags=set(INLINE | BLOCKS),
        clean_content_tags=UNSEEN,
        attributes=ATTRIBUTES,
        url_schemes=ALLOWED_SCHEMES | REPORTED_SCHEMES,
        link_rel=None,
    )
    builder = TreeBuilder()
    builder.feed(clean)
    builder.close()
    return builder.root


def _refuse_depth(html: str) -> None:
    """Refuse HTML before it is parsed if its elements stand too deep: the parser's time grows with the square of the depth."""
    opened: Counter[str] = Counter()
    depth = 0
    for is_end, written in TAG.findall(html):
        name = written.lower()
        if name in VOID or name in ENDED_BY_NEXT:
            continue
        if not is_end:
            opened[name] += 1
            depth += 1
        elif opened[name]:
            opened[name] -= 1
            depth -= 1
        if depth > MOST_OPEN:
            raise refuse("too-deep", limit=DEEPEST)


def holds_block(node: Node) -> bool:
    """Say whether a block stands within an element."""
    return any(inner.name in BLOCKS for inner in node.iterate() if inner is not node)


def read_text(nodes: Sequence["Node | str"]) -> str:
    """Read the words of some nodes on one line."""
    return " ".join("".join(_iterate_text(nodes)).split())


def _iterate_text(nodes: Sequence["Node | str"]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield node
        else:
            gap = "" if node.name in INLINE and node.name != "br" else " "
            yield gap
            yield from _iterate_text(node.children)
            yield gap
