"""Automatic numbers of a Word document, written out as words where a list of HTML would show others.

Word counts paragraphs by level over the whole document, starts where it is told and shows what the level's text says
("§ %1", "%1.%2"). A list of HTML begins at 1 and shows 1, 2, 3. Source: ECMA-376, part 1, 17.9.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from cms.exchange.conversion.findings import ConversionReport, Place, build_excerpt
from cms.exchange.conversion.lists import DASH, format_number
from cms.exchange.conversion.messages import NOT_AT_ONE, OTHER_MARKS
from cms.exchange.conversion.word_package import WORD, WordPackage

# Number formats of Word, as the ``type`` of a list in HTML.
FORMATS = {
    "decimal": "1",
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
}
# Example: "§ ‹%1›.%2"
LEVEL_PLACE = re.compile(r"%([1-9])")
# Example: "%1."
PLAIN_LEVEL = re.compile(r"%[1-9][.)]?")
# Example: "‹heading› 1"
HEADING_STYLE = re.compile(r"(heading|title|overskrift|titel)", re.IGNORECASE)
# Elements around paragraphs that part no list.
WRAPPERS = frozenset(f"{WORD}{name}" for name in ("body", "sdt", "sdtContent", "customXml", "smartTag"))
BLANK = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True)
class Level:
    """One level of a list."""

    start: int
    kind: str
    text: str

    @property
    def is_bullet(self) -> bool:
        """Say whether it shows a mark instead of a number."""
        return self.kind in ("bullet", "none") and not LEVEL_PLACE.search(self.text)


@dataclass(frozen=True)
class NumberedParagraph:
    """A paragraph with its number as Word shows it; ``count`` is where the level stands."""

    element: Element
    number_id: str
    depth: int
    level: Level
    count: int
    shown: str
    is_heading: bool


@dataclass
class Numbering:
    """Lists of a document, and the styles that put paragraphs into them."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    abstracts: dict[str, str] = field(default_factory=dict)
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    by_style: dict[str, tuple[str, int]] = field(default_factory=dict)
    heading_styles: set[str] = field(default_factory=set)


def get_value(element: Element | None, path: str) -> str | None:
    """Return ``w:val`` of what a path leads to."""
    found = element.find(path) if element is not None else None
    return found.get(f"{WORD}val") if found is not None else None


def read_numbering(package: WordPackage) -> Numbering:
    """Read the lists and the numbered styles."""
    numbering = Numbering()
    root = package.roots.get("word/numbering.xml")
    if root is not None:
        abstract = {
            element.get(f"{WORD}abstractNumId", ""): {
                int(level.get(f"{WORD}ilvl", "0")): _read_level(level) for level in element.iter(f"{WORD}lvl")
            }
            for element in root.iter(f"{WORD}abstractNum")
        }
        for number in root.iter(f"{WORD}num"):
            number_id = number.get(f"{WORD}numId", "")
            abstract_id = get_value(number, f"{WORD}abstractNumId") or ""
            numbering.abstracts[number_id] = abstract_id
            numbering.levels[number_id] = dict(abstract.get(abstract_id, {}))
            _read_overrides(number, number_id, numbering)
    styles = package.roots.get("word/styles.xml")
    if styles is not None:
        _read_styles(styles, numbering)
    return numbering


def _read_overrides(number: Element, number_id: str, numbering: Numbering) -> None:
    for override in number.iter(f"{WORD}lvlOverride"):
        depth = int(override.get(f"{WORD}ilvl", "0"))
        for level in override.iter(f"{WORD}lvl"):
            numbering.levels[number_id][depth] = _read_level(level)
        start = get_value(override, f"{WORD}startOverride")
        if start is not None:
            numbering.restarts[number_id, depth] = int(start)


def _read_level(level: Element) -> Level:
    start = get_value(level, f"{WORD}start")
    return Level(
        int(start) if start else 1,
        get_value(level, f"{WORD}numFmt") or "decimal",
        get_value(level, f"{WORD}lvlText") or "",
    )


def _read_styles(styles: Element, numbering: Numbering) -> None:
    elements = {style.get(f"{WORD}styleId", ""): style for style in styles.iter(f"{WORD}style")}
    for style_id, named in elements.items():
        number_id, depth = None, None
        seen: set[str] = set()
        current: str | None = style_id
        while current in elements and current not in seen:
            seen.add(current)
            style = elements[current]
            number_id = number_id or get_value(style, f"{WORD}pPr/{WORD}numPr/{WORD}numId")
            depth = depth or get_value(style, f"{WORD}pPr/{WORD}numPr/{WORD}ilvl")
            current = get_value(style, f"{WORD}basedOn")
        is_heading = bool(HEADING_STYLE.match(get_value(named, f"{WORD}name") or ""))
        if number_id:
            numbering.by_style[style_id] = (number_id, int(depth or 0))
        if is_heading:
            numbering.heading_styles.add(style_id)


def write_out_numbers(package: WordPackage, report: ConversionReport) -> None:
    """Write automatic numbers into their paragraphs where a list of HTML would show others."""
    numbering = read_numbering(package)
    for group in _group(package, numbering, report):
        reason = _find_reason(group)
        if reason:
            report.add("list-written-out", _place(group[0].element), reason=reason)
            for paragraph in group:
                _write_out(paragraph)


def _group(package: WordPackage, numbering: Numbering, report: ConversionReport) -> Iterator[list[NumberedParagraph]]:
    """Group numbered paragraphs that follow each other in one list; a heading is a group of its own."""
    counter = Counter(numbering, report)
    group: list[NumberedParagraph] = []
    for element in iterate_blocks(package.get_document()):
        numbered = counter.count(element) if element.tag == f"{WORD}p" else None
        goes_on = group and numbered and not (numbered.is_heading or group[-1].is_heading)
        if group and not (goes_on and numbered and group[-1].number_id == numbered.number_id):
            yield group
            group = []
        if numbered is not None:
            group.append(numbered)
    if group:
        yield group


def iterate_blocks(parent: Element) -> Iterator[Element]:
    """Iterate over paragraphs and what they stand in, in the order of the document; a text box is part of its paragraph."""
    for element in parent:
        if element.tag not in WRAPPERS:
            yield element
        if element.tag != f"{WORD}p":
            yield from iterate_blocks(element)


@dataclass
class Counter:
    """Counts paragraphs as Word does."""

    numbering: Numbering
    report: ConversionReport
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def count(self, paragraph: Element) -> NumberedParagraph | None:
        """Count one paragraph, and find what number it shows; ``None`` where it has none."""
        properties = paragraph.find(f"{WORD}pPr")
        style = get_value(properties, f"{WORD}pStyle") or ""
        by_style = self.numbering.by_style.get(style, ("", 0))
        number_id = get_value(properties, f"{WORD}numPr/{WORD}numId") or by_style[0]
        given = get_value(properties, f"{WORD}numPr/{WORD}ilvl")
        depth = int(given) if given is not None else by_style[1]
        level = self.numbering.levels.get(number_id, {}).get(depth)
        if level is None:
            return None
        counts = self.counts.setdefault(self.numbering.abstracts[number_id], {})
        self._advance(counts, number_id, depth, level)
        shown = self._show(counts, number_id, level, paragraph)
        is_heading = style in self.numbering.heading_styles
        return NumberedParagraph(paragraph, number_id, depth, level, counts[depth], shown, is_heading)

    def _advance(self, counts: dict[int, int], number_id: str, depth: int, level: Level) -> None:
        restart = self.numbering.restarts.get((number_id, depth))
        if restart is not None and (number_id, depth) not in self.begun:
            counts[depth] = restart
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        self.begun.add((number_id, depth))
        for deeper in [known for known in counts if known > depth]:
            del counts[deeper]

    def _show(self, counts: dict[int, int], number_id: str, level: Level, paragraph: Element) -> str:
        if level.is_bullet:
            return DASH

        def write(place: re.Match[str]) -> str:
            depth = int(place[1]) - 1
            shown = self.numbering.levels[number_id].get(depth, level)
            count = counts.get(depth, shown.start)
            if shown.kind == "decimalZero":
                return f"{count:02}"
            if shown.kind not in FORMATS:
                self.report.add("number-format", _place(paragraph), format=shown.kind)
            return format_number(count, FORMATS.get(shown.kind, "1"))

        return LEVEL_PLACE.sub(write, level.text)


def _find_reason(group: list[NumberedParagraph]) -> str:
    """Find why a list of HTML would show other numbers than Word; empty where it shows the same."""
    if group[0].is_heading:
        return "" if group[0].level.is_bullet and not group[0].level.text.strip() else str(OTHER_MARKS)
    expected: dict[int, int] = {}
    for paragraph in group:
        if not paragraph.level.is_bullet:
            if paragraph.level.kind != "decimal" or not PLAIN_LEVEL.fullmatch(paragraph.level.text):
                return str(OTHER_MARKS)
            expected[paragraph.depth] = expected.get(paragraph.depth, 0) + 1
            if paragraph.count != expected[paragraph.depth]:
                return str(NOT_AT_ONE)
        expected = {depth: count for depth, count in expected.items() if depth <= paragraph.depth}
    return ""


def _write_out(paragraph: NumberedParagraph) -> None:
    """Put the number before the words and take the paragraph out of its list."""
    element = paragraph.element
    properties = element.find(f"{WORD}pPr")
    if properties is None:
        properties = Element(f"{WORD}pPr")
        element.insert(0, properties)
    for old in properties.findall(f"{WORD}numPr"):
        properties.remove(old)
    none = SubElement(properties, f"{WORD}numPr")
    SubElement(none, f"{WORD}ilvl", {f"{WORD}val": "0"})
    SubElement(none, f"{WORD}numId", {f"{WORD}val": "0"})
    if paragraph.shown.strip():
        run = Element(f"{WORD}r")
        words = SubElement(run, f"{WORD}t", {BLANK: "preserve"})
        words.text = f"{paragraph.shown} "
        element.insert(list(element).index(properties) + 1, run)


def _place(paragraph: Element) -> Place:
    return Place(near=build_excerpt("".join(text.text or "" for text in paragraph.iter(f"{WORD}t"))))
