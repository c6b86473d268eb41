"""Inline markup of a passage as a tree, and its faults; wagtail-localize keeps passages as strings."""

from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from django.utils.translation import gettext as _

VOID = frozenset(("br",))
# Deeper than anybody writes; the tree is walked by functions that call themselves.
DEEPEST = 40


@dataclass(slots=True)
class Tag:
    """An inline element. ``id`` is the name under which wagtail-localize keeps its attributes, as "a1"; "" where it has none."""

    name: str
    id: str = ""
    children: list["Tag | str"] = field(default_factory=list)


type Nodes = list[Tag | str]


class MarkupParser(HTMLParser):
    """Builds the tree; what is not closed ends with the passage, and is a fault."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Tag("")
        self.open = [self.root]
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Tag(tag, next((value or "" for name, value in attrs if name == "id"), ""))
        if len(self.open) > DEEPEST:
            self.faults.append(_("too many elements stand within each other"))
            return
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self.open[-1].name == tag and tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].name == tag:
            self.open.pop()
        elif tag not in VOID:
            self.faults.append(_("</%(tag)s> closes nothing") % {"tag": tag})

    def handle_data(self, data: str) -> None:
        children = self.open[-1].children
        if children and isinstance(children[-1], str):
            children[-1] += data
        else:
            children.append(data)

    def handle_comment(self, data: str) -> None:
        self.faults.append(_("a comment is not kept"))

    def handle_decl(self, decl: str) -> None:
        self.faults.append(_("a declaration is not kept"))

    def handle_pi(self, data: str) -> None:
        self.faults.append(_("an instruction is not kept"))

    def unknown_decl(self, data: str) -> None:
        self.faults.append(_("a declaration is not kept"))

    def close(self) -> None:
        super().close()
        self.faults += [_("<%(tag)s> is not closed") % {"tag": element.name} for element in self.open[1:]]


def parse_markup(html: str) -> tuple[Nodes, list[str]]:
    """Parse a passage into its tree and the faults of its markup."""
    parser = MarkupParser()
    parser.feed(html)
    parser.close()
    return parser.root.children, parser.faults


def write_markup(nodes: Nodes) -> str:
    """Write a tree as wagtail-localize writes it: ``<br/>``, and ``&``, ``<`` and ``>`` alone as entities."""
    parts = []
    for node in nodes:
        if isinstance(node, str):
            parts.append(escape(node, quote=False))
            continue
        attribute = f' id="{escape(node.id)}"' if node.id else ""
        if node.name in VOID:
            parts.append(f"<{node.name}{attribute}/>")
        else:
            parts.append(f"<{node.name}{attribute}>{write_markup(node.children)}</{node.name}>")
    return "".join(parts)


def normalise_markup(html: str) -> str:
    """Write a passage in the one form in which two of them can be compared."""
    return write_markup(parse_markup(html)[0])


def list_tags(nodes: Nodes) -> list[Tag]:
    """List all elements of a tree, in the order of their opening tags."""
    tags = []
    for node in nodes:
        if isinstance(node, Tag):
            tags += [node, *list_tags(node.children)]
    return tags
