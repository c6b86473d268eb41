"""Section numbers: the printed form, the stored form, and every form people type.

The stored form is the number, a blank, the letter ("9 a"). Capital and small letters name different sections
("2 A" beside "2 a" occurs), and a repealed range ("20-31") is one identifier.
"""

import re

from cms.core.unicode_text import WHITESPACE, clean_text

LABEL_LENGTH = 60
# Example: "‹§ ›9 a"
# Example: "‹Paragraf› 9 a"
PREFIX = re.compile(r"^(?:§\s*)+|^(?:paragraf|section)\b", re.IGNORECASE)
# Example: "‹9a›"
# Example: "‹9-a›"
# Example: "‹20›"
SINGLE = re.compile(r"^(\d+)[\s-]?([^\W\d_]{1,2})?$")
# Example: "20‹ – ›31"
DASH = re.compile(r"\s*[‐-―−-]\s*")
# Example: "‹9›a og 9b"
NUMBER_THEN_LETTER = re.compile(r"(\d)(?=[^\W\d_])")
# Example: "9 ‹g›10"
LETTER_THEN_NUMBER = re.compile(r"([^\W\d_])(?=\d)")
# Example: "‹9 a og ›9 b"
JOINED = re.compile(r"(\d\s?[^\W\d_]?)\s*og\s*(?=\d)")
# Example: "‹9 a›"
# Example: "‹20›-31"
LEADING_NUMBER = re.compile(r"(\d+)\s?([^\W\d_]?)")
DANISH_ORDER = str.maketrans({"æ": "\u007b", "ø": "\u007c", "å": "\u007d"})
# Example: "9‹ ›a"
NOT_IN_ADDRESS = re.compile(r"[^\w-]+")
# Example: "‹§ 5. ›Loven træder i kraft"
OPENING_LABEL = re.compile(r"^§+ ?\d+ ?[a-zæøå]?\.? ")
# Example: "‹§ 9 a›. Der kan gives"
# Example: "‹§§ 20-31 ›(Ophævet)"
PRINTED = re.compile(r"^\s*((?:§\s*)+\s?\d[^.(]{0,24}?)\s*(?=\.|\(|$)")


def normalise_section(text: str) -> str:
    """Turn any spelling into the stored one: ``9a``, ``9-a``, ``§ 9 a.`` become ``9 a``; ``20-31`` stays a range.

    The letter keeps its case. Text that has nothing visible in it gives "".
    """
    cleaned = PREFIX.sub("", clean_text(text)).strip(" .")
    if single := SINGLE.match(cleaned):
        return " ".join(filter(None, [single[1], single[2]]))
    joined = JOINED.sub(r"\1 og ", DASH.sub("-", cleaned))
    spaced = NUMBER_THEN_LETTER.sub(r"\1 ", joined)
    spaced = LETTER_THEN_NUMBER.sub(r"\1 ", spaced).replace(",", ", ")
    return WHITESPACE.sub(" ", spaced).strip()


def build_section_key(section: str) -> tuple[int, str]:
    """Build what sections are ordered by: the number, then the letter, æ ø å after z. What has no number stands first."""
    found = LEADING_NUMBER.match(section)
    return (int(found[1]), found[2].lower().translate(DANISH_ORDER)) if found else (0, "")


def is_within(section: str, first: str, last: str) -> bool:
    """Say whether a section is the first one named, or lies in the range up to ``last`` where that is not ""."""
    if not last:
        return section.lower() == first.lower()
    return build_section_key(first) <= build_section_key(section) <= build_section_key(last)


def build_anchor(section: str) -> str:
    """Build the form a section has in addresses: "9 a" becomes ``9-a``."""
    return NOT_IN_ADDRESS.sub("-", section).strip("-")


def build_label(section: str, text: str) -> str:
    """Build the label as printed: the beginning of the text ("§ 9 a"), else the identifier behind a section sign."""
    printed = PRINTED.match(clean_text(text[:80])[:LABEL_LENGTH])
    if printed and normalise_section(printed[1]) == section:
        return printed[1]
    return f"§ {section}" if section else ""
