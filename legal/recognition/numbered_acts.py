"""Recognition of acts mentioned by number or address: "lovbekendtgørelse nr. 1183 af 25. september 2025", ELI URIs.

Document types are those of Retsinformation.
"""

import re

from cms.core.unicode_text import clean_text
from legal.language.eli_uris import normalise_eli_uri
from legal.language.numbered_texts import MENTION_BEGINNING, match_dated, match_numbered
from legal.recognition.found_citations import ActMention, MentionKind

# Example: "se ‹https://www.retsinformation.dk/eli/lta/2025/1183› § 9"
# Example: "‹retsinformation.dk/eli/lta/2025/1183›"
ELI = re.compile(r"https?://[^\s/\"'<>]+/eli/[^\s\"'<>]+|(?:www\.)?retsinformation\.dk/eli/[^\s\"'<>]+", re.IGNORECASE)
# Example: "https://www.retsinformation.dk‹/eli/lta/2025/1183›"
ELI_NUMBER = re.compile(r"/eli/\w+/(\d{4})/(\d+)$")
CLOSING = ".,;:!?)]}»”’"
# Example: "se ‹https://www.retsinformation.dk›"
ADDRESS_BEFORE = re.compile(r"(?:https?://)?[\w.:-]+$", re.IGNORECASE)
LONGEST_HOST = 100
LONGEST_KIND = 40


def read_numbered_act(text: str, start: int) -> ActMention | None:
    """Read an act mentioned by kind, number and year or date; without a year a number names nothing."""
    found = match_numbered(text, start)
    if found is None:
        return None
    return ActMention(
        kind=MentionKind.NUMBER,
        start=start,
        end=found.end,
        text=found.text,
        document_type=found.document_type,
        number=found.number,
        year=found.year,
        signed_date=found.signed,
    )


def read_dated_act(text: str, start: int) -> ActMention | None:
    """Read an act mentioned by its day alone: "lov af 30. november 1874"."""
    found = match_dated(text, start)
    if found is None:
        return None
    name = clean_text(found.text)
    return ActMention(MentionKind.NAME, start, found.end, found.text, name=name, signed_date=found.signed)


def find_kind_before(text: str, at: int, floor: int) -> int | None:
    """Find where the kind of a document begins whose "nr." stands at ``at``, or whose number ends there."""
    found = MENTION_BEGINNING.search(text, max(floor, at - LONGEST_KIND), at)
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
