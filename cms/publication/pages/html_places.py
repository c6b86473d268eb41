"""Places in a page's document that hold HTML: its own fields, and those of its blocks and steps."""

from collections.abc import Iterator, Sequence
from typing import Any

# Keys under which a document holds HTML, and the block types whose value is, or holds, some.
HTML_KEY = "html"
PARAGRAPH = "paragraph"
LIST = "list"

HtmlPlace = tuple[Any, str | int]


def iterate_html_places(document: dict[str, Any], html_fields: Sequence[str]) -> Iterator[HtmlPlace]:
    """Iterate over the holders and keys of all HTML in a document; ``html_fields`` are the fields of its type that hold some."""
    for name in html_fields:
        if document.get(name):
            yield document, name
    yield from _iterate_nested(document)


def _iterate_nested(value: Any) -> Iterator[HtmlPlace]:
    """Iterate over HTML by its key, over paragraphs and over the items of lists."""
    if isinstance(value, list):
        for entry in value:
            yield from _iterate_nested(entry)
    if not isinstance(value, dict):
        return
    kind, content = value.get("type"), value.get("value")
    if kind == PARAGRAPH and isinstance(content, str):
        yield value, "value"
    elif kind == LIST and isinstance(content, dict):
        yield from ((content["items"], index) for index in range(len(content["items"])))
    for key, inner in value.items():
        if key == HTML_KEY and isinstance(inner, str):
            yield value, key
        else:
            yield from _iterate_nested(inner)
