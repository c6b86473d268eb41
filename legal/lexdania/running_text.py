"""Running text of an element: the words of a section in one line, as the law prints them.

A ``Linea`` is a line whose ``Char`` pieces are parts of one sentence and are joined without a blank (so that a subscript
stays with its word: "CO2"). Everything else stands apart. A footnote (``Nota``) interrupts the sentence it hangs on; its
text comes after the block (``Exitus``) that holds it.
"""

from xml.etree.ElementTree import Element

FOOTNOTE = "Nota"
BLOCKS = frozenset({"Exitus", "Stk"})
LINE = "Linea"


def build_running_text(element: Element, left_out: frozenset[str] = frozenset()) -> str:
    """Build the text of an element; elements directly inside whose names are ``left_out`` are passed over."""
    parts: list[str] = []
    notes: list[str] = []
    _collect(element, parts, notes, left_out)
    return " ".join(" ".join(parts + notes).split())


def _collect(element: Element, parts: list[str], notes: list[str], left_out: frozenset[str] = frozenset()) -> None:
    if element.text:
        parts.append(element.text)
    for child in element:
        if child.tag == LINE:
            pieces: list[str] = []
            _collect_line(child, pieces, notes)
            parts.append("".join(pieces))
        elif child.tag in BLOCKS:
            own_notes: list[str] = []
            _collect(child, parts, own_notes)
            parts += own_notes
        elif child.tag == FOOTNOTE:
            notes.append(build_running_text(child))
        elif child.tag not in left_out:
            _collect(child, parts, notes)
        if child.tail:
            parts.append(child.tail)


def _collect_line(element: Element, pieces: list[str], notes: list[str]) -> None:
    """Collect the pieces of a line; blanks between the pieces are layout of the file, those inside them are text."""
    is_line = element.tag == LINE
    if element.text and not (is_line and element.text.isspace()):
        pieces.append(element.text)
    for child in element:
        if child.tag == FOOTNOTE:
            notes.append(build_running_text(child))
        else:
            _collect_line(child, pieces, notes)
        if child.tail and not (is_line and child.tail.isspace()):
            pieces.append(child.tail)
