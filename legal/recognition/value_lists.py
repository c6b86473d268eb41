"""Parser of lists of numbers, letters and sentences: "1-3 og 5", "a-c", "2. og 3. pkt."."""

import re
from dataclasses import dataclass

from legal.recognition.letter_i import is_letter_i

HYPHEN = r"\-‐‑‒–—−"
ALPHABET = "abcdefghijklmnopqrstuvwxyzæøå"
MOST_EXPANDED = 200

# A number that counts something, or is an ordinal or a date, is no member of a list.
COUNTING = (
    r"(?!\d|[^\W\d_]|/|[.,]\d|"
    r"\.\s*(?:pkt|punktum|led\b|(?:og|eller|samt|til|[,-])\s*\d+\.)|"
    r"\.?\s*(?:måned|dag|uge|år|time|minut|kr\b|pct\b|procent|promille|gang|mio\b|mia\b|euro\b|person|point|meter|km\b|m\b|kg\b|%|"
    r"jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec))"
)
JOIN = rf"(?:\s*,\s*|\s*(?:og/eller|og|eller|samt|henholdsvis)\s+|\s*[{HYPHEN}]\s*)"
# A letter behind a number, not that of a word, an abbreviation, or a mark of a list.
SUFFIX = r"(?:\s?(?!i\b)[a-zæøå](?![\w)]|\.[a-zæøå]))?"
# Example: "stk. ‹1-3 og 5›, gælder"
# Example: "nr. ‹5 c›"
NUMBERS = re.compile(rf"\d{{1,3}}(?!\d){SUFFIX}((?:{JOIN}\d{{1,3}}{COUNTING}{SUFFIX})*)")
# Example: "‹5 c›"
# Example: "‹12›"
NUMBER = re.compile(r"(\d+)\s?([a-zæøå](?!\w))?")
# Example: "‹a-c og e›, gælder"
LETTERS = re.compile(rf"(([a-zæøå])\2?)(?!\w)\)?((?:{JOIN}([a-zæøå])\4?(?!\w|\.\w)\)?)*)", re.IGNORECASE)
# Example: "‹a›-c"
LETTER = re.compile(r"\b([a-zæøå])\1?\b", re.IGNORECASE)
# Example: "efter ‹2. og 3. pkt.›"
# Example: "‹1.-3. pkt.›"
SENTENCES = re.compile(
    rf"\d{{1,2}}\.?(?:(?:\s*(?:,|og|eller|samt|til|henholdsvis)\s*|\s*[{HYPHEN}]\s*)\d{{1,2}}\.)*\s*(?:pkt\b\.?|punktum\b)"
)
# Example: "‹2›. og 3. pkt."
ORDINAL = re.compile(r"(\d+)()")
# Example: "1‹-›3"
# Example: "1 ‹til› 3"
RANGE = re.compile(rf"[{HYPHEN}]|til")
# Example: "1 ‹og› 3"
CONJUNCTION = re.compile(r"og|eller|samt|henholdsvis")


@dataclass(frozen=True)
class ValueList:
    """The values named, ranges written out, and where their words end. A number with a letter is text: "5 c"."""

    values: tuple[int | str, ...]
    end: int


def read_numbers(text: str, start: int) -> ValueList | None:
    """Read the numbers behind "stk." or "nr."."""
    found = NUMBERS.match(text, start)
    if found is None:
        return None
    members = list(NUMBER.finditer(text, start, found.end()))
    members = _drop_loose(text, members, start)
    return ValueList(_expand_numbers(text, members), members[-1].end())


def read_letters(text: str, start: int) -> ValueList | None:
    """Read the letters behind "litra"."""
    found = LETTERS.match(text, start)
    if found is None:
        return None
    members = list(_list_letters(text, found))
    if not members:
        return None
    members = _drop_loose(text, members, start)
    values: list[str] = []
    for index, member in enumerate(members):
        before = text[members[index - 1].end() : member.start()] if index else ""
        if RANGE.search(before) and (between := _list_between(values[-1], member[0])):
            values += between
        values.append(member[0])
    return ValueList(tuple(values), members[-1].end())


def read_sentences(text: str, start: int) -> ValueList | None:
    """Read sentences: "2. pkt.", "1.-3. pkt."."""
    found = SENTENCES.match(text, start)
    if found is None:
        return None
    members = list(ORDINAL.finditer(text, start, found.end()))
    return ValueList(_expand_numbers(text, members), found.end())


def _list_letters(text: str, found: re.Match[str]) -> list[re.Match[str]]:
    """List the letters up to an "i" that is the preposition."""
    members = []
    for member in LETTER.finditer(text, found.start(), found.end()):
        if member[0] in "iI" and not is_letter_i(text, member.end()):
            break
        members.append(member)
    return members


def _drop_loose(text: str, members: list[re.Match[str]], start: int) -> list[re.Match[str]]:
    """Drop what stands behind a comma without a conjunction to close the list, and list marks ("2)") of the running text."""
    kept = len(members)
    while kept > 1:
        before = text[members[kept - 2].end() : members[kept - 1].start()]
        is_closed = RANGE.search(before) or CONJUNCTION.search(before)
        after = text[members[kept - 1].end() : members[kept - 1].end() + 1]
        if is_closed and (after != ")" or is_in_brackets(text, start)):
            break
        kept -= 1
    return members[:kept]


def is_in_brackets(text: str, at: int) -> bool:
    """Say whether a bracket that was opened shortly before is still open."""
    return text.rfind("(", max(0, at - 160), at) > text.rfind(")", max(0, at - 160), at)


def _expand_numbers(text: str, members: list[re.Match[str]]) -> tuple[int | str, ...]:
    values: list[int | str] = []
    for index, member in enumerate(members):
        number = int(member[1])
        previous = members[index - 1] if index else None
        if (
            previous
            and RANGE.search(text, previous.end(), member.start())
            and 0 < number - int(previous[1]) <= MOST_EXPANDED
        ):
            values += range(int(previous[1]) + 1, number)
        values.append(f"{number} {member[2]}" if member[2] else number)
    return tuple(values)


def _list_between(first: str, last: str) -> list[str]:
    if first.lower() not in ALPHABET or last.lower() not in ALPHABET:
        return []
    letters = ALPHABET[ALPHABET.index(first.lower()) + 1 : ALPHABET.index(last.lower())]
    return list(letters.upper() if first.isupper() else letters)
