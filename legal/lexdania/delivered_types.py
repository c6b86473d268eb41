"""Parser of the document type as LexDania gives it: in letters today ("LBK H#LOKDOK03"), in words before 2008."""

import re

from legal.language.document_types import TYPE_LETTERS

# Documents before 2008 write the type in words; a royal decree is one of the kind that is now called "anordning".
WORDS = {**TYPE_LETTERS, "kongelig anordning": "ANO"}
KNOWN = frozenset(WORDS.values())
# Example: "‹LBK› H"
LETTERS = re.compile(r"[A-ZÆØÅ]{2,10}")


def find_document_type(delivered: str) -> str:
    """Find the letters of a type ("LBK"); an unknown type gives its own letters, nothing readable gives ""."""
    name = delivered.split("#", maxsplit=1)[0].strip()
    if known := WORDS.get(name.lower()):
        return known
    letters = LETTERS.match(name) or LETTERS.match(name.upper())
    return letters[0] if letters else ""
