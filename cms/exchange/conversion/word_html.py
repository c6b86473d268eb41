"""Word documents as a tree of HTML, by mammoth, with what it cannot read made readable before."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import mammoth

from cms.exchange.conversion.findings import ConversionReport, Place, refuse
from cms.exchange.conversion.html_tree import Node, parse_html
from cms.exchange.conversion.messages import UNREADABLE_KIND
from cms.exchange.conversion.numbers import EDGES, GAP, count_node_numbers, count_numbers
from cms.exchange.conversion.word_numbering import get_value, write_out_numbers
from cms.exchange.conversion.word_package import WORD, WordPackage, read_package
from cms.exchange.conversion.word_scan import COMPATIBLE, NOTES, scan_document

STYLES = """
p[style-name='Title'] => p.document-title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='Quote'] => blockquote:fresh
p[style-name='Intense Quote'] => blockquote:fresh
p[style-name='toc 1'] => p.toc:fresh
p[style-name='toc 2'] => p.toc:fresh
p[style-name='toc 3'] => p.toc:fresh
p[style-name='toc 4'] => p.toc:fresh
p[style-name='TOC Heading'] => p.toc:fresh
p[style-name='Heading 7'] => h6:fresh
p[style-name='Heading 8'] => h6:fresh
p[style-name='Heading 9'] => h6:fresh
strike => s
u => u
"""
SHOWN_KINDS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
IGNORED_ELEMENT = "An unrecognised element was ignored: "
# Said by mammoth and of no consequence, or reported by their places already.
EXPECTED = ("officeDocument/2006/math", "m:oMath", "w:numbering", "w:ins", "w:permStart", "w:permEnd")
# Elements mammoth does not know, around runs that it does.
TRANSPARENT = frozenset(f"{WORD}{name}" for name in ("fldSimple", "bdo", "dir"))
BACK_LINKS = ("#footnote-ref-", "#endnote-ref-")
NOTE_LINKS = ("#footnote-", "#endnote-")
NOTES_CLASS = "notes"
NOTES_HEADING = {"da": "Noter"}


@dataclass
class Picture:
    """A picture of a document; ``name`` is a file name."""

    name: str
    content: bytes


@dataclass
class WordHtml:
    """A Word document as HTML: ``pictures`` by the address they have in it, ``title`` from its properties."""

    root: Node
    pictures: dict[str, Picture] = field(default_factory=dict)
    title: str = ""


@dataclass
class PictureReader:
    """Gives every picture an address and keeps those that browsers show."""

    report: ConversionReport
    pictures: dict[str, Picture] = field(default_factory=dict)
    lost: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def read(self, image: Any) -> dict[str, str]:
        """Read one picture; returns the attributes of its element."""
        self.count += 1
        address = f"picture-{self.count}"
        kind = SHOWN_KINDS.get(image.content_type or "")
        if kind is None:
            self.lost[address] = str(UNREADABLE_KIND) % {"kind": image.content_type or "?"}
        else:
            with image.open() as stream:
                self.pictures[address] = Picture(f"{address}.{kind}", stream.read())
        return {"src": address}


def convert_word(data: bytes, report: ConversionReport, *, locale: str = "da") -> WordHtml:
    """Convert a Word file to HTML.

    Raises:
        ConversionRefusedError: if it is no Word file that can be read, has tracked changes, or a number would be lost.
    """
    package = read_package(data)
    scan_document(package, report)
    report.refuse_errors()
    try:
        meant = _prepare(package, report)
    except (ValueError, RecursionError) as error:
        # No number where one has to stand, or elements without end within each other.
        raise refuse("broken") from error
    report.refuse_errors()
    reader = PictureReader(report)
    root = parse_html(_run_mammoth(package, reader, report))
    _compare(meant, root, report)
    _mark_lost_pictures(root, reader)
    _drop_contents(root, report)
    _tidy_notes(root, report, locale)
    return WordHtml(root, reader.pictures, _read_title(package))


def _prepare(package: WordPackage, report: ConversionReport) -> Counter[str]:
    """Make readable what mammoth cannot read; returns the numbers of the text as it is then."""
    _unwrap(package.get_document())
    _fill_skipped_cells(package.get_document())
    write_out_numbers(package, report)
    return _count_word_numbers(package)


def _run_mammoth(package: WordPackage, reader: PictureReader, report: ConversionReport) -> str:
    try:
        result = mammoth.convert_to_html(
            package.build_file(),
            style_map=STYLES,
            convert_image=mammoth.images.img_element(reader.read),
            include_embedded_style_map=False,
            external_file_access=False,
        )
    except (ValueError, KeyError, OSError, AttributeError, TypeError, IndexError, RecursionError) as error:
        raise refuse("broken") from error
    for message in result.messages:
        name = message.message.removeprefix(IGNORED_ELEMENT)
        if name != message.message and not any(expected in name for expected in EXPECTED):
            report.add("word-lost", name=name)
        elif "w:sym" in message.message or "cell merging" in message.message:
            report.add("word-lost", name=message.message)
    return str(result.value)


def _unwrap(parent: Element) -> None:
    """Put what stands in elements that mammoth does not know in their place."""
    for child in list(parent):
        _unwrap(child)
        if child.tag in TRANSPARENT:
            at = list(parent).index(child)
            parent.remove(child)
            for offset, inner in enumerate(list(child)):
                parent.insert(at + offset, inner)


def _fill_skipped_cells(document: Element) -> None:
    """Put cells where a row begins further to the right; mammoth would move the row to the left."""
    for row in document.iter(f"{WORD}tr"):
        skipped = get_value(row, f"{WORD}trPr/{WORD}gridBefore")
        if skipped and skipped.isdecimal() and 0 < int(skipped) <= 63:
            cell = Element(f"{WORD}tc")
            properties = SubElement(cell, f"{WORD}tcPr")
            SubElement(properties, f"{WORD}gridSpan", {f"{WORD}val": skipped})
            SubElement(cell, f"{WORD}p")
            first = next((index for index, child in enumerate(row) if child.tag == f"{WORD}tc"), len(row))
            row.insert(first, cell)


def _count_word_numbers(package: WordPackage) -> Counter[str]:
    """Count the numbers of the text and its notes as Word has them."""
    used = {
        reference.get(f"{WORD}id")
        for reference in package.get_document().iter()
        if reference.tag in (f"{WORD}footnoteReference", f"{WORD}endnoteReference")
    }
    text = "".join(_iterate_text(package.get_document()))
    for name in NOTES:
        for note in package.roots.get(name, ()):
            if note.get(f"{WORD}id") in used and note.get(f"{WORD}type") is None:
                text += GAP + "".join(_iterate_text(note))
    return count_numbers(text)


def _iterate_text(parent: Element) -> Iterator[str]:
    for element in parent:
        if element.tag == f"{COMPATIBLE}Choice":
            continue
        if element.tag == f"{WORD}t":
            yield element.text or ""
        elif element.tag == f"{WORD}r":
            raised = get_value(element, f"{WORD}rPr/{WORD}vertAlign")
            start, end = EDGES.get({"superscript": "sup", "subscript": "sub"}.get(raised or "", ""), ("", ""))
            yield from (start, *_iterate_text(element), end)
        elif element.tag in (f"{WORD}p", f"{WORD}tab", f"{WORD}br", f"{WORD}sym", f"{WORD}noBreakHyphen"):
            yield from (GAP, *_iterate_text(element), GAP)
        else:
            yield from _iterate_text(element)


def _compare(meant: Counter[str], root: Node, report: ConversionReport) -> None:
    """Refuse a document of which mammoth has lost a number; the marks of notes are its own."""
    found = count_node_numbers(root.children)
    for node in root.iterate():
        if node.name == "a" and node.attributes.get("href", "").startswith(NOTE_LINKS):
            found.subtract(count_node_numbers(node.children))
    wrong = [number for number in (meant | found) if meant[number] != found[number]]
    if wrong:
        report.add("numbers", numbers=", ".join(wrong[:5]))
        report.refuse_errors()


def _mark_lost_pictures(root: Node, reader: PictureReader) -> None:
    for node in root.iterate():
        if node.name == "img" and node.attributes.get("src") in reader.lost:
            node.attributes["lost"] = reader.lost[node.attributes["src"]]


def _drop_contents(root: Node, report: ConversionReport) -> None:
    kept = [child for child in root.children if isinstance(child, str) or not child.has_class("toc")]
    if len(kept) < len(root.children):
        report.add("toc-left-out")
        root.children = kept


def _tidy_notes(root: Node, report: ConversionReport, locale: str) -> None:
    """Keep the marks of notes as words, drop the arrows back, and give the list of notes a heading."""
    count = 0
    for node in root.iterate():
        for index, child in enumerate(node.children):
            if isinstance(child, Node) and child.name == "a":
                address = child.attributes.get("href", "")
                if address.startswith(BACK_LINKS):
                    node.children[index] = ""
                elif address.startswith(NOTE_LINKS):
                    count += 1
                    node.children[index] = Node("span", {}, child.children)
    if count:
        at = max(index for index, child in enumerate(root.children) if isinstance(child, Node) and child.name == "ol")
        root.children.insert(at, Node("h2", {"class": NOTES_CLASS}, [NOTES_HEADING.get(locale, "Notes")]))
        report.add("notes-moved", Place(), count=count)


def _read_title(package: WordPackage) -> str:
    properties = package.roots.get("docProps/core.xml")
    title = properties.find("{http://purl.org/dc/elements/1.1/}title") if properties is not None else None
    return (title.text or "").strip() if title is not None else ""
