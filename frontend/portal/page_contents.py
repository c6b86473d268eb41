"""Contents of a long page: the steps of a guide, or the headings of a text, to be kept in sight beside it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cms.core.html_reader import iterate_elements, read_line

FEWEST_STEPS = 2
FEWEST_HEADINGS = 4
# Example: "‹<h2 id=\"frister\">›Frister</h2>"
ANCHORED = re.compile(r'^<h2[^>]*\sid="(?P<anchor>[^"]+)"[^>]*>')


@dataclass(frozen=True)
class ContentsEntry:
    """One place of a page."""

    anchor: str
    title: str


def build_step_contents(steps: Sequence[Mapping[str, Any]]) -> list[ContentsEntry]:
    """Build the contents of a guide; a single step needs none."""
    if len(steps) < FEWEST_STEPS:
        return []
    return [ContentsEntry(f"step-{number}", step["title"]) for number, step in enumerate(steps, start=1)]


def build_heading_contents(html: str) -> list[ContentsEntry]:
    """Build the contents of a text from its second level headings; a short text needs none."""
    entries = [
        ContentsEntry(anchored["anchor"], read_line(heading.content))
        for heading in iterate_elements(html, ("h2",))
        if (anchored := ANCHORED.match(html[heading.start : heading.end]))
    ]
    return entries if len(entries) >= FEWEST_HEADINGS else []
