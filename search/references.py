"""References to a section inside a query: "udlændingeloven § 9 a", "udl. § 9a, stk. 2", "udlændingeloven 9a"."""

import re
from dataclasses import dataclass

LETTER = r"(?:[\s-]?([a-zA-ZæøåÆØÅ])(?![\w]))?"
SIGNED = re.compile(rf"(?:(?:§\s*)+|\b(?:paragraf|paragraph|section)\s+)(\d{{1,4}}){LETTER}", re.IGNORECASE)
# Without a sign a number must have a letter and stand last, else any year or amount would be one.
BARE = re.compile(r"(?<!\w)(\d{1,3})\s?([a-zæøå])$", re.IGNORECASE)
SUBDIVISION = re.compile(r"\b(?:stk|nr|litra|pkt|subsection|para)\.?\s*\w{1,3}\b\.?", re.IGNORECASE)
PUNCTUATION = re.compile(r"[^\w\s/-]+")


@dataclass(frozen=True)
class SectionReference:
    """A section asked for; ``sections`` are its possible readings, ``act`` what else was typed: the act's name, or nothing."""

    sections: tuple[str, ...]
    act: str


def find_section_reference(text: str) -> SectionReference | None:
    """Find the first reference in a cleaned query. "§ 9 i" may be section 9 i, or section 9 in something."""
    match = SIGNED.search(text) or BARE.search(text)
    if match is None:
        return None
    number, letter = match[1].lstrip("0") or "0", (match[2] or "").lower()
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    act = " ".join(PUNCTUATION.sub(" ", SUBDIVISION.sub(" ", rest)).split())
    if match.re is BARE and not act:
        return None
    readings = [f"{number} {letter}"] if letter else [number]
    if letter == "i":
        readings.append(number)
    return SectionReference(tuple(readings), act)
