"""Facts that wagtail-localize keeps about a translated page: when its source was read, and whether a machine wrote it."""

from datetime import datetime
from typing import Any

from wagtail_localize.models import StringTranslation

from cms.translation.passages import find_translation


def find_source_moment(page: Any) -> datetime | None:
    """Find when the source was last read for this translation; ``None`` when it was not made with wagtail-localize."""
    translation = find_translation(page)
    return translation.source.last_updated_at if translation else None


def is_machine_translated(page: Any) -> bool:
    """Say whether any string of the translation still stands as a machine wrote it."""
    translation = find_translation(page)
    if translation is None:
        return False
    machine = StringTranslation.objects.filter(
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
        locale=page.locale,
        translation_of__segments__source=translation.source,
        context__object_id=page.translation_key,
    )
    return bool(machine.exists())


def stop_translation(page: Any) -> None:
    """Let a page stand by its own words from now on; the passages translated so far are kept, for whoever starts again."""
    translation = find_translation(page)
    if translation is not None:
        translation.enabled = False
        translation.save(update_fields=["enabled"])
