"""Written form of a citation: the place in an act as Danish law writes it, and the act's name before or behind it."""

import re
from collections.abc import Sequence

from cms.core.languages import SOURCE_LANGUAGE

# A name of one word in the definite form takes a genitive; a title does not.
# Example: "‹Udlændingeloven›"
# Example: "‹CPR-loven›"
# Example: "‹EU-opholdsbekendtgørelsen›"
# No match: "Lov om ferie"
DEFINITE_NAME = re.compile(
    r"^[\w-]*(?:loven|lovbogen|bekendtgørelsen|anordningen|cirkulæret|forordningen)$", re.IGNORECASE
)
# Titles end in the name that people use.
# Example: "Bekendtgørelse om fri bevægelighed ‹(EU-opholdsbekendtgørelsen)›"
USED_NAME = re.compile(r"\(([^()\s]+)\)$")
# A title is a common noun, which is small inside a sentence.
# Example: "‹B›ekendtgørelse om folkeregistrering"
# No match: "LBK 1183/2025"
TITLE_START = re.compile(r"^(?=(?:Lov|Lovbekendtgørelse|Bekendtgørelse|Anordning|Cirkulære|Vejledning)\b)[A-Z]")

Number = int | str


def write_place(
    section: str,
    stk: Sequence[Number] = (),
    nr: Sequence[Number] = (),
    litra: Sequence[str] = (),
    language_code: str = SOURCE_LANGUAGE,
) -> str:
    """Write a place inside an act: ``§ 9 m, stk. 1 og 3``, outside Danish ``§ 9 m, stk. 1, 3``; "" for a whole act."""
    last_mark = " og " if language_code == SOURCE_LANGUAGE else ", "
    parts = [f"§ {section}" if section else ""]
    parts += [
        f"{word} {_join(values, last_mark)}"
        for word, values in (("stk.", stk), ("nr.", nr), ("litra", litra))
        if values
    ]
    return ", ".join(filter(None, parts))


def write_citation(name: str, place: str, language_code: str) -> str:
    """Write a place together with the name of its act, for readers of a language.

    A Danish sentence says "Udlændingelovens § 9 m", or "§ 2 i lov om ferie" where the name takes no genitive. In every other
    language the name is kept as it can be looked up: "Udlændingeloven § 9 m". Of a title that gives the name in use, that is taken.
    """
    if not place or not name:
        return place or name
    used = USED_NAME.search(name)
    if used and DEFINITE_NAME.match(used[1]):
        name = used[1]
    if language_code != SOURCE_LANGUAGE:
        return f"{name} {place}"
    if DEFINITE_NAME.match(name):
        return f"{name}s {place}"
    comma = "," if "," in place else ""
    return f"{place}{comma} i {TITLE_START.sub(lambda first: first[0].lower(), name)}"


def _join(values: Sequence[Number], last_mark: str) -> str:
    *others, last = map(str, values)
    return f"{', '.join(others)}{last_mark}{last}" if others else last
