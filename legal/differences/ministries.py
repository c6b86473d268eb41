"""Names of ministers and ministries in Danish law, masked so that a renamed office does not count as a changed rule.

Two forms occur, and both change with every government: the compound ("udlændinge- og integrationsministeren",
"Klima-, Energi- og Forsyningsministeriet") and the one with "for" ("ministeren for sundhed og forebyggelse").
"""

import re

# What stands behind "minister for": a closed list, because the words that follow a name look like one ("og fastsætter").
PORTFOLIOS = (
    *("beredskab", "bolig", "boliger", "by", "byer", "børn", "digitalisering", "europa", "fiskeri", "flygtninge"),
    *("forebyggelse", "forskning", "fødevarer", "grøn trepart", "handel", "indvandrere", "innovation", "integration"),
    *("kirke", "klima", "kultur", "køn", "landbrug", "landdistrikter", "ligestilling", "miljø", "natur"),
    *("nordisk samarbejde", "offentlig innovation", "samfundssikkerhed", "sociale forhold", "sundhed", "teknologi"),
    *("uddannelse", "udvikling", "udviklingssamarbejde", "undervisning", "videnskab", "videregående uddannelser"),
    *("ældre", "familie- og forbrugeranliggender"),
)
_PORTFOLIO = rf"(?:{'|'.join(sorted(map(re.escape, PORTFOLIOS), key=len, reverse=True))})-?s?\b"
_JOINT = r"(?:\s*,\s*og\s+|\s*,\s*|\s+og\s+)"
# Example: "Udlændinge- og integrations‹ministeren› fastsætter"
# Example: "‹ministeren for sundhed og forebyggelse› kan"
# Example: "Fødevare‹ministeriet›"
_OFFICE = re.compile(
    rf"minister(?P<ministry>iet|iets|ium|iums)?(?:en|ens|s)?\b(?:\s+for\s+{_PORTFOLIO}(?:{_JOINT}{_PORTFOLIO})*)?",
    re.IGNORECASE,
)
# Example: "Efter ‹udlændinge- og integrations›"
_PARTS = re.compile(r"(?:\b\w+-(?:\s*,\s*og\s+|\s*,\s*|\s*og\s+))*\b\w*$")
LONGEST_PARTS = 120

MINISTER = "\ue000"
MINISTRY = "\ue001"


def mask_ministries(text: str) -> str:
    """Put one sign in place of every minister and another in place of every ministry, whatever they are called.

    ``text`` holds no invisible characters. The signs are of the private use area and do not occur in texts of law.
    """
    pieces, end = [], 0
    for office in _OFFICE.finditer(text):
        # A name is looked for from its last word backwards, which is many times faster than from its first.
        parts = _PARTS.search(text, max(end, office.start() - LONGEST_PARTS), office.start())
        pieces += [text[end : parts.start() if parts else office.start()], MINISTRY if office["ministry"] else MINISTER]
        end = office.end()
    return "".join([*pieces, text[end:]])
