"""Search of a Word document for what a conversion would lose or guess at."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from cms.exchange.conversion.findings import ConversionReport, Place, build_excerpt
from cms.exchange.conversion.word_package import WORD, WordPackage

TRACKED = frozenset(
    f"{WORD}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "delText")
)
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessing"
NOTES = ("word/footnotes.xml", "word/endnotes.xml")
OFF = frozenset(("0", "false", "off", "none"))


def scan_document(package: WordPackage, report: ConversionReport) -> None:
    """Report by place: tracked changes, struck-out and hidden text, equations, drawings, objects, comments and headers."""
    for name in ("word/document.xml", *NOTES):
        root = package.roots.get(name)
        for paragraph in root.iter(f"{WORD}p") if root is not None else ():
            _scan_paragraph(paragraph, report)
        # A row that was added or removed is marked beside its cells.
        for row in root.iter(f"{WORD}trPr") if root is not None else ():
            if any(change.tag in TRACKED for change in row):
                report.add("tracked-change")
    comments = package.roots.get("word/comments.xml")
    count = len(list(comments.iter(f"{WORD}comment"))) if comments is not None else 0
    if count:
        report.add("comments-lost", count=count)
    for text in _list_header_texts(package):
        report.add("header-lost", text=build_excerpt(text))


def read_paragraph(paragraph: Element) -> str:
    """Read the words of a paragraph, deleted ones too."""
    texts = (f"{WORD}t", f"{WORD}delText")
    return "".join(text.text or "" for text in paragraph.iter() if text.tag in texts)


def _scan_paragraph(paragraph: Element, report: ConversionReport) -> None:
    place = Place(near=build_excerpt(read_paragraph(paragraph)))
    for code in set(_iterate_codes(paragraph)):
        report.add(code, place)


def _iterate_codes(paragraph: Element) -> Iterator[str]:
    for element in paragraph.iter():
        if element.tag in TRACKED:
            yield "tracked-change"
        elif element.tag == f"{WORD}r":
            yield from _iterate_run_codes(element)
        elif element.tag == f"{MATH}oMath":
            yield "equation-lost"
        elif element.tag == f"{DRAWING}graphicData":
            uri = element.get("uri", "")
            if uri != PICTURE and not uri.startswith(SHAPE):
                yield "drawing-lost"
        elif element.tag == f"{WORD}object":
            yield "object-lost"
        elif element.tag == f"{WORD}txbxContent":
            yield "text-box"


def _iterate_run_codes(run: Element) -> Iterator[str]:
    properties = run.find(f"{WORD}rPr")
    if run.find(f"{WORD}t") is not None and properties is not None:
        if _is_on(properties, "dstrike"):
            yield "struck-text"
        if _is_on(properties, "vanish"):
            yield "hidden-text"
        if properties.find(f"{WORD}u") is not None and _is_on(properties, "u"):
            yield "underline"
    if run.find(f"{WORD}tab") is not None:
        yield "tabs"


def _is_on(properties: Element, name: str) -> bool:
    found = properties.find(f"{WORD}{name}")
    return found is not None and found.get(f"{WORD}val", "1") not in OFF


def _list_header_texts(package: WordPackage) -> list[str]:
    texts = []
    for name, root in package.roots.items():
        if name.startswith(("word/header", "word/footer")):
            words = " ".join(filter(None, (read_paragraph(paragraph) for paragraph in root.iter(f"{WORD}p"))))
            texts += [words] if words.strip() else []
    return list(dict.fromkeys(texts))
