"""Alphabetical order by each language's own rules: æ ø å after z and Aa as å in Danish, ł after l in Polish, accents as second key.

ICU compares (Unicode Collation Algorithm, CLDR's tailorings). Where titles of several languages stand in one list each is sorted
by its own language, and scripts follow one another as they do in Unicode's order, so that they do not mix.
"""

from functools import cache

from django.db import connection
from django.db.models import F
from django.db.models.functions import Collate
from icu import Collator, Locale

from cms.core.languages import SOURCE_LANGUAGE
from cms.core.unicode_text import clean_text

# Characters of a stored key, two for each byte: the first hundred or so letters decide.
KEY_LENGTH = 400


def build_sort_key(text: str, language_code: str = SOURCE_LANGUAGE) -> str:
    """Build a key whose order by code points is the order of the language: hexadecimal digits, at most ``KEY_LENGTH``.

    Keys of different versions of ICU do not compare: ``publication_rebuild windows`` writes the stored ones anew.
    """
    key: bytes = _get_collator(language_code).getSortKey(clean_text(text))
    return key.hex()[:KEY_LENGTH]


@cache
def _get_collator(language_code: str) -> Collator:
    # "kr-zzzz" leaves scripts in Unicode's order. Ukrainian and Arabic put their own before all others, and their letters would
    # mix with Latin ones in a list that falls back to English.
    return Collator.createInstance(Locale.forLanguageTag(f"{language_code}-u-kr-zzzz"))


def by_code_point(field: str) -> Collate:
    """Build the order of a text column by code points, which sort keys are made for.

    PostgreSQL's own order is the one the database was created with: any language's, with or without regard to capitals.
    """
    return Collate(F(field), "C" if connection.vendor == "postgresql" else "BINARY")
