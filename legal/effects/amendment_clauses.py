"""Parser of amendments: the acts an amending text changes, by its title and section by section where its whole text is known.

"Lov om ændring af udlændingeloven, integrationsloven og forskellige andre love" names two. The text says more: "§ 1. I
udlændingeloven, jf. lovbekendtgørelse nr. 1009 af 2. september 2024, som ændret ved …, foretages følgende ændringer: 1. I § 9 a …".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cms.core.unicode_text import clean_text
from legal.language.cited_sections import list_cited_sections
from legal.language.numbered_texts import list_main_numbered
from legal.language.section_numbers import normalise_section

# Example: "‹Lov om ændring af udlændingeloven og integrationsloven›"
# Example: "‹Lov for Grønland om ændringer i retsplejeloven›"
AMENDING_TITLE = re.compile(
    r"^(?:lov|bekendtgørelse|anordning)(?: for \w+)? om ændring(?:er)? (?:af|i) (?P<acts>.+)$", re.IGNORECASE
)
# Example: "Lov om ændring af udlændingeloven‹ (Ny ordning (nr. 2) for ophold)›"
BRACKETS = re.compile(r"\s*\((?:[^()]|\([^()]*\))*\)\s*$")
ACT_START = (
    r"(?:lov|bekendtgørelse|anordning|cirkulære)(?: for (?:Grønland|Færøerne))? (?:om|for|nr)\b|"
    r"[\wæøåÆØÅ-]+lov(?:en)?\b(?= ?(?:,|og\b|samt\b|for (?:Grønland|Færøerne)|m\.?[vm]\.|$))|"
    r"(?:visse|diverse|flere|forskellige|en række)\b[^,]{0,30}\b(?:love|bekendtgørelser)\b|ophævelse af\b"
)
# Example: "udlændingeloven‹ og forskellige andre love›"
OTHER_ACTS = re.compile(
    r"(?:,? og|,? samt) (?:forskellige |visse |en række )?andre (?:love|bekendtgørelser)$", re.IGNORECASE
)
# Example: "udlændingeloven‹, ›integrationsloven og visse andre love"
# Example: "lov om ferie‹ og ›lov om barsel"
BETWEEN_ACTS = re.compile(
    rf"(?<!-)(?:, og (?:om )?|, samt |, | og (?:om )?| samt (?:om )?)(?={ACT_START})", re.IGNORECASE
)
# Example: "‹forskellige› love"
# Example: "‹visse› bestemmelser i skattelovgivningen"
UNNAMED = re.compile(
    r"^(?:visse|diverse|flere|forskellige|en række)\b|^(?:lov|bekendtgørelse)$|\blove$|^(?:love|bekendtgørelser)\b",
    re.IGNORECASE,
)
# Example: "‹ophævelse af ›lov om kommunal aktivering"
REPEALED_TOO = re.compile(r"^ophævelse af ", re.IGNORECASE)
# Example: "‹§ 1. I udlændingeloven, jf. lovbekendtgørelse nr. 1009 af 2. september 2024, foretages følgende ændringer›:"
ENACTING = re.compile(
    r"^(?:§ ?(?P<place>\d+ ?[a-z]?)\.? ?)?I (?P<act>.{3,900}?),? foretages følgende ændring(?:er)?", re.IGNORECASE
)
# Example: "udlændingeloven‹, jf. ›lovbekendtgørelse nr. 1009"
# Example: "lov‹ nr. 721 af ›27. april 2021"
NAME_END = re.compile(
    r",? jf\. |,? som (?:senest )?ændret|,? som affattet|,? med de ændringer| nr\. \d+ af ", re.IGNORECASE
)
# Example: "‹1. ›I § 9 a, stk. 2"
# Example: "indsættes: »§ 12 a. …«.‹ 2. ›Efter § 12"
ITEM = re.compile(r"(?:^|[\s.])(\d{1,3})\. (?=[A-ZÆØÅ§»])")
# Example: "ændres ‹»kan«› til: »skal«"
# Example: "indsættes: ‹»§ 12 a. Der kan›"
QUOTED = re.compile(r"»(?:[^«]*)«|»(.*)$")
# Example: "indsættes: ‹»§ 12 a.› Der kan"
NEW_SECTION = re.compile(r"»§ ?(\d+ ?[a-zæøå]{0,2})\.")
# Example: "‹Efter ›§ 12 indsættes"
INSERTION = re.compile(r"(?:Efter|Før) ")
NAMED_LENGTH = 400
ITEM_REACH = 260


@dataclass(frozen=True)
class FoundAmendment:
    """An act that is amended. ``place`` is the section of the amending text, ``sections`` are those of the act amended.

    ``named`` is the name as printed; ``target`` the ELI URI of the consolidation the text names, or "".
    """

    named: str
    place: str = ""
    sections: tuple[str, ...] = ()
    target: str = ""
    text: str = ""


def list_amended_acts(title: str) -> list[str]:
    """List the names of the acts an amending title names; what it repeals besides, and "andre love", are left out."""
    found = AMENDING_TITLE.match(clean_text(title.replace("\\n", " ")))
    if found is None:
        return []
    acts = OTHER_ACTS.sub("", BRACKETS.sub("", found["acts"]))
    names = [name.strip(" ,") for name in BETWEEN_ACTS.split(acts)]
    return [name for name in names if name and not UNNAMED.search(name) and not REPEALED_TOO.match(name)]


def parse_amendments(title: str, sections: Sequence[tuple[str, str, str]]) -> list[FoundAmendment]:
    """Read the amendments of an amending text from its title and its ``(section, chapter, text)``.

    A source that gives only the sections an act inserts elsewhere tells which sections they are, where one act is amended.
    """
    told = list(_read_text(sections))
    if told:
        return told
    names = list_amended_acts(title)
    inserted: tuple[str, ...] = ()
    if len(names) == 1 and not OTHER_ACTS.search(BRACKETS.sub("", clean_text(title))):
        inserted = tuple(dict.fromkeys(normalise_section(section) for section, _chapter, _text in sections if section))
    return [FoundAmendment(name[:NAMED_LENGTH], sections=inserted) for name in dict.fromkeys(names)]


def has_own_text(sections: Sequence[tuple[str, str, str]]) -> bool:
    """Say whether the sections of an amending text are its own, and not those it inserts elsewhere."""
    return any("foretages følgende" in text[:1200] for _section, _chapter, text in sections)


def _read_text(sections: Sequence[tuple[str, str, str]]) -> Iterator[FoundAmendment]:
    for section, _chapter, delivered in sections:
        if "foretages følgende" not in delivered[:1200]:
            continue
        text = clean_text(delivered)
        found = ENACTING.match(text)
        if found is None:
            continue
        act = found["act"]
        end = NAME_END.search(act)
        numbered = list_main_numbered(act)
        yield FoundAmendment(
            named=(act[: end.start()] if end else act).strip()[:NAMED_LENGTH],
            place=section or normalise_section(found["place"] or ""),
            sections=tuple(_list_changed(text[found.end() :])),
            target=numbered[0].eli_uri if numbered else "",
            text=act[:NAMED_LENGTH],
        )


def _list_changed(items: str) -> list[str]:
    """List the sections that numbered items change ("1. I § 9 a, stk. 2, …", "2. Efter § 12 indsættes: »§ 12 a. …«")."""
    changed: list[str] = []
    starts, last = [], 0
    unquoted = QUOTED.sub(lambda quoted: " " * len(quoted[0]), items)
    for item in ITEM.finditer(unquoted):
        if int(item[1]) == last + 1:
            starts.append(item.end())
            last += 1
    starts = starts or [0]
    for start, end in zip(starts, [*starts[1:], len(items)], strict=True):
        instruction = unquoted[start : min(end, start + ITEM_REACH)]
        is_insertion = INSERTION.match(instruction) and "stk." not in instruction.partition("indsættes")[0]
        inserted = [normalise_section(number) for number in NEW_SECTION.findall(items[start:end])]
        changed += inserted if is_insertion and inserted else list_cited_sections(instruction)
    return list(dict.fromkeys(changed))
