"""References to sections of an act in a passage: "§ 9 a", "section 9 a(1)", and their letters."""

import re
from collections.abc import Hashable, Iterator
from decimal import Decimal

from cms.translation.checks.facts import Fact
from cms.translation.checks.findings import FindingKind

# Example: "jf. ‹§§ ›58-60"
# Example: "under ‹section ›9 a"
# Example: "згідно з ‹параграфом ›9"
SIGN = re.compile(
    r"(?:(?:§\s*)+|\b(?:sections?|paragraf\w*|paragraph\w*|artyku\w*|art\.|articol\w*|secțiun\w*|параграф\w*|статт\w*"
    r"|(?:ال)?ماد[ةه]|المواد)\s+)(?=\d)",
    re.IGNORECASE,
)
# Example: "‹9 a›, stk. 2"
# Example: "‹9a›(1)"
# Example: "‹9› udlændinge"
MEMBER = re.compile(r"(\d{1,4})(?![\d/])(?:[\s\u00a0-]?([a-zæøå])(?![\w'’]))?")
# Example: "58‹-›60"
# Example: "9 a‹ og ›9 c"
JOINT = re.compile(r"\s*(?:,|-|–|\b(?:og|and|und|i|oraz|și|ir|та|і|eller|or|to|til|bis)\b|و)\s*(?=\d)")
# Example: "‹stk›. 2"
# Example: "‹subsection› 2"
REFERRING = re.compile(
    r"§|\b(?:stk|nr|pkt|litra|sections?|subsections?|nos?|Absatz|Abs|ust|alin|частин\w*|пункт\w*)\b|فقرة|مادة"
)
# Example: "‹litra b›"
LITRA = re.compile(r"\blitra\s+([a-zæøå])(?!\w)", re.IGNORECASE)
# Words of one letter that may stand behind a number: "§ 9 i loven", "§ 9 a w § 10", "section 9 a person".
ONE_LETTER_WORDS = {"da": "i", "en": "a", "pl": "aiouwz", "ro": "aoe", "lt": "oi", "de": "", "uk": "", "ar": ""}


def list_sections(text: str, locale: str) -> Iterator[Fact]:
    """List the sections a plain passage names by a sign or a word for it; and those that follow with "og" or a comma."""
    for sign in SIGN.finditer(text):
        start, place = sign.span()
        is_chain = sign[0].count("§") > 1 or sign[0].strip().lower() in ("sections", "paragraphs", "paragraffer")
        while member := MEMBER.match(text, place):
            # Behind a single sign a bare number may be anything: "§ 9, 14 dage efter".
            if not (is_chain or member[2] or place == sign.end()):
                break
            yield Fact(
                FindingKind.REFERENCE, text[start : member.end()], _list_readings(member, locale), start, member.end()
            )
            joint = JOINT.match(text, member.end())
            if joint is None:
                break
            start = place = joint.end()


def has_section(text: str, fact: Fact) -> bool:
    """Say whether a section stands in a text without its sign: "9 a straipsnis"."""
    names = [reading[1].split(" ") for reading in fact.readings if isinstance(reading, tuple)]
    return any(re.search(r"(?<!\d)" + r"[-\s]?".join(map(re.escape, parts)) + r"(?!\w)", text) for parts in names)


def is_number_of(amount: Fact, section: Fact) -> bool:
    """Say whether a number is that of a section: the "9" of "§ 9 a"."""
    return any(
        isinstance(reading, tuple) and reading[1].split(" ")[0] == amount.written for reading in section.readings
    )


def list_lost_letters(source: str, target: str) -> list[str]:
    """List the "litra b" of a source whose letter does not stand by itself in the target."""
    return [
        found[0]
        for found in LITRA.finditer(source)
        if not re.search(rf"(?<![^\W\d]){re.escape(found[1])}(?!\w)", target, re.IGNORECASE)
    ]


def is_referring(text: str) -> bool:
    """Say whether a passage refers to parts of an act, where a number may be repeated or left to the context."""
    return REFERRING.search(text) is not None


def _list_readings(member: re.Match[str], locale: str) -> frozenset[Hashable]:
    number, letter = member[1], member[2]
    plain: set[Hashable] = {("§", number), Decimal(number)}
    if letter is None:
        return frozenset(plain)
    exact: set[Hashable] = {("§", f"{number} {letter}")}
    return frozenset(exact | plain if letter in ONE_LETTER_WORDS[locale] else exact)
