"""The first rows that Wagtail's migrations make, made again in a database that a test has emptied."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Collection, Page

from cms.core.starter_set import load_languages


def ensure_roots() -> None:
    """Make the roots of pages and collections where they are missing. Content types have other numbers after a flush."""
    ContentType.objects.clear_cache()
    if not Page.objects.exists():
        Page.add_root(instance=Page(title="Root", slug="root", locale=load_languages()["da"]))
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
