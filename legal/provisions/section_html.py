"""HTML of a section: a paragraph for each stk. and nested lists, each part with the id that citations link to.

Marks are printed as text ("1)", "a)"), so that they survive copying, and are read aloud as the law numbers them. Only what
``cms.core.allowed_html`` lets through is used.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from django.utils.html import escape

from legal.provisions.structure import Part, parse_section

CACHED_PASSAGES = 2048


@lru_cache(maxsize=CACHED_PASSAGES)
def build_provision_html(text: str, prefix: str = "") -> str:
    """Build the HTML of one section from its text.

    Ids are those of ``legal.provisions.structure.build_part_anchor`` behind ``prefix``, which keeps them apart where a page
    shows more than one section ("9-a-stk-2").
    """
    section = parse_section(text)
    label = escape(section.text.strip())
    return "".join(
        _build_passage(part, prefix, f"<strong>{label}</strong> " if label and place == 0 else "")
        for place, part in enumerate(section.children)
    )


def _build_passage(part: Part, prefix: str, lead: str = "") -> str:
    """Build a stk., or a further list in one: its text, its lists, and what closes them."""
    marker = f"<em>{escape(part.marker)}</em> " if part.marker else ""
    opening = f'<p id="{prefix}{part.anchor}">{_build_aliases(part, prefix)}{lead}{marker}{_build_own_text(part)}</p>'
    closing = f"<p>{escape(part.closing.strip())}</p>" if part.closing.strip() else ""
    return f"{opening}{_build_children(part.children, prefix)}{closing}"


def _build_children(parts: Sequence[Part], prefix: str) -> str:
    items = "".join(_build_item(part, prefix) for part in parts if part.kind != "led")
    further = "".join(_build_passage(part, prefix) for part in parts if part.kind == "led")
    return (f"<ol>{items}</ol>" if items else "") + further


def _build_item(part: Part, prefix: str) -> str:
    closing = f"<p>{escape(part.closing.strip())}</p>" if part.closing.strip() else ""
    return (
        f'<li id="{prefix}{part.anchor}"><span class="number">{escape(part.marker)}</span> {_build_own_text(part)}'
        f"{_build_children(part.children, prefix)}{closing}</li>"
    )


def _build_own_text(part: Part) -> str:
    return str(escape(part.text[len(part.marker) :].strip()))


def _build_aliases(part: Part, prefix: str) -> str:
    """Give each number of "Stk. 2-4." the id that a citation of it links to."""
    return "".join(f'<span id="{prefix}stk-{number}"></span>' for number in _iterate_range(part))


def _iterate_range(part: Part) -> Iterator[int]:
    first, dash, last = part.number.partition("-")
    if dash:
        yield from range(int(first), int(last) + 1)
