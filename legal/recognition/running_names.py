"""Recognition of names in running text, where nothing marks the end of "lov om social service".

Words tell most of it: a name does not go on behind a finite verb, a conjunction that opens a clause, or another act. A well-known
act ends where its title does. What is left ("lov om ferie til en person") only the names of the acts there are can tell.
"""

import re

from legal.language.act_titles import WELL_KNOWN
from legal.recognition.value_lists import HYPHEN

KINDS = "lovbekendtgørelse|lagtingslov|landstingslov|inatsisartutlov|lov|bekendtgørelse|anordning|cirkulære|vejledning"
# Example: "efter ‹lov om ›ferie"
# Example: "‹bekendtgørelsen for Grønland om ›ferie"
OPENING = re.compile(
    rf"(?:{KINDS})(?:en|et|n|t)?\s+(?:for\s+(?:Grønland|Færøerne)\s+)?(?:om|vedrørende|angående)\s+", re.IGNORECASE
)
# Example: "‹ferie›, barsel"
# Example: "‹m.v.›"
WORD = re.compile(rf"m\.\s?v\.|m\.\s?m\.|m\.\s?fl\.|\([a-zæøå]{{2,5}}\)|[\w/&’'{HYPHEN}]+")
# Example: "lov‹ ›om"
BLANK = re.compile(r"\s+")
# A word whose end is left out goes on behind a comma: "dag-, fritids- og klubtilbud".
# Example: "dag-‹, ›fritids- og klubtilbud"
ELLIPSIS = re.compile(rf"(?<=[{HYPHEN}])\s*,\s*")
# Example: "‹m.v.›"
# Example: "‹m.fl.›"
ABBREVIATED = re.compile(r"m\.\s?(?:v|m|fl)\.|mv|mm|mfl")
# Behind "m.v." a name goes on with these alone.
# Example: "‹til børn›"
# Example: "‹for ›unge"
AFTER_ABBREVIATION = re.compile(r"til\s+(?:børn|voksne|unge|visse|tidligere)\b|(?:for|ved|af)\s|i\s+forbindelse\b")
LONGEST_NAME_WORDS = 30

# Example: "‹skal›"
FINITE_VERBS = re.compile(
    r"skal|kan|må|vil|er|har|var|havde|bliver|blev|får|fik|gælder|gjaldt|finder|fandt|træder|trådte|betaler|modtager|"
    r"udgør|omfatter|indgår|medfører|bevarer|fastsætter|giver|opfylder|overgår|indtræder|deltager|følger|fremgår|udgår|"
    r"forstås|bortfalder|indeholder|skulle|kunne|måtte|ville|være|have|bør|burde|mangler|træffer|ophører|forbliver|"
    r"består|føre|tage|udarbejdet|ske|sker|fremsender|anmoder|ansøger|afholder|yder|udbetaler|tilbyder|finde|træffe|"
    r"fastsætte|indgå|betale|opstille|omfattede"
)
# Words of a clause that goes on behind the name.
# Example: "‹jf›"
CLAUSE_WORDS = re.compile(
    r"jf|eller|som|der|hvis|når|såfremt|medmindre|hvorefter|hvor|herunder|men|da|at|ikke|dog|også|kapitel|kap|afsnit|"
    r"bilag|efter|uanset|uden|denne|dette|disse|samtidig|fortsat|alene|kun|bl|ifølge|henholdsvis|hvilket|hvilken|både|"
    r"enten|samtidigt|nævnte|nævnt|fastsatte|fastsat|omhandlede|omfattet|berettiget|udstedte|udstedt|nedsatte|godkendt|"
    r"tilsvarende|bortset|senest|tidligst|mindst|stk|nr|litra|pkt|han|hun|vi|man"
)
# Example: "‹gælder›"
# Example: "‹samtidig›"
STOPS = re.compile(f"{FINITE_VERBS.pattern}|{CLAUSE_WORDS.pattern}")
# Example: "‹afgives›"
# No match: "ferie"
# Example: "‹fastsættes›"
PASSIVE = re.compile(r"[a-zæøå]{2,}(?:[bgklmpstv]es|[^n]des|[^e]ndes|[a-zæøå]eres)")
# Genitives that look like passive verbs.
# Example: "‹arbejdstageres›"
PERSONS = re.compile(
    r".*(?:tageres|giveres|ejeres|brugeres|arbejderes|lejeres|borgeres|søgeres|holderes|ansattes|unges|syges|fattiges|kvindes|"
    r"landes|menneskes|afdødes|områdes|selskabes|skibes|udlændinges|fiskeres|statens|danskes)"
)
# Words that belong to a name or not by what follows them.
# Example: "‹i øvrigt›"
# Example: "‹anvendelse›"
GOING_ON = re.compile(
    r"anvendelse(?!\s+af\b)|inden(?!\s+for\s+(?!følgende|en|de)\w)|i\s+(?:øvrigt|det\s+omfang)\b|for\s+så\s+vidt\b|over\s+for\b"
)
# What begins something else than the rest of a name, behind "og" or "samt".
# Example: "‹lov› om barsel"
# Example: "‹udlændingeloven›"
ANOTHER = re.compile(
    rf"(?:{KINDS})\b|[\w-]+(?:lov|bekendtgørels)ens?\b|§|\d|(?:EU-)?forordning|direktiv|regler|bestemmelse|kravet?\b|kravene\b|"
    r"(?:de|den|det|denne|i|på|efter|er|af|til|for|med|fra|ved|lovens|tidspunkt|hjælp|udføre|\w+(?:eren|enten|anten))\b",
    re.IGNORECASE,
)
WELL_KNOWN_TITLES = sorted((title for title in WELL_KNOWN if " " in title), key=len, reverse=True)


def find_name_end(text: str, start: int) -> int | None:
    """Find where a name that begins at ``start`` with its kind ends, as far as words tell; ``None``: no name begins there."""
    opening = OPENING.match(text, start)
    if opening is None:
        return None
    if end := _find_well_known_end(text, start):
        return end
    at = opening.end()
    end = None
    for _count in range(LONGEST_NAME_WORDS):
        word = WORD.match(text, at)
        if word is None or (end is not None and _is_stop(text, word)):
            break
        is_joint = word[0] in ("og", "samt")
        blank = ELLIPSIS.match(text, word.end()) or BLANK.match(text, word.end())
        if is_joint and (blank is None or _begins_another(text, blank.end())):
            break
        if not is_joint:
            end = word.end()
        if blank is None or (ABBREVIATED.fullmatch(word[0]) and not AFTER_ABBREVIATION.match(text, blank.end())):
            break
        at = blank.end()
    return end


def _find_well_known_end(text: str, start: int) -> int | None:
    for title in WELL_KNOWN_TITLES:
        end = start + len(title)
        if text[start:end].lower() == title and not text[end : end + 1].isalnum():
            return end
    return None


def _is_stop(text: str, word: re.Match[str]) -> bool:
    written = word[0]
    if STOPS.fullmatch(written.lower()) or written == "Stk" or GOING_ON.match(text, word.start()):
        return True
    return bool(PASSIVE.fullmatch(written)) and not PERSONS.fullmatch(written)


def _begins_another(text: str, at: int) -> bool:
    word = WORD.match(text, at)
    return word is None or bool(ANOTHER.match(text, at)) or _is_stop(text, word)
