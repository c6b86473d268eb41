"""Parser of commencement clauses: the days on which a text takes effect, wholly or in parts, and the day it ends.

The clause stands in one of the text's own sections, mostly the last ones: "Loven træder i kraft den 1. juli 2021, jf. dog stk. 2.
Stk. 2. § 4 træder i kraft den 1. januar 2022." A consolidation repeats the clause of the act and has none of its own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cms.core.unicode_text import clean_text
from legal.effects.repeal_clauses import find_own_end
from legal.language.cited_sections import is_finer, list_cited_sections
from legal.language.danish_days import DAY, DAY_PATTERN, build_day
from legal.language.section_numbers import OPENING_LABEL
from legal.language.sentences import split_sentences

TEXT_WORD = r"(?:lov|bekendtgørelse|anordning|cirkulære|vejledning|forskrift|regulativ|vedtægt)"
WHOLE = (
    rf"(?:(?:Denne|Nærværende) {TEXT_WORD}|(?:Loven|Bekendtgørelsen?|Anordningen|Cirkulæret|Vejledningen|Forskriften|Regulativet|"
    r"Vedtægten|Bestemmelserne|Reglerne))"
)
# Example: "‹§ 5. Loven træder› i kraft den 1. juli 2021."
# Example: "‹Denne bekendtgørelse træder› i kraft"
# No match: "§ 4 træder i kraft den 1. juli 2021."
OPENING = re.compile(
    rf"^(?:§+ ?\d+ ?[a-zæøå]?\.? )?(?:Stk\. ?1\. )?{WHOLE}\b(?! §)(?:(?!\bi kraft\b).){{0,60}}?\b(?:træder|sættes)\b",
    re.IGNORECASE,
)
# Example: "Loven ‹træder i kraft› den 1. juli 2021"
# Example: "Loven ‹træder den 1. juli 2021 i kraft›"
# Example: "‹i kraft træder› § 4"
IN_FORCE = re.compile(
    r"\b(?:træder|trådte|sættes)\b(?:(?!\bi kraft\b)[^;]){0,80}?\bi kraft\b|\bi kraft træder\b", re.IGNORECASE
)
# Example: "‹ den 1. juli 2021›, jf. dog stk. 2"
DATED = re.compile(r"^(?:[^.§]{0,40}?)\b(?:den\.? |d\. ?|fra )*" + DAY, re.IGNORECASE)
# Example: "‹Den 1. juli 2021 træder lovens›"
DATED_BEFORE = re.compile(r"^Den " + DAY + r"[^.]{0,20}$", re.IGNORECASE)
# Example: "‹ dagen efter bekendtgørelsen i Lovtidende, den 3. juni 2021›"
PUBLISHED_ON = re.compile(r"^[^.]{0,60}?\bi Lovtidende,? den " + DAY, re.IGNORECASE)
# A part of another text, or a condition in the rules that go on to apply.
# Example: "§ 3, nr. 2, ‹i lov om› ferie"
# Example: "gælder ‹indtil› videre"
ELSEWHERE = re.compile(r"\bi (?:lov|bekendtgørelse|anordning) (?:nr|om)\b|\b(?:indtil|inden|når|før)\b", re.IGNORECASE)
# Example: "‹Lovens› § 4 træder i kraft"
OF_THE_ACT = re.compile(r"^Lovens\b", re.IGNORECASE)
# Example: "‹ dagen efter bekendtgørelse›n i Lovtidende"
NEXT_DAY = re.compile(
    r"^[^.§]{0,30}?\bdagen efter (?:\w+ )?(?:bekendtgørelse|kundgørelse|offentliggørelse)", re.IGNORECASE
)
# Example: "‹ ved bekendtgørelse›n i Lovtidende"
SAME_DAY = re.compile(r"^[^.§]{0,30}?\bved (?:\w+ )?(?:bekendtgørelse|kundgørelse|offentliggørelse)", re.IGNORECASE)
# Example: "Ministeren ‹fastsætter tidspunktet› for lovens ikrafttræden"
# Example: "‹Tidspunktet for lovens ikrafttræden fastsættes› af ministeren"
LEFT_OPEN = re.compile(
    r"\bfastsætter (?:ved bekendtgørelse )?(?:tidspunktet|datoen|hvornår)|"
    r"\b(?:tidspunktet|datoen) for\b[^.]{0,120}\bfastsættes|\bikrafttræden fastsættes|\bpå det tidspunkt\b",
    re.IGNORECASE,
)
# Example: "tidspunktet for lovens ‹ikrafttræde›n"
OF_COMMENCEMENT = re.compile(r"ikrafttræde|træder i kraft|sættes i kraft|i kraft", re.IGNORECASE)
# Example: "Ministeren fastsætter ‹tidspunktet for lovens ophævelse›"
OF_THE_END = re.compile(r"\btidspunktet for (?:lovens )?ophævelse", re.IGNORECASE)
# Example: "Loven ‹har virkning fra den 1. januar 2020›."
# Example: "Loven ‹har dog først virkning fra og med den 1. januar 2020›"
EFFECT = re.compile(r"\bhar (?:dog )?(?:først )?virkning fra (?:og med )?(?:den )?" + DAY, re.IGNORECASE)
# Example: "Loven træder i kraft med ‹virkning fra ugedagen efter dens stadfæstelse›"
WEEKDAY_AFTER = re.compile(r"\bvirkning fra ugedagen efter (?:dens|lovens) stadfæstelse", re.IGNORECASE)
# Example: "den 1. juli 2021‹, dog ›træder § 5 i kraft"
# Example: "den 1. juli 2021‹, med undtagelse af› § 5"
EXCEPTION = re.compile(
    r",? (?:men |idet |og )?(?:med undtagelse af|bortset fra|dog (?=træder|§|først træder|således at)|idet (?=§)|mens (?=§)|"
    r"og (?=§+ [^.]{1,60}træder i kraft))",
    re.IGNORECASE,
)
# Example: "‹Loven› træder i kraft"
WHOLE_SUBJECT = re.compile(rf"(?:Dog )?{WHOLE}\b(?!s? (?:i )?(?:§|kap|bilag))", re.IGNORECASE)
# Example: "‹§› 4 træder i kraft"
# Example: "‹Bilag› 1 træder i kraft"
PART_SUBJECT = re.compile(r"(?:Dog |Lovens |Bekendtgørelsens |§|Kap|Bilag|Afsnit|træder)", re.IGNORECASE)
# Example: "Denne lovs ‹kapitel› 3"
PART_NAMED = re.compile(r"\b(?:bilag|kapitel|afsnit)\b|§", re.IGNORECASE)
# Example: "Loven ‹kan ved kongelig anordning sættes› i kraft for Grønland"
NOT_HERE = re.compile(r"\bkan\b[^.]{0,80}\bsættes\b|\bgælder ikke for\b", re.IGNORECASE)
# Example: "‹Loven træder i kraft den 1. juli 2021.›"
# No match: "Loven træder i kraft den 1. juli 2021, jf. dog stk. 2."
PLAIN = re.compile(rf"^{WHOLE} træder i kraft (?:den |d\. ?)?{DAY}\.?$", re.IGNORECASE)
# Example: "‹Loven› har virkning fra"
WHOLE_TEXT = re.compile(rf"{WHOLE}\b(?! (?:i )?§)", re.IGNORECASE)
# Example: "‹Bekendtgørelsen har virkning fra› den 1. juli 2021"
WHOLE_EFFECT = re.compile(rf"{WHOLE}\b[^.]{{0,60}}\bvirkning fra\b")
# Example: "‹Lovens §› 4 træder i kraft"
SECTION_FIRST = re.compile(r"(?:Lovens |Bekendtgørelsens |Stk\. ?1\. )?§")
NOTE_LENGTH = 400


@dataclass(frozen=True)
class FoundCommencement:
    """A day on which a text or some sections of it take effect; ``date`` ``None``: not fixed, or not known from the text.

    ``sections`` ``None`` is the whole text. ``note`` is the sentence as printed where the other two do not tell it all.
    """

    date: date | None
    sections: tuple[str, ...] | None
    note: str


@dataclass(frozen=True)
class CommencementClause:
    """The time that a text sets for itself. ``ends_on`` is the first day it no longer applies."""

    commencements: tuple[FoundCommencement, ...] = ()
    applicable_from: date | None = None
    ends_on: date | None = None
    ending: str = ""


@dataclass(frozen=True)
class TextDates:
    """Days a clause may refer to. In an act "lovens § 4" is its own section, in an order that of the act it is issued under."""

    signed: date
    published: date | None = None
    is_act: bool = False


def parse_commencement_clause(sections: Sequence[tuple[str, str, str]], printed: TextDates) -> CommencementClause:
    """Read the clause of a text from its own ``(section, chapter, text)`` in printed order."""
    places = [(section, chapter) for section, chapter, _text in sections]
    found: list[FoundCommencement] = []
    applicable, ends, ending = None, None, ""
    for text in _list_clauses([text for *_place, text in sections]):
        is_whole_told = any(entry.sections is None for entry in found)
        for sentence in split_sentences(OPENING_LABEL.sub("", text)):
            for part in _split_exceptions(sentence):
                found += _read_part(part, places, printed, is_whole_told=is_whole_told)
            if effect := EFFECT.search(sentence):
                begins = WHOLE_TEXT.match(sentence)
                applicable = build_day(*effect.groups()) if begins and applicable is None else applicable
            if ends is None and (ends := find_own_end(sentence)):
                ending = sentence
    return CommencementClause(_merge(found), applicable, ends, ending[:NOTE_LENGTH])


def _list_clauses(texts: Sequence[str]) -> Iterator[str]:
    """List the sections that open with the clause; without one, those in which the time is left open or an effect is told."""
    cleaned = [clean_text(text) for text in texts if "kraft" in text or "virkning" in text or "ikrafttræden" in text]
    opening = [text for text in cleaned if OPENING.match(text)]
    if opening:
        yield from opening
        return
    for text in cleaned:
        head = OPENING_LABEL.sub("", text)[:400]
        left_open = LEFT_OPEN.search(head) and OF_COMMENCEMENT.search(head)
        if (
            left_open
            or WEEKDAY_AFTER.search(head)
            or WHOLE_EFFECT.match(head)
            or (SECTION_FIRST.match(head) and IN_FORCE.search(head) and "kan ved" not in head)
        ):
            yield text


def _split_exceptions(sentence: str) -> Iterator[str]:
    """Split where an exception with a day of its own begins ("…, dog træder § 5 i kraft den 1. marts 2019")."""
    start = 0
    for found in EXCEPTION.finditer(sentence):
        rest = sentence[found.end() :]
        if IN_FORCE.search(rest) and DAY_PATTERN.search(rest) and IN_FORCE.search(sentence, start, found.start()):
            yield sentence[start : found.start()]
            start = found.end()
    yield sentence[start:]


def _read_part(
    part: str, places: Sequence[tuple[str, str]], printed: TextDates, *, is_whole_told: bool
) -> list[FoundCommencement]:
    if NOT_HERE.search(part):
        return []
    if WEEKDAY_AFTER.search(part):
        return [FoundCommencement(printed.signed + timedelta(days=7), None, part[:NOTE_LENGTH])]
    force, open_at = IN_FORCE.search(part), LEFT_OPEN.search(part)
    if open_at and (force is None or open_at.start() < force.start()):
        if OF_COMMENCEMENT.search(part) and not OF_THE_END.search(part):
            return [FoundCommencement(None, _find_sections(part, places), part[:NOTE_LENGTH])]
        return []
    subject = _read_subject(part, force, places, printed) if force else None
    if force is None or subject is None or (subject.is_whole and is_whole_told):
        return []
    if open_at:
        return [FoundCommencement(None, subject.sections, part[:NOTE_LENGTH])]
    day = _find_day(part, force.end(), force.start(), printed)
    rest = part[force.end() :]
    if day is None and not NEXT_DAY.match(rest) and not SAME_DAY.match(rest):
        return []
    return [FoundCommencement(day, subject.sections, _build_note(part, subject.sections, day))]


@dataclass(frozen=True)
class _Subject:
    """The part that takes effect; ``sections`` ``None`` is the whole text, none are parts that are no sections (annexes)."""

    sections: tuple[str, ...] | None

    @property
    def is_whole(self) -> bool:
        return self.sections is None


def _read_subject(
    part: str, force: re.Match[str], places: Sequence[tuple[str, str]], printed: TextDates
) -> _Subject | None:
    """Read what takes effect; ``None`` where it is a part of another text, or nothing that is named."""
    if WHOLE_SUBJECT.match(part):
        return _Subject(None)
    is_elsewhere = ELSEWHERE.search(part[: force.start()]) or (OF_THE_ACT.match(part) and not printed.is_act)
    if is_elsewhere and "denne lovs" not in part:
        return None
    phrase = part[: force.end()]
    if sections := _find_sections(phrase, places):
        return _Subject(sections)
    return _Subject(()) if PART_SUBJECT.match(part) and PART_NAMED.search(phrase) else None


def _find_day(part: str, after: int, before: int, printed: TextDates) -> date | None:
    rest = part[after:]
    if dated := DATED.match(rest):
        return build_day(*dated.groups())
    stated = PUBLISHED_ON.match(rest)
    published = build_day(*stated.groups()) if stated else printed.published
    if NEXT_DAY.match(rest):
        return published + timedelta(days=1) if published else None
    if SAME_DAY.match(rest):
        return published
    earlier = DATED_BEFORE.search(part[:before])
    return build_day(*earlier.groups()) if earlier else None


def _find_sections(subject: str, places: Sequence[tuple[str, str]]) -> tuple[str, ...] | None:
    own = subject.partition("denne lovs ")[2] or subject
    return tuple(list_cited_sections(own, places)) or None


def _build_note(part: str, sections: tuple[str, ...] | None, day: date | None) -> str:
    spelled = sections is not None and not is_finer(part) and "apitel" not in part and sections != ()
    if PLAIN.match(part) or (spelled and day is not None):
        return ""
    return part[:NOTE_LENGTH]


def _merge(found: Sequence[FoundCommencement]) -> tuple[FoundCommencement, ...]:
    """Keep each statement once; of several on the whole text the first one counts."""
    kept: list[FoundCommencement] = []
    for entry in found:
        if entry.sections is None and any(other.sections is None and other.date for other in kept):
            continue
        if entry not in kept:
            kept.append(entry)
    return tuple(kept)
