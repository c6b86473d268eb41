"""Kinds of documents: what ``DocumentType`` says, today in letters ("LBK H#LOKDOK03"), before 2008 in words."""

import re

WORDS = {
    "lov": "LOV",
    "lovbekendtgørelse": "LBK",
    "bekendtgørelse": "BEK",
    "anordning": "ANO",
    "kongelig anordning": "ANO",
    "cirkulære": "CIR",
    "cirkulæreskrivelse": "CIS",
    "vejledning": "VEJ",
    "skrivelse": "SKR",
    "datasammenskrivning": "DSK",
}
KNOWN = frozenset(WORDS.values())
LETTERS = re.compile(r"[A-ZÆØÅ]{2,10}")


def find_document_type(delivered: str) -> str:
    """Find the letters of a type ("LBK"); an unknown type gives its own letters, nothing readable gives ""."""
    name = delivered.split("#", maxsplit=1)[0].strip()
    if known := WORDS.get(name.lower()):
        return known
    letters = LETTERS.match(name) or LETTERS.match(name.upper())
    return letters[0] if letters else ""
