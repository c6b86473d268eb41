"""Texts named by number and day, as statutes, running text and search boxes write them.

- Statutes name a text in full: "lovbekendtgørelse nr. 1009 af 2. september 2024" (``iterate_numbered``).
- Running text shortens: "LBK 1183/2025", "lovbek. nr. 1183 af 25/9-2025" (``match_numbered``).
- Who looks up an act types the type and the number, or the number alone: "lbk 1183", "1183/2025" (``parse_number_query``).

Acts, consolidations and orders share one series of numbers in Lovtidende A, so number and year make the ELI URI (templates of
retsinformation.dk). Circulars and guides are numbered elsewhere and are known by name only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from legal.language.danish_days import DAY, NUMERIC_DAY, SHORT_DAY, build_day, build_short_day
from legal.language.document_types import CITED_FORMS, TYPE_LETTERS
from legal.language.eli_uris import LOVTIDENDE_A_COLLECTION, build_eli_uri

# Example: "Samtidig ophæves ‹bekendtgørelse nr. 123 af 3. maj 2019› om bolig."
# Example: "‹lovbekendtgørelse for Grønland nr. 5 af den 2. september 2024›"
NUMBERED = re.compile(
    r"\b(lovbekendtgørelsen?|bekendtgørelsen?|lov|anordning)(?: for (?:Grønland|Færøerne))? nr\.? ?(\d{1,5}) af (?:den |d\. ?)?"
    + DAY,
    re.IGNORECASE,
)
# Behind these phrases stands a text that changed the one named before.
# Example: "lov nr. 5 af 3. maj 2019, ‹som senest ændret› ved lov nr. 7 af 1. juni 2020"
# Example: "lov nr. 5 af 3. maj 2019 ‹med de ændring›er, der følger af lov nr. 7 af 1. juni 2020"
CHANGED_BY = re.compile(r"\b(?:som|senest) (?:senest )?ændret\b|\bmed de(?:n)? ændring", re.IGNORECASE)

# Acts of the Faroe Islands and Greenland have no letters at Retsinformation.
MENTION_LETTERS = CITED_FORMS | dict.fromkeys(("lagtingslov", "landstingslov", "inatsisartutlov"), "")
_LONGEST_FIRST = sorted(MENTION_LETTERS, key=len, reverse=True)
_KIND = rf"(?P<kind>{'|'.join(_LONGEST_FIRST)})(?:ens|en|ets|et|n|t)?\.?"
# Example: "se ‹LBK 1183/2025› § 9"
# Example: "‹lovbek. nr. 1183 af 25/9-2025›"
# Example: "‹cirkulære nr. 9 af den 25. sept. 2025›"
# No match: "lov nr. 310"
MENTIONED = re.compile(
    rf"(?<![\w-]){_KIND}\s+(?:nr\.?\s*)?(?P<number>\d{{1,5}})(?:\s*/\s*(?P<year1>(?:1[6-9]|20)\d\d)(?![\d/])|"
    rf"\s+af\s+(?:den\s+)?(?:{SHORT_DAY}|{NUMERIC_DAY})(?!\d))",
    re.IGNORECASE,
)
# Example: "efter ‹lov nr. 310›"
MENTION_BEGINNING = re.compile(rf"(?<![\w-]){_KIND}\s+(?:nr\.?\s*)?\d{{0,5}}$", re.IGNORECASE)
# An act of the time before acts had numbers.
# Example: "‹lov af 30. november 1874›"
DATED = re.compile(rf"lov\s+af\s+{SHORT_DAY}(?!\d)", re.IGNORECASE)

# A type that is written together with its number counts only where a year follows: "lbk1183/2025", not "covid19".
# Example: "‹lov nr. 548 af 7. maj 2019›"
# Example: "‹lbk 1183/2025›"
# Example: "‹lbk1183/2025›"
# Example: "‹1183›"
# No match: "covid19"
NUMBER_QUERY = re.compile(
    r"^(?:(?P<type>[a-zæøå]{3,20})(?:\b|(?=\d{1,5}\s*(?:/|\s+af\b))))?\s*(?:nr\.?)?\s*"
    r"(?P<number>\d{1,5})(?:\s*(?:/|\s+af\b.*?)\s*(?P<year>\d{4}))?$"
)


@dataclass(frozen=True)
class NumberedText:
    """One text named by number; ``start`` and ``end`` are its place in the text searched."""

    document_type: str
    number: int
    signed: date
    start: int
    end: int

    @property
    def eli_uri(self) -> str:
        """The ELI URI: the year is that of the signature."""
        return build_eli_uri(LOVTIDENDE_A_COLLECTION, self.signed.year, self.number)


@dataclass(frozen=True)
class MentionedNumber:
    """A text mentioned by number or by its day alone. ``signed`` is ``None`` where only a year stands, or no calendar has the day.

    ``document_type`` is "" for acts of the Faroe Islands and Greenland; ``number`` ``None`` for an act known by its day.
    """

    text: str
    end: int
    document_type: str
    number: int | None
    year: int
    signed: date | None


@dataclass(frozen=True)
class NumberQuery:
    """A number somebody looks up, with the letters of the type and the year where they were typed."""

    document_type: str
    number: int
    year: int | None


def iterate_numbered(text: str) -> Iterator[NumberedText]:
    """Iterate over the texts that clean text names in full."""
    for found in NUMBERED.finditer(text):
        signed = build_day(found[3], found[4], found[5])
        if signed is not None:
            name = found[1].lower().removesuffix("n") if found[1].lower().endswith("en") else found[1].lower()
            yield NumberedText(TYPE_LETTERS[name], int(found[2]), signed, found.start(), found.end())


def list_main_numbered(text: str) -> list[NumberedText]:
    """List the texts named, those left out that a "som ændret ved" introduces."""
    listed: list[NumberedText] = []
    for entry in iterate_numbered(text):
        since = listed[-1].end if listed else 0
        if listed and CHANGED_BY.search(text, since, entry.start):
            continue
        listed.append(entry)
    return listed


def match_numbered(text: str, start: int) -> MentionedNumber | None:
    """Match a text mentioned by type, number and year or day; without a year a number names nothing."""
    found = MENTIONED.match(text, start)
    if found is None:
        return None
    signed = build_short_day(found)
    year = signed.year if signed else int(found["year1"] or found["year"] or found["year2"])
    letters = MENTION_LETTERS[found["kind"].lower()]
    return MentionedNumber(found[0], found.end(), letters, int(found["number"]), year, signed)


def match_dated(text: str, start: int) -> MentionedNumber | None:
    """Match an act mentioned by its day alone: "lov af 30. november 1874"."""
    found = DATED.match(text, start)
    if found is None:
        return None
    return MentionedNumber(found[0], found.end(), "LOV", None, int(found["year"]), build_short_day(found))


def parse_number_query(query: str) -> NumberQuery | None:
    """Parse a query that is a number alone ("lbk 1183/2025", "lov nr. 548 af 7. maj 2019", "1183"), cleaned, in small letters."""
    found = NUMBER_QUERY.match(query)
    if found is None:
        return None
    named = found["type"] or ""
    letters = TYPE_LETTERS.get(named, named.upper())
    return NumberQuery(letters, int(found["number"]), int(found["year"]) if found["year"] else None)
