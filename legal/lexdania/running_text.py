"""Running text from the tree: the words of a section in one line, as the law prints them.

A ``Linea`` is a line whose ``Char`` pieces are parts of one sentence and are joined without a blank (so that a subscript
stays with its word: "CO2"). Everything else stands apart. A footnote (``Nota``) interrupts the sentence it hangs on; its
text comes after the block (``Exitus``) that holds it.
"""

from legal.lexdania.reading import Element

FOOTNOTE = "Nota"
BLOCKS = frozenset({"Exitus", "Stk"})
LINE = "Linea"


def build_running_text(element: Element, left_out: frozenset[str] = frozenset()) -> str:
    """Build the text of an element; elements directly inside whose names are ``left_out`` are passed over."""
    parts: list[str] = []
    notes: list[str] = []
    for child in element.children:
        if isinstance(child, str):
            parts.append(child)
        elif child.tag not in left_out:
            _collect(child, parts, notes)
    return " ".join(" ".join([*parts, *notes]).split())


def _collect(element: Element, parts: list[str], notes: list[str]) -> None:
    if element.tag == FOOTNOTE:
        notes.append(build_running_text(element))
    elif element.tag == LINE:
        pieces: list[str] = []
        _collect_line(element, pieces, notes)
        parts.append("".join(pieces))
    elif element.tag in BLOCKS:
        parts.append(build_running_text(element))
    else:
        for child in element.children:
            if isinstance(child, str):
                parts.append(child)
            else:
                _collect(child, parts, notes)


def _collect_line(element: Element, pieces: list[str], notes: list[str]) -> None:
    """Collect the pieces of a line; blanks between its elements are layout of the file, those inside are text."""
    for child in element.children:
        if isinstance(child, str):
            if element.tag != LINE or child.strip():
                pieces.append(child)
        elif child.tag == FOOTNOTE:
            notes.append(build_running_text(child))
        else:
            _collect_line(child, pieces, notes)
