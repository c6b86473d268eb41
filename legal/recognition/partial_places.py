"""Parser of parts of a section that is not named: "jf. stk. 2", "nr. 3", "2. pkt."."""

import re

from legal.recognition.cited_places import SUBSECTION_LABEL, PlaceRun, read_parts
from legal.recognition.value_lists import HYPHEN

# Example: "efter ‹1. og 2. ›"
ORDINALS_BEFORE = re.compile(rf"(?:\d{{1,2}}\.?\s*(?:[,{HYPHEN}]|og|eller|samt|til)\s*)*\d{{1,2}}\.\s*$")
ORDINALS_REACH = 40
# Example: "gælder ‹efter ›"
# Example: "‹jf. ›"
WORD_BEFORE = re.compile(r"([\w.]+)\s*$")
# Behind these a part is one of the section at hand; other words say what else a number counts.
# Example: "‹efter›"
LEADING_WORDS = re.compile(
    r"i|efter|af|jf\.|dog|til|uanset|under|med|ved|fra|for|som|at|hvor|kun|alene|henholdsvis|bestemmelsens"
)
# Amending acts quote the words they change.
QUOTED = "»“"
LINKING_WORDS = ("og", "eller", "samt")
# Parts behind these are parts of something that is no section of an act.
# Example: "efter ‹forordningens artikel 5, ›"
ELSEWHERE = re.compile(
    r"(?:\bartik(?:el|lerne|ler)|\bart\.|bilag|direktiv|forordning|konvention|protokol|tabel)(?:[^.;:§]|\.(?=\s?\d)){0,60}$",
    re.IGNORECASE,
)
ELSEWHERE_REACH = 80
# Example: "‹nr. 2019›"
# Example: "‹nr. 5/2›020"
NUMBERED = re.compile(r"[Nn]r\.?\s*(?:\d{4}|\d+\s*/\s*\d|\d+\.\d|\d+\s*\(\d)")
# Example: "nr. 5‹ af den 3›. maj 2019"
DATED = re.compile(r"\s+af\s+(?:den\s+)?\d")


def read_partial(text: str, start: int, floor: int, *, is_sentence: bool) -> PlaceRun | None:
    """Read parts that begin at ``start``, of a sentence ("2. pkt.") its end; nothing before ``floor`` belongs to them.

    ``None`` for the label of a subsection and for what is no part of a section.
    """
    if is_sentence:
        ordinals = ORDINALS_BEFORE.search(text, max(floor, start - ORDINALS_REACH), start)
        if ordinals is None:
            return None
        start = ordinals.start()
    if SUBSECTION_LABEL.match(text, start) or NUMBERED.match(text, start):
        return None
    is_number = text[start] in "nN"
    if not _is_led(text, start, is_number=is_number):
        return None
    run = read_parts(text, start)
    if run is None or (is_number and DATED.match(text, run.end)):
        return None
    return run


def _is_led(text: str, start: int, *, is_number: bool) -> bool:
    if text[start - 1 : start] in QUOTED:
        return start > 0
    before = WORD_BEFORE.search(text, max(0, start - 30), start)
    if before is not None and LEADING_WORDS.fullmatch(before[1].lower()):
        return True
    if is_number and (before is None or before[1] not in LINKING_WORDS):
        return False
    return ELSEWHERE.search(text, max(0, start - ELSEWHERE_REACH), start) is None
