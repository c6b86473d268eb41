"""Keep translated words with their passage when only its place has changed.

wagtail-localize 1.14 looks for the words of a passage at its place alone, by the ids of blocks. A block that was written
anew, moved or came with a bundle has another id, and a translator would be asked for words that are there.
"""

from functools import wraps

from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource


def guard_refreshing() -> None:
    """Wrap ``TranslationSource.refresh_segments``; calling it twice changes nothing."""
    refresh = TranslationSource.refresh_segments
    if hasattr(refresh, "is_guarded"):
        return

    @wraps(refresh)
    def refresh_segments(self: TranslationSource) -> None:
        refresh(self)
        keep_words(self)

    refresh_segments.is_guarded = True  # type: ignore[attr-defined]
    TranslationSource.refresh_segments = refresh_segments


def keep_words(source: TranslationSource) -> int:
    """Give passages at a new place the newest words of the same passage at a place it has left; returns how many."""
    passages = set(StringSegment.objects.filter(source=source).values_list("string_id", "context_id"))
    filled: set[tuple[int, int, int]] = set()
    left: dict[tuple[int, int], StringTranslation] = {}
    for row in StringTranslation.objects.filter(context__object_id=source.object_id).order_by("updated_at", "pk"):
        if (row.translation_of_id, row.context_id) in passages:
            filled.add((row.locale_id, row.translation_of_id, row.context_id))
        elif not row.has_error:
            left[row.locale_id, row.translation_of_id] = row
    made = [
        StringTranslation(
            locale_id=locale_id,
            translation_of_id=string_id,
            context_id=context_id,
            data=row.data,
            translation_type=row.translation_type,
            tool_name=row.tool_name,
            last_translated_by_id=row.last_translated_by_id,
        )
        for (locale_id, string_id), row in left.items()
        for passage_id, context_id in passages
        if passage_id == string_id and (locale_id, string_id, context_id) not in filled
    ]
    return len(StringTranslation.objects.bulk_create(made))
