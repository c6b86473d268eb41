"""Drafts of translations: who may make them, and their making from the passages that are stored."""

from typing import Any

from django.core.exceptions import PermissionDenied
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.views.edit_translation import user_can_edit_instance

from cms.core.permissions import list_editable_pages, list_working_locales
from cms.publication.access.editor_access import filter_seen_in_editor
from cms.publication.models import Window
from cms.translation.interchange.translatable_texts import find_target


def may_translate(user: Any, source: Any, locale: str) -> bool:
    """Say whether a user may translate a text into a language: edit what is there, or begin it and see the source."""
    target = find_target(source, locale)
    if target is None:
        return locale in list_working_locales(user) and may_see_source(user, source)
    try:
        return bool(user_can_edit_instance(user, target))
    except PermissionDenied:
        return False


def may_see_source(user: Any, source: Any) -> bool:
    """Say whether a user may see a text: readers they belong to have it, or they may edit it."""
    if user.is_superuser or not isinstance(source, Page):
        return True
    windows = Window.objects.filter(content_id=source.translation_key)
    return bool(
        filter_seen_in_editor(windows, user).exists() or list_editable_pages(user).filter(pk=source.pk).exists()
    )


def save_draft(source: TranslationSource, locale: str, *, user: Any) -> Translation:
    """Save what is translated as a draft; wagtail-localize begins the translation where nobody has."""
    translation, _is_new = Translation.objects.get_or_create(
        source=source, target_locale=Locale.objects.get(language_code=locale)
    )
    translation.enabled = True
    translation.save(update_fields=["enabled"])
    translation.save_target(user=user, publish=False)
    return translation
