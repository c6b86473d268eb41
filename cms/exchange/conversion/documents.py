"""Word files and web pages that somebody uploads, as the title and body of a page."""

import re
from dataclasses import dataclass, field
from html import unescape
from pathlib import PurePath
from typing import Any

from cms.exchange.conversion.findings import ConversionReport, Place, build_excerpt, refuse
from cms.exchange.conversion.html_conversion import DRAWING, TITLE_CLASSES, build_blocks
from cms.exchange.conversion.html_tree import Node, parse_html, read_text
from cms.exchange.conversion.word_html import NOTES_CLASS, Picture, convert_word
from cms.exchange.conversion.word_markup import build_lists
from cms.exchange.conversion.word_package import COMPOUND_FILE, MEGABYTE

LARGEST_FILE = 20 * MEGABYTE
LARGEST_HTML = 10 * MEGABYTE
LONGEST_TITLE = 255
ZIP_FILE = b"PK"
HTML_SUFFIXES = (".html", ".htm", ".xhtml")
# Example: "<meta ‹charset=\"windows-1252›\">"
CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
# Example: "<head>‹<title>Gebyrer 2027</title>›"
TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
# Example: "‹https:›//www.nyidanmark.dk/"
# Example: "‹/›da/answers/"
# No match: "#_Toc1"
USABLE_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:|/)", re.IGNORECASE)


@dataclass(frozen=True)
class ConvertedDocument:
    """A document as a page: ``blocks`` as a bundle writes them, pictures named by their addresses in ``pictures``."""

    title: str
    blocks: list[dict[str, Any]]
    report: ConversionReport
    pictures: dict[str, Picture] = field(default_factory=dict)


def convert_document(name: str, data: bytes, *, title: str = "", locale: str = "da") -> ConvertedDocument:
    """Convert an uploaded file. Without a title, the one of the document is taken: its first heading, else its name.

    Raises:
        ConversionRefusedError: if the file cannot be read, or something in it would be cut or changed.
    """
    report = ConversionReport()
    if len(data) > LARGEST_FILE:
        raise refuse("file-size", size=-(-len(data) // MEGABYTE), limit=LARGEST_FILE // MEGABYTE)
    pictures: dict[str, Picture] = {}
    if data.startswith((ZIP_FILE, COMPOUND_FILE)):
        word = convert_word(data, report, locale=locale)
        root, pictures, known = word.root, word.pictures, word.title
    elif PurePath(name).suffix.lower() in HTML_SUFFIXES:
        html = _decode(data)
        root, known = _read_html(html, report)
    else:
        raise refuse("file-kind")
    found = _take_title(root, title) or known
    title = title or found or PurePath(name).stem
    if len(title) > LONGEST_TITLE:
        raise refuse("title-length", Place(near=build_excerpt(title)), length=len(title), limit=LONGEST_TITLE)
    _raise_notes_heading(root)
    _unlink_places(root, report)
    blocks = build_blocks(root, report, pictures)
    if not blocks:
        raise refuse("empty")
    return ConvertedDocument(title, blocks, report, pictures)


def _decode(data: bytes) -> str:
    if len(data) > LARGEST_HTML:
        raise refuse("file-size", size=-(-len(data) // MEGABYTE), limit=LARGEST_HTML // MEGABYTE)
    named = CHARSET.search(data[:4096])
    encoding = named[1].decode("ascii") if named else "utf-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    try:
        return data.decode("utf-8-sig" if encoding.lower() == "utf-8" else encoding)
    except (UnicodeError, LookupError) as error:
        raise refuse("not-utf-8") from error


def _read_html(html: str, report: ConversionReport) -> tuple[Node, str]:
    for drawing in DRAWING.finditer(html):
        report.add("element-lost", name=drawing[1].lower())
    title = TITLE.search(html)
    root = parse_html(html)
    build_lists(root)
    return root, " ".join(unescape(title[1]).split()) if title else ""


def _take_title(root: Node, wanted: str) -> str:
    """Take the title out of the text: what is marked as one, or a heading of the first level that is the only one.

    Where another title is wanted, what says otherwise stays in the text.
    """
    marked = [node for node in root.iterate() if node.has_class(*TITLE_CLASSES)]
    first = [node for node in root.iterate() if node.name == "h1"]
    candidates = marked or first
    if len(candidates) != 1:
        return ""
    found = read_text([candidates[0]])
    if wanted and found.casefold() != " ".join(wanted.split()).casefold():
        candidates[0].name = "h1"
        return ""
    for node in root.iterate():
        node.children = [child for child in node.children if child is not candidates[0]]
    return found


def _raise_notes_heading(root: Node) -> None:
    """Give the heading over the notes the level of the chapters."""
    headings = [node for node in root.iterate() if node.name == "h1"]
    for node in root.iterate():
        if node.has_class(NOTES_CLASS):
            node.name = "h1" if headings else "h2"


def _unlink_places(root: Node, report: ConversionReport) -> None:
    """Keep the words of links that lead nowhere from a page: to bookmarks, and to files beside the document."""
    for node in root.iterate():
        address = node.attributes.get("href", "").strip()
        if node.name == "a" and address and not USABLE_ADDRESS.match(address):
            node.attributes = {}
            words = read_text([node])
            if words:
                code = "inner-link" if address.startswith("#") else "link-address"
                report.add(code, Place(near=build_excerpt(words)), address=build_excerpt(address))
