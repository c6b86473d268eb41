"""Tell text with words to translate from text that is the same in every language: numbers, § references, dates, addresses."""

import re

from cms.core.html_reader import read_line
from cms.core.unicode_text import strip_invisible

# Web and e-mail addresses have letters and no words.
# Example: "Se ‹https://www.nyidanmark.dk/da?a=1›"
# Example: "Se ‹www.borger.dk/flyt›"
# Example: "Skriv til ‹post@example.org›"
ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|\S+@\S+\.\w+")
# The law is in force in Danish alone, so the parts of a reference are named as the law names them in every language.
# Example: "§ 9 a, ‹stk.› 2, ‹nr.› 3, ‹litra› c, 2. ‹pkt.›"
# No match: "stykke 2"
REFERENCE_PART = re.compile(r"\b(?:stk|nr|litra|pkt)\b\.?(?=\s*\d|\s*[a-z]\b|\W*$)", re.IGNORECASE)
# Two letters in a row make a word: "Bring dit pas" is one to translate, "9 a" and "01.07.2026" are the same in every language.
# Example: "‹Br›ing dit pas"
WORD = re.compile(r"[^\W\d_]{2}")


def has_words(html: str) -> bool:
    """Say whether a text or a piece of rich text has words that a translator would write otherwise.

    A day whose month is written out has ("1. juli 2026"), one in figures has not.
    """
    text = ADDRESS.sub(" ", strip_invisible(read_line(html)))
    return WORD.search(REFERENCE_PART.sub(" ", text)) is not None
