"""Acts mentioned by number or address: "lovbekendtgørelse nr. 1183 af 25. september 2025", "LBK 1183/2025", ELI URIs.

Document types are those of Retsinformation.
"""

import re
from datetime import date

from legal.language.eli_uris import normalise_eli_uri
from legal.language.section_numbers import clean_text
from legal.recognition.found_citations import ActMention, MentionKind

# The forms of each kind of document, the longer ones first; the abbreviations are Retsinformation's own and usual ones.
DOCUMENT_TYPES = {
    "lovbekendtgørelse": "LBK",
    "lovbekg": "LBK",
    "lovbek": "LBK",
    "lbkg": "LBK",
    "lbk": "LBK",
    "bekendtgørelse": "BEK",
    "bekg": "BEK",
    "bek": "BEK",
    "lov": "LOV",
    "cirkulæreskrivelse": "CIS",
    "cirkulære": "CIR",
    "cirk": "CIR",
    "cir": "CIR",
    "vejledning": "VEJ",
    "vejl": "VEJ",
    "vej": "VEJ",
    "skrivelse": "SKR",
    "skr": "SKR",
    "lagtingslov": "",
    "landstingslov": "",
    "inatsisartutlov": "",
    "anordning": "ANO",
    "ano": "ANO",
}
MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
KIND = rf"(?P<kind>{'|'.join(DOCUMENT_TYPES)})(?:ens|en|ets|et|n|t)?\.?"
WRITTEN_DATE = rf"(?P<day>\d{{1,2}})\.?\s*(?P<month>{'|'.join(MONTHS)})[a-z]*\.?\s*(?P<year>\d{{4}})"
NUMERIC_DATE = r"(?P<day2>\d{1,2})\s?[./-]\s?(?P<month2>\d{1,2})\s?[./-]\s?(?P<year2>\d{4})"
NUMBERED = re.compile(
    rf"(?<![\w-]){KIND}\s+(?:nr\.?\s*)?(?P<number>\d{{1,5}})(?:\s*/\s*(?P<year1>(?:1[6-9]|20)\d\d)(?![\d/])|"
    rf"\s+af\s+(?:den\s+)?(?:{WRITTEN_DATE}|{NUMERIC_DATE})(?!\d))",
    re.IGNORECASE,
)
KIND_BEFORE = re.compile(rf"(?<![\w-]){KIND}\s+(?:nr\.?\s*)?\d{{0,5}}$", re.IGNORECASE)
ELI = re.compile(r"https?://[^\s/\"'<>]+/eli/[^\s\"'<>]+|(?:www\.)?retsinformation\.dk/eli/[^\s\"'<>]+", re.IGNORECASE)
ELI_NUMBER = re.compile(r"/eli/\w+/(\d{4})/(\d+)$")
CLOSING = ".,;:!?)]}»”’"
ADDRESS_BEFORE = re.compile(r"(?:https?://)?[\w.:-]+$", re.IGNORECASE)
LONGEST_HOST = 100
# An act of the time before acts had numbers.
DATED = re.compile(rf"lov\s+af\s+{WRITTEN_DATE}(?!\d)", re.IGNORECASE)
LONGEST_KIND = 40


def read_numbered_act(text: str, start: int) -> ActMention | None:
    """Read an act mentioned by kind, number and year or date; without a year a number names nothing."""
    found = NUMBERED.match(text, start)
    if found is None:
        return None
    signed = _build_date(found)
    year = signed.year if signed else int(found["year1"] or found["year"] or found["year2"])
    return ActMention(
        kind=MentionKind.NUMBER,
        start=start,
        end=found.end(),
        text=found[0],
        document_type=DOCUMENT_TYPES[found["kind"].lower()],
        number=int(found["number"]),
        year=year,
        signed_date=signed,
    )


def read_dated_act(text: str, start: int) -> ActMention | None:
    """Read an act mentioned by its day alone: "lov af 30. november 1874"."""
    found = DATED.match(text, start)
    if found is None:
        return None
    signed = _build_date(found)
    return ActMention(MentionKind.NAME, start, found.end(), found[0], name=clean_text(found[0]), signed_date=signed)


def find_kind_before(text: str, at: int, floor: int) -> int | None:
    """Find where the kind of a document begins whose "nr." stands at ``at``, or whose number ends there."""
    found = KIND_BEFORE.search(text, max(floor, at - LONGEST_KIND), at)
    return found.start() if found else None


def find_eli_start(text: str, at: int, floor: int) -> int:
    """Find where an address begins whose ``/eli/`` stands at ``at``."""
    found = ADDRESS_BEFORE.search(text, max(floor, at - LONGEST_HOST), at)
    return found.start() if found else at


def read_eli(text: str, start: int) -> ActMention | None:
    """Read an ELI URI; marks that close a sentence or bracket do not belong to it."""
    found = ELI.match(text, start)
    if found is None:
        return None
    written = found[0].rstrip(CLOSING)
    uri = normalise_eli_uri(written if "://" in written else f"https://{written}")
    numbers = ELI_NUMBER.search(uri)
    return ActMention(
        kind=MentionKind.ELI,
        start=start,
        end=start + len(written),
        text=written,
        eli_uri=uri,
        year=int(numbers[1]) if numbers else None,
        number=int(numbers[2]) if numbers else None,
    )


def _build_date(found: re.Match[str]) -> date | None:
    groups = found.groupdict()
    if groups["day"]:
        month = MONTHS.index(found["month"].lower()) + 1
        parts = int(found["year"]), month, int(found["day"])
    elif groups.get("day2"):
        parts = int(found["year2"]), int(found["month2"]), int(found["day2"])
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None
