"""Drafts of translations: who may make them, and their making from the passages that are stored."""

from typing import Any

from django.core.exceptions import PermissionDenied
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.views.edit_translation import user_can_edit_instance

from cms.translation.interchange.source_texts import find_target


def may_translate(user: Any, source: Any, locale: str) -> bool:
    """Say whether a user may translate a text into a language: edit what is there, or begin it."""
    target = find_target(source, locale)
    if target is None:
        return bool(user.has_perm("wagtail_localize.submit_translation"))
    try:
        return bool(user_can_edit_instance(user, target))
    except PermissionDenied:
        return False


def save_draft(source: TranslationSource, locale: str, *, user: Any) -> Translation:
    """Save what is translated as a draft; wagtail-localize begins the translation where nobody has."""
    translation, _is_new = Translation.objects.get_or_create(
        source=source, target_locale=Locale.objects.get(language_code=locale)
    )
    translation.enabled = True
    translation.save(update_fields=["enabled"])
    translation.save_target(user=user, publish=False)
    return translation
