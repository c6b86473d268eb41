"""Readiness of a translation: what still stands against releasing its newest draft."""

from uuid import UUID

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.publication.pages.obstacles import find_obstacle


def find_gap(content_id: UUID, locale: str) -> str | None:
    """Find why the newest draft of a language may not be released, in words; ``None`` where it is ready."""
    page = Page.objects.filter(translation_key=content_id, locale__language_code=locale, alias_of__isnull=True).first()
    if page is None:
        return _("Nobody has begun to translate it.")
    return find_obstacle(page.specific.get_latest_revision_as_object())
