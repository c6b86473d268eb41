"""Slugs of imported pages."""

from django.utils.text import slugify
from wagtail.models import Page

LONGEST = 80
DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "ae", "Ø": "oe", "Å": "aa"})


def choose_slug(parent: Page, wish: str, locale: str) -> str:
    """Choose a slug that is free under the parent; Danish letters are written out, other scripts stay as they are."""
    base = slugify(wish.translate(DANISH)) or slugify(wish, allow_unicode=True) or locale
    base = base[:LONGEST].strip("-")
    taken = set(Page.objects.child_of(parent).values_list("slug", flat=True))
    if base not in taken:
        return base
    return next(f"{base}-{number}" for number in range(2, len(taken) + 3) if f"{base}-{number}" not in taken)
