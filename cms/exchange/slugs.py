"""Slugs of imported pages."""

from itertools import chain, count

from django.utils.text import slugify
from wagtail.models import Page

from cms.core.reserved_paths import reserved_paths

LONGEST = 80
DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "ae", "Ø": "oe", "Å": "aa"})


def choose_slug(parent: Page, wish: str, locale: str) -> str:
    """Choose a slug under the parent that is neither taken nor the site's own.

    Danish letters are written out, other scripts stay as they are.
    """
    base = slugify(wish.translate(DANISH)) or slugify(wish, allow_unicode=True) or locale
    base = base[:LONGEST].strip("-")
    taken = set(Page.objects.child_of(parent).values_list("slug", flat=True))
    wishes = chain([base], (f"{base}-{number}" for number in count(2)))
    return next(slug for slug in wishes if slug not in taken and not reserved_paths.find_reserved(parent, slug))
