"""Slugs out of titles: ASCII, whatever language or script the title is in.

ICU transliterates (CLDR; Ukrainian by the BGN/PCGN system). Before it, letters are written out by custom: Danish ones wherever they
stand, German ones on German pages.
"""

from functools import cache

from django.utils.text import slugify
from icu import Transliterator

from cms.core.unicode_text import compose_text, strip_invisible

# Longest slug that is made of a title; whoever writes one may write more.
LONGEST = 80
DANISH = {"æ": "ae", "ø": "oe", "å": "aa"}
GERMAN = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}


def build_slug(title: str, language_code: str) -> str:
    """Build the slug of a title; "" where it has neither letter nor digit."""
    slug = transliterate_slug(title, language_code)
    if len(slug) <= LONGEST:
        return slug
    return slug[:LONGEST].strip("-")


def transliterate_slug(text: str, language_code: str) -> str:
    """Turn a text of any length into ASCII letters, digits and hyphens; a slug that is ASCII already stays as it is."""
    written = compose_text(strip_invisible(text)).lower()
    for letter, replacement in _get_letters(language_code).items():
        written = written.replace(letter, replacement)
    return str(slugify(_get_transliterator().transliterate(written)))


def list_letter_rules(language_code: str) -> list[tuple[str, str]]:
    """List ``(letter, what it is written as)`` for the editor's own suggestion of a slug, small and capital letters."""
    letters = _get_letters(language_code).items()
    forms = [(form, written) for letter, written in letters for form in (letter, letter.upper())]
    return [(form, written) for form, written in forms if len(form) == 1]


def _get_letters(language_code: str) -> dict[str, str]:
    return DANISH | GERMAN if language_code == "de" else DANISH


@cache
def _get_transliterator() -> Transliterator:
    return Transliterator.createInstance("Ukrainian-Latin/BGN; Any-Latin; Latin-ASCII")
