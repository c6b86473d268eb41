"""Passages that stand in a translation as they are in the source, because a person has said so: a name, a quotation, a number."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.core.permissions import list_editable_pages


@transaction.atomic
def keep_source_words(content_id: UUID, locale: str, segments: Collection[int], *, user: Any) -> int:
    """Let passages without a translation stand as they are; ``segments`` holds ids of wagtail-localize's string segments.

    They count as translated from now on, by this user, and the draft is saved with them. What is translated already is left alone.
    Returns how many were marked.

    Raises:
        PermissionDenied: if the user may not edit the translation.
        Translation.DoesNotExist: if the content is not translated passage by passage in this language.
    """
    translation = Translation.objects.select_related("source", "target_locale").get(
        source__object_id=content_id, target_locale__language_code=locale, enabled=True
    )
    pages = list_editable_pages(user).filter(translation_key=content_id, locale=translation.target_locale_id)
    if not pages.exists():
        raise PermissionDenied
    found = StringSegment.objects.filter(source=translation.source, pk__in=segments)
    untranslated = [
        segment
        for segment in found.annotate_translation(translation.target_locale).select_related("string")
        if not segment.translation
    ]
    for segment in untranslated:
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context_id=segment.context_id,
            defaults={
                "data": segment.string.data,
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                "last_translated_by": user,
                "has_error": False,
                "field_error": "",
            },
        )
    if untranslated:
        translation.save_target(user=user, publish=False)
    return len(untranslated)
