"""Parser of references with legal effect: acts a consolidation brings together, the legal basis of an order, directives
implemented, parts of other texts put into force.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cms.core.unicode_text import clean_text
from legal.language.numbered_texts import NumberedText, iterate_numbered
from legal.language.section_numbers import OPENING_LABEL
from legal.language.sentences import split_sentences

# Example: "‹Herved bekendtgøres› lov om ferie, jf. lovbekendtgørelse nr. 202 af 22. februar 2013"
CONSOLIDATING = re.compile(r"^\W*(?:Herved|Hermed) bekendtgøres\b", re.IGNORECASE)
# Example: "‹I medfør af› § 9, stk. 2, i lov nr. 5 af 3. maj 2019"
ISSUED_UNDER = re.compile(r"\b(?:I medfør af|I henhold til|Efter bemyndigelse i|Med hjemmel i)\b", re.IGNORECASE)
# Example: "§ 46 ‹i udlændingeloven› fastsættes"
UNNUMBERED_ACT = re.compile(
    r"\bi (?:den )?([\wæøå-]+loven)\b(?!,? jf\. (?:lovbekendtgørelse|lov|bekendtgørelse))", re.IGNORECASE
)
# Example: "‹Loven gennemfører› dele af direktiv 2004/38/EF"
# Example: "‹Ved loven gennemføres› direktiv 2014/66/EU"
IMPLEMENTING = re.compile(
    r"\b(?:Loven|Bekendtgørelsen|Anordningen|Forskriften)\b[^.;]{0,80}?\b(?:gennemfører|implementerer)\b|"
    r"\bVed (?:loven|lovforslaget|bekendtgørelsen|anordningen) (?:gennemføres|implementeres)\b"
)
# Example: "dele af ‹direktiv 2004/38/EF› af 29. april 2004"
# Example: "‹direktiv (EU) 2016/801›"
DIRECTIVE = re.compile(
    r"\bdirektiv(?:et)?(?: \((?:EU|EF|EØF)\))?(?: nr\.)? ?(\d{2,4})/(\d{1,4})(?:/(?:EU|EF|EØF))?", re.IGNORECASE
)
# Example: "Lov om ferie ‹sættes herved i kraft› for Grønland"
# Example: "§ 2 ‹træder i kraft›"
PUT_IN_FORCE = re.compile(
    r"\bsættes (?:herved |hermed |delvis(?:t)? |helt )?i kraft\b|\btræder i kraft\b", re.IGNORECASE
)
# Example: "Loven ‹kan ved kongelig anordning sættes› i kraft"
MAY_BE = re.compile(r"\bkan\b[^.]{0,120}\bsættes\b", re.IGNORECASE)
# Example: "‹Lov om ferie (ferieloven), sættes› i kraft for Grønland"
NAMED_ACT = re.compile(r"(?:^|\bi )(lov om .{3,380}?)(?: \([^()]*\))?,? (?:sættes|træder)\b", re.IGNORECASE)
# Example: "I medfør af § 9, stk. 2, ‹i ›"
LEADING = re.compile(r"\b(?:i|jf\.|samt|og)(?: den)? $")
# Example: "lov nr. 5 af 3. maj 2019, som ‹ændret ved› lov nr. 7"
# Example: "med de ‹ændringer, der følger af› lov nr. 7"
CHANGE = re.compile(r"\bændret ved\b|\bændring(?:er)?\b[^§]{0,60}\bfølger af\b", re.IGNORECASE)
# Example: "med de ændringer, der følger af ‹§ 3 i ›"
SECTIONS_IN = re.compile(r"§+ [^§]{1,120}(?:§[^§]{1,60})* i $")
DIRECTIVE_URI = "http://data.europa.eu/eli/dir/{year}/{number}/oj"
TEXT_LENGTH = 400


@dataclass(frozen=True)
class FoundReference:
    """A text that another one names as its ground: its ELI URI or its name, and the phrase as printed."""

    target: str
    text: str


def parse_consolidated(introduction: str) -> list[FoundReference]:
    """Read what a consolidation brings together, the earlier consolidation or the act itself first."""
    text = clean_text(introduction)
    if not CONSOLIDATING.match(text):
        return []
    entries = list(iterate_numbered(text))
    before = [0, *(entry.end for entry in entries)]
    return _list_unique(
        FoundReference(entry.eli_uri, _cut_phrase(text, entry, since))
        for entry, since in zip(entries, before, strict=False)
    )


def parse_legal_basis(introduction: str) -> list[FoundReference]:
    """Read what an order is issued under; an act that is named without a number is known by its name."""
    text = clean_text(introduction)
    begins = ISSUED_UNDER.search(text)
    if begins is None:
        return []
    found: list[FoundReference] = []
    since = begins.start()
    for entry in iterate_numbered(text):
        lead = text[since : entry.start]
        if entry.start < begins.start() or not LEADING.search(lead) or _is_change(lead):
            continue
        found.append(FoundReference(entry.eli_uri, text[since : entry.end].strip(" ,")[-TEXT_LENGTH:]))
        since = entry.end
    found += [
        FoundReference(named[1], text[max(begins.start(), named.start() - 200) : named.end()])
        for named in UNNUMBERED_ACT.finditer(text, begins.start())
    ]
    return _list_unique(found)


def parse_directives(texts: Iterable[str]) -> list[FoundReference]:
    """Read the directives that a text says it implements; the target is the directive's ELI URI."""
    found = []
    for delivered in texts:
        if "irektiv" not in delivered or not IMPLEMENTING.search(delivered):
            continue
        for sentence in split_sentences(clean_text(delivered)):
            begins = IMPLEMENTING.search(sentence)
            if begins is None:
                continue
            for directive in DIRECTIVE.finditer(sentence, begins.start()):
                year = int(directive[1]) if len(directive[1]) == 4 else 1900 + int(directive[1])
                uri = DIRECTIVE_URI.format(year=year, number=int(directive[2]))
                found.append(FoundReference(uri, sentence[begins.start() :][:TEXT_LENGTH]))
    return _list_unique(found)


def parse_commenced(sections: Sequence[tuple[str, str, str]]) -> list[FoundReference]:
    """Read which other texts an order puts into force; the phrase begins with the order's own section ("§ 2. § 1, nr. 3, i …").

    Two statements on one text are one reference, each on a line of its own.
    """
    found: dict[str, str] = {}
    for _section, _chapter, delivered in sections:
        if "i kraft" not in delivered:
            continue
        text = clean_text(delivered)
        label = OPENING_LABEL.match(text)
        for sentence in split_sentences(text[label.end() :] if label else text):
            verb = PUT_IN_FORCE.search(sentence)
            if verb is None or MAY_BE.search(sentence):
                continue
            target = _find_commenced(sentence[: verb.start()], sentence)
            if target:
                phrase = f"{label[0] if label else ''}{sentence}"[:TEXT_LENGTH]
                found[target] = f"{found[target]}\n{phrase}" if target in found else phrase
    return [FoundReference(target, text) for target, text in found.items()]


def _find_commenced(before: str, sentence: str) -> str:
    entries = [entry for entry in iterate_numbered(before) if entry.document_type in ("LOV", "ANO")]
    if entries:
        return entries[-1 if "affattet ved" in before else 0].eli_uri
    named = NAMED_ACT.search(sentence)
    return named[1].strip() if named else ""


def _is_change(lead: str) -> bool:
    return bool(CHANGE.search(lead))


def _cut_phrase(text: str, entry: NumberedText, since: int) -> str:
    places = SECTIONS_IN.search(text[since : entry.start])
    return f"{places[0] if places else ''}{text[entry.start : entry.end]}"[-TEXT_LENGTH:]


def _list_unique(found: Iterable[FoundReference]) -> list[FoundReference]:
    kept: dict[str, FoundReference] = {}
    for entry in found:
        kept.setdefault(entry.target, entry)
    return list(kept.values())
