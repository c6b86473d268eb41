"""Parser of repeals: "Samtidig ophæves bekendtgørelse nr. 123 af 3. maj 2019 om …", "Lov om …, jf. lovbekendtgørelse nr. 252
af 9. april 1992, ophæves."

Only whole texts count. "§ 5 i lov nr. 7 ophæves" changes an act and repeals none.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cms.core.unicode_text import clean_text
from legal.language.danish_days import DAY, build_day
from legal.language.numbered_texts import CHANGED_BY, NUMBERED, iterate_numbered
from legal.language.section_numbers import OPENING_LABEL
from legal.language.sentences import LIST_MARK, split_sentences, split_stk

# Example: "Samtidig ‹ophæves› bekendtgørelse nr. 123 af 3. maj 2019."
REPEALED = re.compile(r"\b(?:ophæves|ophævet)\b", re.IGNORECASE)
# Example: "Ministeren ‹fastsætter›, at loven ophæves"
# Example: "bestemmelser, der er ‹udstedt› i medfør af loven"
CONDITIONAL = re.compile(
    r"\b(?:kan|indtil|fastsætter|hvis|såfremt|forbliver|medmindre|når)\b|\bfastsat (?:i|efter|i medfør)\b|\budstedt\b|"
    r"\btidspunktet for\b",
    re.IGNORECASE,
)
# Example: "Bekendtgørelsen ‹kan ›"
MAY_BE = re.compile(r"\b(?:kan|bliver|når den)(?: \w+){0,3} $", re.IGNORECASE)
# Example: "‹§ 5, stk. 2, i ›"
# No match: "Samtidig ophæves "
PART_OF = re.compile(
    r"(?:§+[^;]{0,160}?|bilag[^;]{0,60}?|kapitel[^;]{0,60}?|nr\. ?[\d, og-]+)\bi(?: den)? $", re.IGNORECASE
)
_UNTIL = (
    r"(?: (?:dog|først|automatisk|endeligt|senest|samtidig|med|virkning|pr\.|fra|og|den|d\.|af|ved|udgangen|udløbet))* "
)
# Example: "Loven ‹ophæves den 1. juli 2019›."
# Example: "‹Den 1. juli 2019 ophæves› lov nr. 5"
REPEAL_DAY = re.compile(rf"\bophæves\b(?P<how>{_UNTIL}){DAY}|\bDen {DAY} ophæves", re.IGNORECASE)
# Example: "‹Bekendtgørelsen ophæves den 1. juli 2019›."
# Example: "‹Loven bortfalder med udgangen af den 30. juni 2019›"
OWN_END = re.compile(
    r"^(?:Denne|Nærværende)? ?(?:lov|bekendtgørelse|anordning|cirkulære|forskrift)(?:en|et|n)?\b[^.§]{0,120}?"
    rf"\b(?:ophæves|bortfalder|ophører(?: med at gælde)?|har gyldighed til)\b(?P<how>{_UNTIL}){DAY}",
    re.IGNORECASE,
)
# Example: "Loven ophæves, ‹medmindre› andet bestemmes"
UNLESS = re.compile(r"\b(?:medmindre|såfremt|hvis)\b", re.IGNORECASE)
# Example: "ved ‹udgangen› af"
LAST_DAY = re.compile(r"\b(?:udgangen|udløbet)\b|^ og med\b", re.IGNORECASE)
# Example: "‹Lov om kommunal aktivering ophæves.›"
NAMED = re.compile(
    r"^(?:Samtidige?t? (?:med[^.]{0,60})?ophæves )?(lov om [^.;§]{3,250}?)(?:,? jf\. [^.;]*)?,? (?:ophæves\b.*)?\.?$",
    re.IGNORECASE,
)
# Example: "Følgende bekendtgørelser ‹ophæves: ›1) Bekendtgørelse nr. 5"
REPEALED_LIST = re.compile(r"\b(?:ophæves|bliver ophævet)\b[^.]{0,120}?:? (?=1\) )")
# Example: "bekendtgørelse om tilsyn udstedt ‹i medfør af ›"
QUOTED = re.compile(r"\b(?:jf\.|i henhold til|i medfør af|efter|til) $")
TEXT_LENGTH = 400


@dataclass(frozen=True)
class FoundRepeal:
    """A text that is repealed as a whole: ``target`` is its ELI URI, or its name where no number is given."""

    target: str
    text: str


def find_repeals(texts: Iterable[str]) -> list[FoundRepeal]:
    """Find what the sections of a text repeal, each target once."""
    found: dict[str, FoundRepeal] = {}
    for text in texts:
        if "phæves" not in text and "phævet" not in text:
            continue
        for repeal in _read_section(clean_text(text)):
            found.setdefault(repeal.target, repeal)
    return list(found.values())


def find_repeal_day(text: str) -> date | None:
    """Find the first day on which a text is repealed by what the sentence itself says; ``None``: with the commencement of
    what says so.
    """
    return _read_day(REPEAL_DAY.search(text))


def find_own_end(sentence: str) -> date | None:
    """Find the first day on which a text no longer applies by its own words ("Bekendtgørelsen ophæves den 1. juli 2019")."""
    return None if UNLESS.search(sentence) else _read_day(OWN_END.match(sentence))


def _read_day(found: re.Match[str] | None) -> date | None:
    if found is None:
        return None
    day = build_day(*[group for group in found.groups() if group and group != found["how"]])
    return day + timedelta(days=1) if day and LAST_DAY.search(found["how"] or "") else day


def _read_section(text: str) -> Iterator[FoundRepeal]:
    for stk in split_stk(OPENING_LABEL.sub("", text)):
        listing = REPEALED_LIST.search(stk)
        if listing and not CONDITIONAL.search(stk[: listing.start()]):
            for item in LIST_MARK.split(stk[listing.end() - 1 :]):
                yield from _read_targets(item, item)
            continue
        for sentence in split_sentences(stk):
            verb = REPEALED.search(sentence)
            if verb and not LIST_MARK.search(sentence, 0, verb.start()):
                yield from _read_targets(sentence, sentence)


def _read_targets(sentence: str, printed: str) -> Iterator[FoundRepeal]:
    verb = REPEALED.search(sentence)
    first = NUMBERED.search(sentence)
    opening = min([match.start() for match in (verb, first) if match], default=len(sentence))
    if CONDITIONAL.search(sentence[:opening]) or (verb and MAY_BE.search(sentence, 0, verb.start())):
        return
    since = 0
    heads: list[tuple[int, int]] = []
    for entry in iterate_numbered(sentence):
        lead = sentence[since : entry.start]
        changed = heads and CHANGED_BY.search(sentence, heads[-1][1], entry.start)
        is_quoted = QUOTED.search(lead) and entry.document_type != "LBK"
        after_verb = verb is not None and entry.start > verb.end() and bool(heads) and heads[-1][0] < verb.start()
        if changed or is_quoted or after_verb or PART_OF.search(lead):
            continue
        heads.append((entry.start, entry.end))
        since = entry.end
        yield FoundRepeal(entry.eli_uri, printed[:TEXT_LENGTH])
    if not heads and not NUMBERED.search(sentence) and (named := NAMED.match(sentence)):
        yield FoundRepeal(named[1].strip()[:TEXT_LENGTH], printed[:TEXT_LENGTH])
