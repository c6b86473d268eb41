"""Danish alphabetical order: æ ø å follow z, and Aa sorts as å (Retskrivningsordbogen § 2)."""

from django.db import connection
from django.db.models import F
from django.db.models.functions import Collate

ALPHABET = {"æ": "z{", "ø": "z|", "å": "z}", "ä": "z{", "ö": "z|", "ü": "y"}


def danish_sort_key(text: str) -> str:
    """Build a key under which Danish names sort as a Dane expects: Viborg before Ærø before Aarhus."""
    folded = text.casefold().replace("aa", "å")
    return "".join(ALPHABET.get(character, character) for character in folded)


def by_code_point(field: str) -> Collate:
    """Build the order of a text column by code points, which sort keys are made for.

    PostgreSQL's own order is the one the database was created with: any language's, with or without regard to capitals.
    """
    return Collate(F(field), "C" if connection.vendor == "postgresql" else "BINARY")
