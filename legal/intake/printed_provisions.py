"""Builder of provision rows from a source's sections: labels, stored section numbers, transitional clauses.

A consolidation prints, after the act's last chapter, the commencement clauses of the acts that amended it. They carry
no chapter and their numbers are those of the amending acts, so they collide with real sections or look like the next
one. They are kept as transitional and never served as sections.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cms.core.unicode_text import strip_invisible
from legal.language.section_numbers import build_label, build_section_key, normalise_section


@dataclass(frozen=True)
class PrintedProvision:
    """One provision as an import reads it; ``chapter`` is "" where the source has none."""

    chapter: str
    section: str
    label: str
    text: str
    is_transitional: bool


def build_printed_provisions(
    raw: Sequence[tuple[str | None, str | None, str]], document_type: str
) -> list[PrintedProvision]:
    """Build the rows of one expression from ``(chapter, section, text)`` in printed order."""
    chapters = [strip_invisible(chapter or "").strip() for chapter, _section, _text in raw]
    sections = [normalise_section(section or "") for _chapter, section, _text in raw]
    transitional = find_transitional(chapters, sections) if document_type == "LBK" else set()
    return [
        PrintedProvision(
            chapters[place], sections[place], build_label(sections[place], text), text, place in transitional
        )
        for place, (_chapter, _section, text) in enumerate(raw)
    ]


def find_transitional(chapters: Sequence[str], sections: Sequence[str]) -> set[int]:
    """Find the places of a consolidation's transitional clauses.

    They are what follows the last chapter without one. An act that is only partly divided into chapters may go on with
    sections of its own there, as long as the numbers rise. Numbers that were printed before, in what comes last, are
    transitional too.
    """
    last = max((place for place, chapter in enumerate(chapters) if chapter), default=None)
    if last is None:
        return _find_repeated_tail(sections)
    start = last + 1
    if not all(chapters[:start]):
        highest = max((build_section_key(section) for section in sections[:start]), default=(0, ""))
        while start < len(sections) and build_section_key(sections[start]) > highest:
            highest = build_section_key(sections[start])
            start += 1
    return {*range(start, len(sections)), *_find_repeated_tail(sections[: last + 1])}


def _find_repeated_tail(sections: Sequence[str]) -> set[int]:
    """Find the last places in a row whose sections all stand earlier in the text."""
    first_place: dict[str, int] = {}
    for place, section in enumerate(sections):
        first_place.setdefault(section, place)
    start = len(sections)
    while start and first_place[sections[start - 1]] < start - 1:
        start -= 1
    return set(range(start, len(sections)))
