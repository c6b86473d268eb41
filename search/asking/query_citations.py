"""Law named in a query: "udlændingeloven § 9 a", "udl. § 9a, stk. 2", "LBK 1183/2025", an ELI URI, "udlændingeloven 9a".

Citations are recognised as in any text. People who search also leave the sign away, or write it out in English.
"""

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from legal.citing.act_names import choose_applying, find_applying_texts, find_works_by_name
from legal.citing.text_citations import recognise_citations, resolve_recognised
from legal.language.act_titles import build_name_key
from legal.models.act_references import leads_to_section
from legal.recognition import FoundCitation, MentionKind, find_citations

# Example: "‹section ›9 a"
WRITTEN_SIGN = re.compile(r"\b(?:paragraph|section)\s+(?=\d)", re.IGNORECASE)
# Without a sign a number must have a letter and stand last, else any year or amount would be one.
# Example: "udlændingeloven‹ 9a›"
BARE = re.compile(r"(?<=\w)\s+(\d{1,3}\s?[a-zæøå])$", re.IGNORECASE)
# Example: "‹§ 9 i› udlændingeloven"
LETTER_OR_PREPOSITION = re.compile(r"§\s*\d+\s+i\b", re.IGNORECASE)
# Example: "udl‹.› 9 a"
PUNCTUATION = re.compile(r"[^\w\s/-]+")
# Example: "‹i ›udlændingeloven"
FILLER = re.compile(r"^(?:i|in|of|af)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class SectionReference:
    """A section asked for; ``sections`` are its possible readings, ``act`` what else was typed: the act's name, or nothing."""

    sections: tuple[str, ...]
    act: str


@dataclass(frozen=True)
class CitedAct:
    """An act known here that a query cites, by its id in the API; without ``sections`` it is cited as a whole."""

    content_id: str
    sections: tuple[str, ...]


@dataclass(frozen=True)
class CitedSection:
    """A section that is all a query asks for; ``url`` is its address in the portal."""

    section: str
    act: str
    url: str


def find_section_reference(text: str) -> SectionReference | None:
    """Find the first section in a cleaned query, whether its act is known or not."""
    query = _spell_out(text)
    found = find_citations(query)
    named = next((entry for entry in found if entry.section), None)
    if named is None:
        return None
    if named.act is not None and named.act.kind != MentionKind.SELF:
        act = named.act.text
    else:
        ends = [(0, 0), *((entry.start, entry.end) for entry in found), (len(query), len(query))]
        act = " ".join(query[before[1] : after[0]] for before, after in pairwise(ends))
    return SectionReference(_list_readings(named), FILLER.sub("", " ".join(PUNCTUATION.sub(" ", act).split())))


def find_cited_act(text: str, day: date) -> CitedAct | None:
    """Find the act a cleaned query cites, or names and says nothing else, where it is known here."""
    recognised = recognise_citations(_spell_out(text))
    if not recognised.names_act:
        return _find_named_act(text, day)
    for entry, answer in zip(recognised.found, resolve_recognised([recognised], day)[0], strict=True):
        if answer["act"] is not None:
            return CitedAct(answer["act"]["id"], _list_readings(entry) if entry.section else ())
    return _find_named_act(text, day)


def _find_named_act(text: str, day: date) -> CitedAct | None:
    """Find the act whose name is all of a query, in the genitive too. One query where no act has the name."""
    keys = {build_name_key(text), build_name_key(text.removesuffix("s"))} - {""}
    works = [work for found in find_works_by_name(keys).values() for work in found]
    meant = choose_applying(works, find_applying_texts(works, day), day) if works else None
    return CitedAct(str(meant.work.content_id), ()) if meant else None


def find_cited_section(text: str, day: date) -> CitedSection | None:
    """Find the section of a known act that a query asks for and nothing else."""
    query = _spell_out(text)
    recognised = recognise_citations(query)
    if len(recognised.found) != 1 or recognised.found[0].act is None or recognised.found[0].section is None:
        return None
    (answer,) = resolve_recognised([recognised], day)[0]
    is_all = answer["text"] is not None and answer["text"].strip(" .,;") == query.strip(" .,;")
    act, section, url = answer["act"], answer["section"], answer["url"]
    if not is_all or act is None or section is None or url is None:
        return None
    # A section that is not there leads to the act alone.
    return CitedSection(section, act["short_title"], url) if leads_to_section(url, section) else None


def _spell_out(text: str) -> str:
    """Write a query as a text would: with section signs."""
    signed = WRITTEN_SIGN.sub("§ ", text)
    return signed if "§" in signed else BARE.sub(r" § \1", signed)


def _list_readings(found: FoundCitation) -> tuple[str, ...]:
    """List the readings of a section: who types "§ 9 i udlændingeloven" may mean section 9 i, and capitals mean nothing."""
    section = found.section or ""
    if section.isdigit():
        return (section, f"{section} i") if LETTER_OR_PREPOSITION.search(found.text) else (section,)
    return tuple(dict.fromkeys((section, section.lower())))
