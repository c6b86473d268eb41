"""Parser of titles of acts: the act's own title, its names, and the jurisdiction it applies in.

A consolidation is titled "Bekendtgørelse af <the act>", for Greenland and the Faroe Islands "Bekendtgørelse for
Grønland af <the act>". A popular name stands in brackets at the end ("… (integrationsloven)") or is the title itself
("udlændingeloven").
"""

import hashlib
import re
from dataclasses import dataclass

from cms.core.unicode_text import clean_text

JURISDICTIONS = {"grønland": "gl", "færøerne": "fo"}
JURISDICTION_NAMES = {"gl": "Grønland", "fo": "Færøerne"}

# Example: "‹Bekendtgørelse af ›udlændingeloven"
# Example: "‹Bekendtgørelse for Grønland af ›lov om rettens pleje"
CONSOLIDATION = re.compile(r"^bekendtgørelse(?: for (grønland|færøerne))? af (?=.*lov)", re.IGNORECASE)
# Example: "Lov om integration af udlændinge i Danmark‹ (integrationsloven)›"
BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*$")
# Example: "‹Lov for Grønland› om ferie"
# Example: "‹Retsplejelov for Grønland›"
APPLIES_AT_START = re.compile(
    r"^(?:bekendtgørelse|lov|\w+lov) (?:om ændring af )?for (grønland|færøerne)\b", re.IGNORECASE
)
# Example: "Lov om ferie ‹for Grønland›"
APPLIES_AT_END = re.compile(r"\b(?:for|i|på) (grønland|færøerne)$", re.IGNORECASE)
# Example: "‹Lov om ændring› af udlændingeloven"
# Example: "‹Lov for Færøerne om ophævelse› af lov om ferie"
AMENDING = re.compile(
    r"^(?:lov|bekendtgørelse)(?: for \w+)? om (?:ændring|ophævelse|ikrafttræden|ikraftsættelse)\b", re.IGNORECASE
)
# Both the names stored and those looked up are cut here: PostgreSQL's indices take no longer entry than 2.7 kB.
KEY_LENGTH = 400
# Example: "‹udlændingeloven›"
# Example: "‹straffelov›"
POPULAR = re.compile(r"^[\wæøå-]+lov(?:en)?$", re.IGNORECASE)
# Example: "lov‹, ›om ferie"
NAME_NOISE = re.compile(r"[^\w]+")
# Example: "udlændinge‹lovens›"
GENITIVE = re.compile(r"((?:lov|lovbog|bekendtgørelse|anordning|cirkulære)e?[nt]?)s$", re.IGNORECASE)
# Example: "barsel‹slov›"
LINKING_S = re.compile(r"slov$")
# Example: "udlændinge‹loven›"
DEFINITE = re.compile(r"(lov|lovbog|bekendtgørelse|anordning)e?n$")


@dataclass(frozen=True)
class WellKnown:
    """Short title and abbreviations of a well-known act; there is no rule for these, so the few that readers use are listed."""

    short_title: str
    abbreviations: tuple[str, ...] = ()


WELL_KNOWN = {
    "udlændingeloven": WellKnown("Udlændingeloven", ("udl.",)),
    "lov om det centrale personregister": WellKnown("CPR-loven"),
    "lov om aktiv socialpolitik": WellKnown("Aktivloven"),
    "lov om social service": WellKnown("Serviceloven"),
    "lov om folkeskolen": WellKnown("Folkeskoleloven"),
    "lov om ferie": WellKnown("Ferieloven"),
    "lov om en aktiv beskæftigelsesindsats": WellKnown("Beskæftigelsesindsatsloven"),
    "lov om dansk indfødsret": WellKnown("Indfødsretsloven"),
    "lov om danskuddannelse til voksne udlændinge m.fl.": WellKnown("Danskuddannelsesloven"),
    "lov om rettens pleje": WellKnown("Retsplejeloven", ("rpl.",)),
    "straffeloven": WellKnown("Straffeloven", ("strfl.",)),
    "forvaltningsloven": WellKnown("Forvaltningsloven", ("fvl.",)),
    "lov om offentlighed i forvaltningen": WellKnown("Offentlighedsloven"),
    "lov om retssikkerhed og administration på det sociale område": WellKnown("Retssikkerhedsloven"),
    "lov om social pension": WellKnown("Pensionsloven"),
    "lov om individuel boligstøtte": WellKnown("Boligstøtteloven"),
    "lov om udstationering af lønmodtagere m.v.": WellKnown("Udstationeringsloven"),
    "lov om ægteskabs indgåelse og opløsning": WellKnown("Ægteskabsloven"),
    "lov om retsforholdet mellem arbejdsgivere og funktionærer": WellKnown("Funktionærloven"),
    "lov om arbejdsløshedsforsikring m.v.": WellKnown("Arbejdsløshedsforsikringsloven"),
    "lov om arbejdsskadesikring": WellKnown("Arbejdsskadesikringsloven"),
    "lov om ansættelsesbeviser og visse arbejdsvilkår": WellKnown("Ansættelsesbevisloven"),
    "lov om forbud mod forskelsbehandling på arbejdsmarkedet m.v.": WellKnown("Forskelsbehandlingsloven"),
    "lov om ligebehandling af mænd og kvinder med hensyn til beskæftigelse m.v.": WellKnown("Ligebehandlingsloven"),
    "lov om erhvervsuddannelser": WellKnown("Erhvervsuddannelsesloven"),
    "lov om friskoler og private grundskoler m.v.": WellKnown("Friskoleloven"),
    "lov om de gymnasiale uddannelser": WellKnown("Gymnasieloven"),
    "lov om kommunernes styrelse": WellKnown("Kommunestyrelsesloven"),
    "lov om leje": WellKnown("Lejeloven"),
    "lov om leje af almene boliger": WellKnown("Almenlejeloven"),
    "lov om almene boliger m.v.": WellKnown("Almenboligloven"),
    "lov om børnetilskud og forskudsvis udbetaling af børnebidrag": WellKnown("Børnetilskudsloven"),
    "lov om pas til danske statsborgere m.v.": WellKnown("Pasloven"),
}


@dataclass(frozen=True)
class ActNames:
    """The parts of a delivered title.

    ``name_key`` is a hash of the name and the place it applies to, without regard to case, punctuation and the definite
    ending; ``popular_key`` the same for the popular name, or "". Equal keys do not yet mean the same act
    (``legal.language.work_lines``). ``main`` is the title without brackets, ``popular`` the popular name or "".
    """

    title: str
    short_title: str
    abbreviations: tuple[str, ...]
    jurisdiction: str
    is_amending: bool
    name_key: str
    popular_key: str
    main: str
    popular: str


def find_jurisdiction(title: str) -> str:
    """Find where an act applies by its title; an act about Greenland that applies in Denmark too is Danish."""
    if (consolidation := CONSOLIDATION.match(title)) and consolidation[1]:
        return JURISDICTIONS[consolidation[1].lower()]
    main = BRACKETS.sub("", CONSOLIDATION.sub("", title))
    found = APPLIES_AT_START.match(main) or APPLIES_AT_END.search(main)
    if found is None or "danmark" in main.lower():
        return "dk"
    return JURISDICTIONS[found[1].lower()]


def build_name_key(name: str) -> str:
    """Build the form under which a name is looked up: "Udlændingelovens" and "udlændingeloven" become "udlændingelov".

    Case, punctuation, invisible characters, the definite ending and the genitive of a law's or an order's name are folded. What
    two names have in common in their first 400 characters makes them one.
    """
    return _fold_name(GENITIVE.sub(r"\1", clean_text(name)))[:KEY_LENGTH]


def _fold_name(name: str) -> str:
    words = NAME_NOISE.sub(" ", name.casefold().replace("m.v.", "mv").replace("m.m.", "mm")).strip()
    words = DEFINITE.sub(r"\1", words)
    # barselloven and barselsloven are one name.
    return LINKING_S.sub("lov", words) if " " not in words else words


def _build_key(name: str, jurisdiction: str) -> str:
    return hashlib.blake2s(f"{jurisdiction}|{_fold_name(name)}".encode(), digest_size=16).hexdigest()


def _capitalise(text: str) -> str:
    return text[:1].upper() + text[1:]


def parse_title(delivered: str, document_type: str) -> ActNames:
    """Read the names of an act out of the delivered title."""
    # Titles are delivered with line breaks written out as a backslash and an n.
    title = clean_text(delivered.replace("\\n", " "))
    jurisdiction = find_jurisdiction(title)
    consolidation = CONSOLIDATION.match(title) if document_type == "LBK" else None
    own = title[consolidation.end() :] if consolidation else title
    is_amending = bool(AMENDING.match(own))

    bracketed = BRACKETS.search(own)
    main = BRACKETS.sub("", own)
    popular = ""
    if bracketed and not is_amending and POPULAR.match(bracketed[1].strip()):
        popular = bracketed[1].strip()
    elif POPULAR.match(own):
        popular = own

    known = WELL_KNOWN.get(main.casefold()) if jurisdiction == "dk" and document_type in ("LBK", "LOV") else None
    place = JURISDICTION_NAMES.get(jurisdiction, "")
    if consolidation and consolidation[1]:
        own = f"{own} for {place}"
    short = known.short_title if known else _capitalise(popular)
    if short and place and place.lower() not in short.lower():
        short = f"{short} for {place}"
    return ActNames(
        title=_capitalise(own),
        short_title=short or _capitalise(own),
        abbreviations=known.abbreviations if known else (),
        jurisdiction=jurisdiction,
        is_amending=is_amending,
        name_key=_build_key(main if popular or not bracketed else own, jurisdiction),
        popular_key=_build_key(popular, jurisdiction) if popular and document_type in ("LBK", "LOV") else "",
        main=_capitalise(BRACKETS.sub("", own)),
        popular=_capitalise(f"{popular} for {place}" if popular and place else popular),
    )
