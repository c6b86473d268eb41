"""Readability index LIX of a text.

LIX = words / sentences + 100 × long words / words, a long word having more than six letters. Source: C. H. Björnsson,
*Läsbarhet*, Stockholm 1968 (Danish: *Læsbarhed*, København 1971); the levels are those in use in Denmark. The editor's panel
counts in the browser with the same rules (``static/legal/readability.js``); change both.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import floor
from unicodedata import normalize

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.allowed_html import sanitise_html
from cms.core.html_reader import END_OF_PASSAGE, read_text
from cms.core.sentences import find_sentence_ends
from cms.core.unicode_text import INVISIBLE

LONG_WORD_LETTERS = 7
# Example: "loven‹\u00a0\t›gælder"
BLANKS = re.compile("[ \t\n\r\f\v\x1c-\x1f\x85\u00a0\u2000-\u200a\u2028\u2029\u202f\u3000]+")
# Example: "Første.‹\r\n›Andet."
LINE_ENDS = re.compile(r"[\r\n]+")


class ReadabilityLevel(models.TextChoices):
    """The five levels, from children's books to law."""

    VERY_EASY = "very_easy", _("very easy")
    EASY = "easy", _("easy")
    MEDIUM = "medium", _("medium")
    DIFFICULT = "difficult", _("difficult")
    VERY_DIFFICULT = "very_difficult", _("very difficult")


# The least LIX of each level but the first.
LEVEL_LIMITS = (25, 35, 45, 55)


@dataclass(frozen=True, slots=True)
class Readability:
    """Counts of a text. ``lix`` is rounded to a whole number, half up; the level follows from that."""

    words: int
    sentences: int
    long_words: int

    @property
    def lix(self) -> int:
        return floor(self.words / self.sentences + 100 * self.long_words / self.words + 0.5)

    @property
    def level(self) -> ReadabilityLevel:
        return list(ReadabilityLevel)[sum(self.lix >= limit for limit in LEVEL_LIMITS)]


def measure_html(html: str) -> Readability | None:
    """Measure HTML: what a heading, a paragraph or an item says ends with it. ``None`` when no sentence in it has an end."""
    return _measure_blocks(read_text(sanitise_html(html)).split(END_OF_PASSAGE))


def measure_text(text: str) -> Readability | None:
    """Measure plain text, one paragraph a line. ``None`` when no sentence in it has an end."""
    return _measure_blocks(LINE_ENDS.split(text))


def _measure_blocks(blocks: Iterable[str]) -> Readability | None:
    words = sentences = long_words = 0
    is_measurable = False
    for block in blocks:
        text = BLANKS.sub(" ", INVISIBLE.sub("", normalize("NFC", block))).strip(" ")
        start = 0
        ends = find_sentence_ends(text)
        for end in (*ends, len(text)):
            letters = [
                sum(character.isalpha() for character in word)
                for word in text[start:end].split(" ")
                if any(character.isalnum() for character in word)
            ]
            words += len(letters)
            long_words += sum(count >= LONG_WORD_LETTERS for count in letters)
            sentences += bool(letters)
            is_measurable |= bool(letters and ends)
            start = end
    return Readability(words, sentences, long_words) if is_measurable else None


def find_hardest_sentence(html: str) -> str:
    """Find the sentence with the highest LIX, "" where none has an end."""
    sentences = [
        block[start:end].strip()
        for block in read_text(sanitise_html(html)).split(END_OF_PASSAGE)
        for start, end in pairwise([0, *find_sentence_ends(block)])
    ]
    measured = {sentence: found.lix for sentence in sentences if (found := measure_text(sentence))}
    return max(measured, key=lambda sentence: measured[sentence], default="")
