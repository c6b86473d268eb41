"""Sentences of running legal text: a full stop behind an abbreviation or a number ends none."""

import re

ABBREVIATIONS = frozenset(
    {
        "nr",
        "stk",
        "jf",
        "pkt",
        "kl",
        "kap",
        "litra",
        "art",
        "bl",
        "ca",
        "d",
        "f",
        "fx",
        "hhv",
        "inkl",
        "m",
        "mv",
        "o",
        "pr",
    }
)
FULL_STOP = re.compile(r"(\w*)\.\s+(?=[A-ZÆØÅ§»])")
SUBSECTION_MARK = re.compile(r"(?:^|\s)Stk ?\. ?\d+(?: ?(?:-|og) ?\d+)?\.?\s")
LIST_MARK = re.compile(r"\s\d{1,2}\) ")


def split_stk(text: str) -> list[str]:
    """Split clean running text at its "Stk. 2." marks, which are left out."""
    return [piece.strip() for piece in SUBSECTION_MARK.split(text) if piece.strip()]


def split_sentences(text: str) -> list[str]:
    """Split clean running text into sentences, in order; "Stk. 2." marks are left out."""
    sentences = []
    for piece in split_stk(text):
        start = 0
        for stop in FULL_STOP.finditer(piece):
            if _ends_sentence(stop[1], piece[stop.end() : stop.end() + 1]):
                sentences.append(piece[start : stop.end()])
                start = stop.end()
        sentences.append(piece[start:])
    return [sentence.strip() for sentence in sentences if sentence.strip()]


def _ends_sentence(word: str, following: str) -> bool:
    """Whether a full stop behind ``word`` ends a sentence: behind a number only where it is a year, or a "§" follows."""
    if word.lower() in ABBREVIATIONS:
        return False
    return not word.isdigit() or len(word) == 4 or following == "§"
