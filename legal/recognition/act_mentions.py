"""Recognition of the act a citation belongs to, before it ("udlændingelovens § 9 a") or behind it ("§ 9 a i udlændingeloven")."""

import re

from cms.core.unicode_text import clean_text
from legal.language.act_titles import WELL_KNOWN
from legal.recognition.found_citations import ActMention, MentionKind
from legal.recognition.numbered_acts import read_dated_act, read_eli, read_numbered_act
from legal.recognition.running_names import KINDS, OPENING, find_name_end

NOUN = (
    r"(?:lovbekendtgørelse|lov|bekendtgørelse|anordning|cirkulære|vejledning|vedtægt|regulativ|forretningsorden|aftale)"
)
DEFINITE = r"(?:loven|bekendtgørelsen|anordningen|cirkulæret|grundlov)"
PLACE = r"(?:\s+for\s+(?:Grønland|Færøerne))"
# "børne- og ungeydelsesloven": the first half of a name.
HALF = r"(?:\w+-\s+(?:og|eller)\s+)?"
# Example: "efter ‹udlændingelovens›"
# Example: "‹børne- og ungeydelsesloven›"
# Example: "‹retsplejelov for Grønlands›"
COMPOUND_BEFORE = re.compile(
    rf"(?<![\w-]){HALF}[\w-]+(?:{DEFINITE}s?|lovs|bekendtgørelses|lov(?={PLACE}))({PLACE}s?)?$", re.IGNORECASE
)
# Example: "‹udlændingeloven›, § 9"
# Example: "‹retsplejelov for Grønland›"
COMPOUND_AFTER = re.compile(rf"{HALF}[\w-]+(?:{DEFINITE}(?!\w){PLACE}?|lov{PLACE})", re.IGNORECASE)
# Example: "efter ‹denne lovs›"
# Example: "‹bekendtgørelsens›"
OWN_BEFORE = re.compile(
    rf"(?<![\w-])(?:(?:denne|dette|nærværende|samme)\s+{NOUN}s?|{NOUN}(?:en|et|n|t)s?)$", re.IGNORECASE
)
# Example: "‹denne lov›"
# Example: "‹loven› gælder"
OWN_AFTER = re.compile(
    rf"(?:(?:denne|dette|nærværende|samme)\s+{NOUN}|{NOUN}(?:en|et|n|t))(?!\w)(?!\s+(?:nr|om|for|vedrørende)\b)",
    re.IGNORECASE,
)
# Example: "efter ‹lov ›om ferie"
# Example: "‹cirkulæret ›om au pair"
OPENING_BEFORE = re.compile(
    rf"(?<![\w-])(?:{KINDS})(?:en|et|n|t)?\s+(?=(?:om|for|til|vedrørende|angående)\s)", re.IGNORECASE
)
# Example: "‹, i den dagældende ›lov om ferie"
# Example: "‹ i ›udlændingeloven"
INSIDE = re.compile(
    r"\s*+,?+\s*+\bi\s+(?:(?:den|det)\s+)?(?:(?:dagældende|nugældende|(?:hidtil\s+)?gældende|tidligere|hidtidige)\s+)?",
    re.IGNORECASE,
)
# Example: "‹ ›udlændingeloven"
# Example: "‹ ›LBK 1183/2025"
DIRECT = re.compile(r"\s+(?=[\w-]+loven(?!\w)|https?://|(?:LBK|LOV|BEK|lbk|bek)\s)")
# Example: "efter ‹udlændingeloven›"
# Example: "se ‹udl.›"
LAST_WORD = re.compile(r"[\w.-]+$")
LONGEST_NAME = 260
LONGEST_COMPOUND = 80

ABBREVIATIONS = frozenset(
    abbreviation.rstrip(".") for known in WELL_KNOWN.values() for abbreviation in known.abbreviations
)
# Example: "‹udl.›"
# Example: "‹strfl.›"
DOTTED = re.compile(r"[a-zæøå]{1,9}l\.")
# Example: "‹UDL›"
CAPITALS = re.compile(r"[A-ZÆØÅ]{1,4}L")
# Words that end like an abbreviated act and are none.
# Example: "‹inkl.›"
NO_ABBREVIATIONS = re.compile(r"inkl\.|ekskl\.|el\.|til\.|al\.|vedl\.|vejl\.|evtl\.|mdl\.|skal\.|vil\.|bl\.")
# The words that stand before most sections: no act ends with them.
# Example: "‹efter›"
NO_ACT = re.compile(
    r"jf\.|efter|i|af|og|eller|til|dog|med|samt|uanset|fra|ved|gælder|finder|henholdsvis|at|for|under|som"
)


def find_mention_before(text: str, at: int, floor: int) -> ActMention | None:
    """Find the act named directly before ``at``; nothing before ``floor`` is looked at."""
    floor = max(floor, at - LONGEST_NAME)
    before = text[floor:at].rstrip()
    if before.endswith(","):
        before = before[:-1].rstrip()
    last = LAST_WORD.search(before)
    if last is None or NO_ACT.fullmatch(last[0]):
        return None
    end = floor + len(before)
    near = max(floor, end - LONGEST_COMPOUND)
    if own := OWN_BEFORE.search(text, near, end):
        return _build_own(text, own.start(), end)
    if compound := COMPOUND_BEFORE.search(text, near, end):
        return _build_name(text, compound.start(), end)
    if _is_abbreviation(last[0]):
        return _build_name(text, floor + last.start(), end)
    for opening in reversed(list(OPENING_BEFORE.finditer(text, floor, end))):
        if find_name_end(text, opening.start()) == end:
            return _build_name(text, opening.start(), end, is_open=True)
    return None


def find_mention_after(text: str, at: int) -> ActMention | None:
    """Find the act named directly behind ``at``: "i udlændingeloven", "i lov om …", "i denne lov", "udlændingeloven"."""
    if inside := INSIDE.match(text, at):
        return _read_mention(text, inside.end())
    direct = DIRECT.match(text, at)
    return _read_mention(text, direct.end()) if direct else None


def _read_mention(text: str, at: int) -> ActMention | None:
    if own := OWN_AFTER.match(text, at):
        return _build_own(text, at, own.end())
    if named := read_numbered_act(text, at) or read_dated_act(text, at) or read_eli(text, at):
        return named
    if compound := COMPOUND_AFTER.match(text, at):
        return _build_name(text, at, compound.end())
    if OPENING.match(text, at) and (end := find_name_end(text, at)):
        return _build_name(text, at, end, is_open=True)
    return None


def _is_abbreviation(word: str) -> bool:
    if DOTTED.fullmatch(word):
        return NO_ABBREVIATIONS.fullmatch(word) is None
    return word in ABBREVIATIONS or bool(CAPITALS.fullmatch(word))


def _build_name(text: str, start: int, end: int, *, is_open: bool = False) -> ActMention:
    written = text[start:end]
    return ActMention(MentionKind.NAME, start, end, written, name=clean_text(written), is_open=is_open)


def _build_own(text: str, start: int, end: int) -> ActMention:
    return ActMention(MentionKind.SELF, start, end, text[start:end])
