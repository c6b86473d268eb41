"""Facts that wagtail-localize keeps about a translated page: when its source was read, and whether a machine wrote it."""

from typing import Any

from wagtail_localize.models import StringTranslation, TranslationLog

from cms.publication.registry import SourceReading
from cms.translation.passages.missing_passages import find_translation


def find_source_reading(page: Any, revision_id: int | None) -> SourceReading | None:
    """Find when the source was read for this draft of a translation; ``None`` when it was not made with wagtail-localize.

    All languages share one reading, so a draft made from the one before does not render the newest: wagtail-localize notes which
    revision it made, and when. A revision it did not make renders none in particular.
    """
    translation = find_translation(page)
    if translation is None:
        return None
    moment = translation.source.last_updated_at
    drafts = TranslationLog.objects.filter(source=translation.source, locale=page.locale_id, created_at__gte=moment)
    return SourceReading(moment, is_newest=drafts.filter(revision_id=revision_id or page.latest_revision_id).exists())


def is_machine_translated(page: Any) -> bool:
    """Say whether any passage of the translation still stands as a machine wrote it."""
    return bool(list_machine_passages(page).exists())


def list_machine_passages(page: Any) -> Any:
    """List the passages of a translation that stand as a machine wrote them."""
    translation = find_translation(page)
    if translation is None:
        return StringTranslation.objects.none()
    return StringTranslation.objects.filter(
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
        locale=page.locale_id,
        translation_of__segments__source=translation.source,
        context__object_id=page.translation_key,
    ).distinct()


def stop_translation(page: Any) -> None:
    """Let a page stand by its own words from now on; the passages translated so far are kept, for whoever starts again."""
    translation = find_translation(page)
    if translation is not None:
        translation.enabled = False
        translation.save(update_fields=["enabled"])
