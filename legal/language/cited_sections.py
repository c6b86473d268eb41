"""Parser of the sections that a phrase names, in order: "§ 1, nr. 3 og 5, og §§ 4-6" names 1, 4, 5 and 6."""

import re
from collections.abc import Iterable, Sequence

from legal.language.section_numbers import build_section_key, normalise_section

# A lone "i" is mostly the preposition ("§ 9 i lov om …").
NUMBER = r"\d+(?: ?[a-hj-zæøå]\b| ?i\b(?=[,.;:)]|$))?"
# Example: "Lovens ‹§§ 4-6 og 9 a› træder i kraft"
# Example: "‹§ 1›, nr. 3"
GROUP = re.compile(rf"§+ ?({NUMBER}(?: ?(?:,|og|eller|samt|[-–]|, og) ?(?:§+ ?)?{NUMBER}(?![\d.)]))*)")
# Example: "‹4-6› og 9 a"
# Example: "‹9 a›"
ENTRY = re.compile(rf"({NUMBER})(?: ?[-–] ?(?:§+ ?)?({NUMBER}))?")
# Example: "§ 1, ‹nr›. 3"
FINER = re.compile(r"\b(?:stk|nr|litra|pkt)\b")
# Example: "‹Kapitel 3 og 4› træder i kraft"
CHAPTERS = re.compile(r"\b[Kk]ap(?:itel|itlerne|\.) ((?:\d+(?: ?[a-z]\b)?)(?: ?(?:,|og|[-–]) ?\d+(?: ?[a-z]\b)?)*)")
# Example: "‹3 a› og 4"
CHAPTER = re.compile(r"\d+(?: ?[a-z]\b)?")
LONGEST_RANGE = 200


def list_cited_sections(phrase: str, own: Iterable[tuple[str, str]] = ()) -> list[str]:
    """List the sections a phrase names, ranges spelled out, each once.

    ``own`` are the ``(section, chapter)`` of the text the phrase speaks of; they say what lies in a range or a chapter.
    """
    known = list(own)
    named: list[str] = []
    for group in GROUP.finditer(phrase):
        for entry in ENTRY.finditer(group[1]):
            named += _spell_out(normalise_section(entry[1]), normalise_section(entry[2] or ""), known)
    for found in CHAPTERS.finditer(phrase):
        chapters = {chapter.replace(" ", "") for chapter in CHAPTER.findall(found[1])}
        named += [section for section, chapter in known if section and chapter.replace(" ", "") in chapters]
    return list(dict.fromkeys(named))


def is_finer(phrase: str) -> bool:
    """Say whether a phrase names parts of sections, which a list of sections does not tell."""
    return bool(FINER.search(phrase))


def _spell_out(first: str, last: str, own: Sequence[tuple[str, str]]) -> list[str]:
    if not last:
        return [first]
    lowest, highest = build_section_key(first), build_section_key(last)
    within = [section for section, _chapter in own if lowest <= build_section_key(section) <= highest]
    if within:
        return within
    if lowest[0] <= highest[0] <= lowest[0] + LONGEST_RANGE:
        return [first, *map(str, range(lowest[0] + 1, highest[0])), last] if first != last else [first]
    return [first, last]
