"""Marks that number the parts of a section in running text: "Stk. 2.", "1)", "a)", "ii)", "1.".

A mark is a candidate: whether it is believed is decided by the order it stands in (``legal.provisions.item_lists``). Invisible
characters may stand inside a mark; offsets count them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

LETTERS = "abcdefghijklmnopqrstuvwxyzæøå"
LETTER_PLACES = {
    letter * times: place for times in (1, 2) for place, letter in enumerate(LETTERS, start=29 * times - 28)
}
ROMAN_PLACES = {
    tens + ones: 10 * ten + one
    for ten, tens in enumerate(("", "x", "xx"))
    for one, ones in enumerate(("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"))
    if tens + ones
}

BLANK = "\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
GAP = f"[{BLANK}]*"
SECTION_NUMBER = f"\\d+{GAP}[A-Za-zÆØÅæøå]{{0,2}}"
FURTHER_NUMBER = f"{GAP}(?:[-‐-―−,]|og){GAP}(?:{SECTION_NUMBER}|[a-zæøå])"
# Some texts leave out the full stop behind a number; a capital shows that the text begins there.
TEXT_BEGINS = f"(?=[{BLANK}]+[A-ZÆØÅ(])"
# Example: "‹§ 9 a.› Der kan"
# Example: "‹§§ 20-31.› (Ophævet)"
# Example: "‹§ 5› Loven gælder"
LABEL = re.compile(
    f"{GAP}(?:§{GAP})+(?:{SECTION_NUMBER}(?:{FURTHER_NUMBER})*{GAP}\\.|\\d+(?:[{BLANK}][a-zæøå])?{TEXT_BEGINS})"
)
# Example: "Loven gælder. ‹Stk. 2.› Den gælder"
# Example: "‹Stk. 3-5.› (Ophævet)"
# No match: "jf. stk. 2"
SUBSECTION = re.compile(
    f'Stk(?<![^{BLANK}.:;«”")]Stk){GAP}\\.{GAP}(\\d{{1,3}})(?:{GAP}(?:[-‐-―−]|og){GAP}(\\d{{1,3}}))?'
    f"(?:{GAP}\\.(?=[{BLANK}(]|$)|(?<=\\d){TEXT_BEGINS})"
)
# Example: "1‹)› personer"
PARENTHESIS = re.compile(f"\\)(?=[{BLANK}]|$)")
# Example: "følgende: ‹1›"
# Example: "a og ‹2 a›"
# Example: "‹ii›"
NUMBERING = re.compile(
    f"(?<![^{BLANK}»])(?:(\\d{{1,4}})[{BLANK}]{{0,2}}([a-zæøå])?|([a-zæøå]{{1,6}})|([A-ZÆØÅ]))[{BLANK}]{{0,2}}$"
)
# Example: "følgende: ‹1.› Personer"
POINT = re.compile(f"(?<=[{BLANK}])(\\d{{1,3}})\\.(?=[{BLANK}]+[A-ZÆØÅ§»(])")
# Example: "følgende‹: 1. ›Personer"
FIRST_POINT = re.compile(f":[{BLANK}]+1\\.[{BLANK}]")
# "nr. 2) og 3)" and "bilag 1)" point to something, they do not begin it.
# Example: "jf. ‹nr. ›"
# Example: "se ‹bilag ›"
REFERENCE = re.compile(
    "(?:(?<![\\w.])(?:(?:nr|nrn|stk|pkt|afs|kap|jf)\\.?|litra|punkt|bilag|afsnit|artikel|kapitel|metode|fodnote|indsatsområde)|§)"
    f"{GAP}$",
    re.IGNORECASE,
)
CONNECTIVES = frozenset(("og", "eller", "samt", "til", "-", "–", ","))
# Example: "ordene ‹»1) personer«› ændres"
QUOTATION = re.compile("»[^«]*«")
NUMBERING_REACH = 12
REFERENCE_REACH = 16
PARENTHESIS_REACH = 160
RANGE_LIMIT = 50


class MarkReading(NamedTuple):
    """One way to read a mark: a place in the order of a style. ``suffix`` is the letter of an inserted number ("2 a)")."""

    style: str
    place: int
    suffix: str
    number: str
    start: int

    def follows(self, previous: "MarkReading") -> bool:
        """Say whether this comes directly after another reading of the same style."""
        if self.style != previous.style:
            return False
        if not self.suffix:
            return self.place == previous.place + 1
        expected = chr(ord(previous.suffix) + 1) if previous.suffix else "a"
        return (self.place, self.suffix) == (previous.place, expected)


@dataclass(frozen=True, slots=True)
class ItemMark:
    """A candidate, with every way to read it: "i)" is a letter and a roman number."""

    end: int
    readings: tuple[MarkReading, ...]

    @property
    def start(self) -> int:
        return self.readings[0].start


class SubsectionMark(NamedTuple):
    """A "Stk. 2.", or several in one ("Stk. 2 og 3.", "Stk. 3-5.")."""

    start: int
    end: int
    first: int
    last: int


def find_quotations(text: str) -> list[tuple[int, int]]:
    """Find the quotations between » and «: what they quote is numbered for another place."""
    return [found.span() for found in QUOTATION.finditer(text)] if "»" in text else []


def find_subsection_marks(text: str, start: int) -> list[SubsectionMark]:
    """Find the marks of the stk. of a section whose label ends at ``start``, in order: each counts on from the one before."""
    marks: list[SubsectionMark] = []
    quotations = find_quotations(text)
    expected = 2
    for found in SUBSECTION.finditer(text, start):
        first, last = int(found[1]), int(found[2] or found[1])
        opens = first == 1 and not marks and not text[start : found.start()].strip()
        if not (first == expected or opens) or not first <= last <= first + RANGE_LIMIT:
            continue
        if _is_within(found.start(), quotations) or _is_mentioned(text, found):
            continue
        marks.append(SubsectionMark(*found.span(), first, last))
        expected = last + 1
    return marks


def find_item_marks(text: str, start: int, end: int) -> list[ItemMark]:
    """Find the candidates for the items of lists between two offsets."""
    candidates = [*_iterate_parentheses(text, start, end), *_iterate_points(text, start, end)]
    if not candidates:
        return []
    quotations = find_quotations(text)
    marks = sorted(
        (
            mark
            for mark in candidates
            if not _is_within(mark.start, quotations)
            and not REFERENCE.search(text, max(start, mark.start - REFERENCE_REACH), mark.start)
        ),
        key=lambda mark: mark.start,
    )
    # "af 1) og 2)": a mark with nothing but a connective behind it has no text of its own.
    mentioned = {
        mark.start
        for pair in pairwise(marks)
        if text[pair[0].end : pair[1].start].strip() in CONNECTIVES
        for mark in pair
    }
    return [mark for mark in marks if mark.start not in mentioned]


def _iterate_parentheses(text: str, start: int, end: int) -> Iterator[ItemMark]:
    for closing in PARENTHESIS.finditer(text, start, end):
        place = closing.start()
        found = NUMBERING.search(text, max(start, place - NUMBERING_REACH), place)
        if not found or _closes_parenthesis(text, start, place):
            continue
        if readings := tuple(_iterate_readings(found)):
            yield ItemMark(place + 1, readings)


def _iterate_readings(found: re.Match[str]) -> Iterator[MarkReading]:
    number, suffix, letters, capital = found.groups()
    if number:
        yield MarkReading("number", int(number), suffix or "", number + (suffix or ""), found.start(1))
    if letter := suffix or letters:
        place = found.start(2) if suffix else found.start(3)
        if letter in LETTER_PLACES:
            yield MarkReading("letter", LETTER_PLACES[letter], "", letter, place)
        if letter in ROMAN_PLACES:
            yield MarkReading("roman", ROMAN_PLACES[letter], "", letter, place)
    if capital:
        yield MarkReading("capital", LETTER_PLACES[capital.lower()], "", capital, found.start(4))


def _iterate_points(text: str, start: int, end: int) -> Iterator[ItemMark]:
    """Iterate over "1." as older texts number: the first behind a colon, the others behind a mark."""
    first = FIRST_POINT.search(text, start, end)
    for found in POINT.finditer(text, first.start(), end) if first else ():
        before = text[max(start, found.start() - REFERENCE_REACH) : found.start()].rstrip()
        if before.endswith(":" if found[1] == "1" else (".", ",", ";", ":", "«")):
            yield ItemMark(found.end(), (MarkReading("point", int(found[1]), "", found[1], found.start()),))


def _closes_parenthesis(text: str, start: int, place: int) -> bool:
    opening = text.rfind("(", max(start, place - PARENTHESIS_REACH), place)
    return opening >= 0 and text.find(")", opening, place) < 0


def _is_within(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(first <= place < last for first, last in spans)


def _is_mentioned(text: str, found: re.Match[str]) -> bool:
    """Say whether a "Stk. 2." stands inside a sentence: behind a comma, or between a word and a small letter.

    Without its full stop it has to come behind a sentence.
    """
    before = text[max(0, found.start() - REFERENCE_REACH) : found.start()].rstrip()[-1:]
    after = text[found.end() : found.end() + REFERENCE_REACH].lstrip()[:1]
    if not found[0].endswith("."):
        return before not in ".)"
    return before == "," or (before.isalnum() and after.islower())
