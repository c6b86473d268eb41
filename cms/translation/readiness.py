"""Readiness of a translation: why its newest draft cannot be released yet."""

from uuid import UUID

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.translation.passages import find_missing_passages


def find_gap(content_id: UUID, locale: str) -> str | None:
    """Find in words why a language is not ready to be released in its newest draft; ``None`` where it is."""
    page = (
        Page.objects.filter(translation_key=content_id, locale__language_code=locale, alias_of__isnull=True)
        .specific()
        .first()
    )
    if page is None:
        return _("There is no translation yet.")
    return find_missing_passages(page.get_latest_revision_as_object())
