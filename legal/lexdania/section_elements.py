"""Sections of a document, in the shape in which lines of an import file give them.

A section is a ``Paragraf``, or in amending acts an ``AendringCentreretParagraf`` or ``IkraftCentreretParagraf``; the sections
that an amending act inserts elsewhere are part of its own section's text. The chapter is that of the nearest
``Kapitel`` around it. Clauses of amending acts (``Ikraft``) stand outside chapters.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from legal.lexdania.running_text import build_running_text

Section = tuple[str | None, str | None, str]

SECTION_TAGS = frozenset({"Paragraf", "AendringCentreretParagraf", "IkraftCentreretParagraf"})
CHAPTER_TAG = "Kapitel"
LABEL = "Explicatus"
# What is printed above a section is no part of its text.
HEADINGS = frozenset({"Rubrica", "Overskrift"})
# Example: "‹Kapitel› 3"
CHAPTER_WORD = re.compile(r"kapitel", re.IGNORECASE)
# Example: "‹9a›"
# Example: "‹20-31›"
# Example: "‹9aog9b›"
NUMBER = re.compile(r"^\d+[^\W\d_]{0,2}(?:(?:[-–,]|og)\d*[^\W\d_]{0,2})*$")
# Example: "‹§ ›9 a."
NOT_IDENTIFYING = re.compile(r"[§\s.]+")


def list_sections(document: Element) -> list[Section]:
    """List ``(chapter, section, text)`` in printed order; numbers are written without blanks ("9a").

    A section that holds not a word, not even its number, is left out.
    """
    return list(_iterate(document, None))


def build_introduction(document: Element) -> str:
    """Build what stands before the first section ("Herved bekendtgøres …", "I medfør af § …"), or ""."""
    content = document.find("DokumentIndhold")
    introduction = content.find("Indledning") if content is not None else None
    return build_running_text(introduction) if introduction is not None else ""


def has_body(document: Element) -> bool:
    """Say whether the document holds more than metadata."""
    content = document.find("DokumentIndhold")
    return content is not None and bool(build_running_text(content))


def _iterate(element: Element, chapter: str | None) -> Iterator[Section]:
    for child in element:
        if child.tag in SECTION_TAGS:
            if text := build_running_text(child, HEADINGS):
                yield chapter, _find_number(child), text
        elif child.tag == CHAPTER_TAG:
            yield from _iterate(child, _find_chapter(child))
        elif child.tag != "Meta":
            yield from _iterate(child, chapter)


def _find_number(section: Element) -> str | None:
    """Find the section's number: as printed where that is a number or a range, else the file's own id of it."""
    label = section.find(LABEL)
    printed = NOT_IDENTIFYING.sub("", build_running_text(label)) if label is not None else ""
    if NUMBER.match(printed):
        return printed
    return NOT_IDENTIFYING.sub("", section.get("localId", "")) or printed[:50] or None


def _find_chapter(chapter: Element) -> str | None:
    label = chapter.find(LABEL)
    printed = CHAPTER_WORD.sub("", build_running_text(label)) if label is not None else ""
    return NOT_IDENTIFYING.sub("", printed) or NOT_IDENTIFYING.sub("", chapter.get("localId", "")) or None
