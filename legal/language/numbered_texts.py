"""Texts named by number and day: "lov nr. 721 af 27. april 2021", "lovbekendtgørelse nr. 1009 af 2. september 2024".

Acts, consolidations and orders share one series of numbers in Lovtidende A, so number and year make the ELI URI (templates of
retsinformation.dk). Circulars and guides are numbered elsewhere and are known by name only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from legal.language.danish_days import DAY, build_day

COLLECTION = "https://www.retsinformation.dk/eli/lta"
TYPES = {"lov": "LOV", "lovbekendtgørelse": "LBK", "bekendtgørelse": "BEK", "anordning": "ANO"}
NUMBERED = re.compile(
    r"\b(lovbekendtgørelsen?|bekendtgørelsen?|lov|anordning)(?: for (?:Grønland|Færøerne))? nr\.? ?(\d{1,5}) af (?:den |d\. ?)?"
    + DAY,
    re.IGNORECASE,
)
# What follows in these phrases is what changed the text named before.
CHANGED_BY = re.compile(r"\b(?:som|senest) (?:senest )?ændret\b|\bmed de(?:n)? ændring", re.IGNORECASE)


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
        return f"{COLLECTION}/{self.signed.year}/{self.number}"


def iterate_numbered(text: str) -> Iterator[NumberedText]:
    """Iterate over the texts named in clean text."""
    for found in NUMBERED.finditer(text):
        signed = build_day(found[3], found[4], found[5])
        if signed is not None:
            kind = re.sub("en$", "e", found[1].lower())
            yield NumberedText(TYPES[kind], int(found[2]), signed, found.start(), found.end())


def list_main_numbered(text: str) -> list[NumberedText]:
    """List the texts named, those left out that a "som ændret ved" introduces."""
    listed: list[NumberedText] = []
    for entry in iterate_numbered(text):
        since = listed[-1].end if listed else 0
        if listed and CHANGED_BY.search(text, since, entry.start):
            continue
        listed.append(entry)
    return listed
