"""Sentences of Danish law, and the marks of its subsections and lists."""

import re
from itertools import pairwise

from cms.core.sentences import find_sentence_ends

# Example: "Loven gælder.‹ Stk. 2. ›Den gælder ikke"
SUBSECTION_MARK = re.compile(r"(?:^|\s)Stk ?\. ?\d+(?: ?(?:-|og) ?\d+)?\.?\s")
# Example: "ophæves:‹ 1) ›Bekendtgørelse nr. 5"
LIST_MARK = re.compile(r"\s\d{1,2}\) ")


def split_stk(text: str) -> list[str]:
    """Split clean running text at its "Stk. 2." marks, which are left out."""
    return [piece.strip() for piece in SUBSECTION_MARK.split(text) if piece.strip()]


def split_sentences(text: str) -> list[str]:
    """Split clean running text into sentences, in order; "Stk. 2." marks are left out."""
    pieces = [
        piece[start:end].strip()
        for piece in split_stk(text)
        for start, end in pairwise([0, *find_sentence_ends(piece), len(piece)])
    ]
    return [piece for piece in pieces if piece]
