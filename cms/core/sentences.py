"""Rules for the end of a Danish sentence: the "pkt." of a citation, and the periods a readability index counts.

A full stop ends a sentence when what follows can begin one, unless it belongs to an abbreviation that always leads on
("jf.", "stk.") or to the number of a day ("1. januar"). The same rules stand in ``static/legal/readability.js``; change both.
"""

import re

MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)
# These lead on to what they abbreviate the name of, so what follows may well begin with a capital or a digit.
LEADING = (
    r"adr|afd|afs|alm|art|bl\.a|ca|cf|cirk|d|den|dr|dvs|ekskl|evt|f\.eks|fhv|fr|frk|hhv|hr|inkl|jf|jfr|jr|kap|kgl|kl|maks|max"
    r"|ndr|nr|nuv|pga|pr|prof|sdr|skt|stk|str|tlf|vedr"
)
# These close a sentence as often as not: only a digit behind them shows that it goes on.
TRAILING = r"a\.m\.b\.a|e\.l|el\.lign|f\.m|e\.m|kr|m\.fl|m\.h\.t|m\.m|m\.v|mia|mill|mio|mv|o\.a|o\.l|osv|pct|pkt"
MONTH_WORDS = "|".join(MONTHS)

# Example: "‹jf›"
LEADING_WORD = re.compile(LEADING)
# Example: "‹kr›"
# Example: "‹2021›"
TRAILING_WORD = re.compile(rf"{TRAILING}|\d+")
# Example: "‹januar›"
MONTH = re.compile(MONTH_WORDS)
# Example: "Loven gælder‹.›"
# Example: "»Hvem gælder loven for‹?«› Ingen."
TERMINAL = re.compile(r"[.!?…]+[\"”“«»'’)\]]*(?=\s|$)")
# Example: "Efter § 9, ‹stk›"
# Example: "se ‹bl.a›"
LAST_WORD = re.compile(r"[^\W_](?:[\w./]*[^\W_])?$")
# Example: "‹ »Ansøgeren›« skal"
NEXT_WORD = re.compile(r"\s*[\"”“„»'’(\[–-]*\s*([^\W_]+|.)?")
WORD_REACH = 24


def find_sentence_ends(text: str) -> list[int]:
    """Find where the sentences of a text end: offsets behind the closing mark, in order.

    What stands behind the last of them is a sentence without an end, or nothing.
    """
    return [found.end() for found in TERMINAL.finditer(text) if _is_end(text, found)]


def _is_end(text: str, mark: re.Match[str]) -> bool:
    following = NEXT_WORD.match(text, mark.end())
    word = following[1] if following else None
    if not word:
        return True
    if word[0].islower():
        return False
    if mark[0][0] != ".":
        return True
    before = LAST_WORD.search(text[max(0, mark.start() - WORD_REACH) : mark.start()])
    abbreviation = before[0].lower() if before else ""
    if LEADING_WORD.fullmatch(abbreviation):
        return False
    if word[0].isdecimal():
        return not TRAILING_WORD.fullmatch(abbreviation)
    return not (abbreviation.isdecimal() and MONTH.fullmatch(word.lower()))
