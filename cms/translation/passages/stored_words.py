"""Words that translators stored for passages, and the writer of them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from wagtail_localize.models import String, StringTranslation, TranslationContext
from wagtail_localize.strings import StringValue

from cms.translation.passages.passage_pairs import SourcePassage

StoredWords = Mapping[tuple[str, str], StringTranslation]


def load_stored_words(content_id: UUID, locale_id: int) -> StoredWords:
    """Load every translated passage of a content in one language, by path and source fragment, the old ones too. One query."""
    rows = StringTranslation.objects.filter(context__object_id=content_id, locale_id=locale_id).select_related(
        "translation_of", "context", "last_translated_by"
    )
    return {(row.context.path, row.translation_of.data): row for row in rows}


def find_words(stored: StoredWords, passage: SourcePassage | None) -> StringTranslation | None:
    """Find the words that are stored for a passage."""
    return stored.get((passage.path, passage.data)) if passage is not None else None


def store_words(source: Any, locale: Any, passage: SourcePassage, data: str, user: Any) -> None:
    """Store a person's words for a passage of a source page; "" deletes those that are there.

    The passage need not be one of the reading that wagtail-localize holds: a later reading finds its words.
    """
    string = String.from_value(source.locale_id, StringValue(passage.data))
    context, _is_new = TranslationContext.objects.get_or_create(
        object_id=source.translation_key,
        path_id=TranslationContext._get_path_id(passage.path),
        defaults={"path": passage.path, "object_id": source.translation_key},
    )
    rows = StringTranslation.objects.filter(translation_of=string, context=context, locale=locale)
    if not data:
        rows.delete()
        return
    StringTranslation.objects.update_or_create(
        translation_of=string,
        context=context,
        locale=locale,
        defaults={
            "data": data,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            "tool_name": "",
            "last_translated_by": user,
            "has_error": False,
            "field_error": "",
        },
    )
