"""Drafts of translations: whether somebody has begun one, and whether all of it is translated."""

from typing import Any

from django.db import models
from wagtail.fields import StreamField
from wagtail_localize.models import StringTranslation, Translation

from cms.core.calendar import today
from cms.core.models import ReleasablePage
from cms.publication.enums import TranslationState
from cms.publication.log.history import load_histories
from cms.publication.models import Release
from cms.publication.pages.rendered_versions import find_source_version
from cms.translation.enums import WorkEvent
from cms.translation.lifecycle import is_machine_translated
from cms.translation.passages import WORD, find_translation, list_missing_passages


def find_draft_event(draft: ReleasablePage) -> WorkEvent | None:
    """Find what a draft tells of the work on it: edited, complete, or a machine's; ``None`` while it is an untouched copy.

    A draft that says nothing but what readers have already tells nothing either.
    """
    translation = find_translation(draft)
    if translation is not None:
        return _find_passages_event(draft, translation)
    return _find_fields_event(draft)


def _find_passages_event(draft: ReleasablePage, translation: Translation) -> WorkEvent | None:
    if list_missing_passages(translation):
        return WorkEvent.EDITED if _has_translated_passages(translation) else None
    if _has_old_source(draft, translation):
        return WorkEvent.EDITED
    return WorkEvent.MACHINE_RUN if is_machine_translated(draft) else WorkEvent.COMPLETED


def _has_old_source(draft: ReleasablePage, translation: Translation) -> bool:
    """Say whether the source has changed in substance since its passages were read."""
    history = load_histories([draft.translation_key])[draft.translation_key]
    if not any(row.is_text for row in history.rows):
        return False
    moment = translation.source.last_updated_at
    version = find_source_version(history, history.source_locale, today(), moment)
    text = Release(locale=draft.locale.language_code, source_version=version)
    return history.derive_state(text, today()) == TranslationState.OUTDATED


def _has_translated_passages(translation: Translation) -> bool:
    found: bool = StringTranslation.objects.filter(
        locale=translation.target_locale,
        context__object_id=translation.source.object_id,
        translation_of__segments__source=translation.source,
    ).exists()
    return found


def _find_fields_event(draft: ReleasablePage) -> WorkEvent | None:
    pages = draft.list_source_first()
    if not pages or pages[0].pk == draft.pk:
        return None
    source, own = read_words(pages[0].specific), read_words(draft)
    left = [name for name, words in own.items() if words == source.get(name)]
    if len(left) == len(own):
        return None
    released = draft.live_revision.as_object() if draft.live and draft.live_revision else None
    if released is not None and read_words(released) == own:
        return None
    # A title may be the same in two languages; a text is not.
    return WorkEvent.EDITED if any(name != "title" for name in left) else WorkEvent.COMPLETED


def read_words(page: ReleasablePage) -> dict[str, Any]:
    """Read the words of a page by field, those without a word left out: the title, its running texts and its blocks."""
    fields = [field for field in page._meta.get_fields() if isinstance(field, models.TextField | StreamField)]
    said = {field.name: field.value_from_object(page) for field in fields if field.name not in _NO_WORDS}
    said = {name: _write_raw(value) for name, value in said.items()}
    return {"title": page.title, **{name: words for name, words in said.items() if WORD.search(words)}}


# References and what Wagtail keeps for itself.
_NO_WORDS = frozenset({"citations", "related", "sources", "url_path", "search_description", "draft_title", "slug"})


def _write_raw(value: Any) -> str:
    if hasattr(value, "stream_block"):
        return " ".join(repr((child.block_type, child.get_prep_value().get("value"))) for child in value)
    return str(value or "")
