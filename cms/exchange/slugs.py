"""Slugs of imported pages."""

from wagtail.models import Page

from cms.core.reserved_paths import reserved_paths
from cms.core.slugs import build_slug

# So many slugs that are free among the pages are tried for one that no route of the site has.
FEW = 5


def choose_slug(parent: Page, wish: str, locale: str) -> str:
    """Choose a slug under the parent that is neither taken nor the site's own, in ASCII."""
    base = build_slug(wish, locale) or locale
    taken = set(Page.objects.child_of(parent).values_list("slug", flat=True))
    wishes = [base, *(f"{base}-{number}" for number in range(2, len(taken) + FEW))]
    free = [slug for slug in wishes if slug not in taken][:FEW]
    # Under a page that is hidden itself every slug is; publishing says so.
    return next((slug for slug in free if not reserved_paths.find_reserved(parent, slug)), free[0])
