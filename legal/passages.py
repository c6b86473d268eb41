"""The text of a section as HTML: one paragraph for each stk., which the source delivers in running text."""

import re

from django.utils.html import escape

SUBSECTION = re.compile(r"(?<=\s)Stk\.\s(\d+)(?:\s?(?:-|og)\s?(\d+))?\.(?=\s)")


def split_subsections(text: str) -> list[str]:
    """Split running text where the next stk. begins; a number out of order is a quotation and splits nothing."""
    pieces, start, last = [], 0, 1
    for found in SUBSECTION.finditer(text):
        if int(found[1]) != last + 1:
            continue
        pieces.append(text[start : found.start()].strip())
        start, last = found.start(), int(found[2] or found[1])
    return [*pieces, text[start:].strip()]


def build_provision_html(label: str, text: str) -> str:
    """Build the HTML of one section; the label and the numbers of its stk. are set off."""
    paragraphs = []
    for place, piece in enumerate(split_subsections(text)):
        if place == 0 and label and piece.startswith(label):
            marked = f"<strong>{escape(label)}</strong>{escape(piece[len(label) :])}"
        elif place and (found := SUBSECTION.match(" " + piece, 1)):
            width = found.end() - 1
            marked = f"<em>{escape(piece[:width])}</em>{escape(piece[width:])}"
        else:
            marked = escape(piece)
        paragraphs.append(f"<p>{marked}</p>")
    return "".join(paragraphs)
