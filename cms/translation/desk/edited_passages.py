"""Passages of one translation as the three-way view shows them: source then, source now, and the words of the translation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from wagtail_localize.models import StringTranslation

from cms.translation.desk.passage_pairs import PassageChange, PassagePair, SourcePassage, pair_passages
from cms.translation.desk.passage_words import build_token, has_markup, write_for_field
from cms.translation.desk.source_texts import SourceText, list_passages
from cms.translation.desk.translated_content import TranslatedContent

StoredWords = Mapping[tuple[str, str], StringTranslation]


@dataclass(frozen=True)
class EditedPassage:
    """One passage with its words.

    ``words`` are those stored for the passage as it is now, "" where it is not translated; ``offered`` is what its field holds:
    these, else those of the passage as it was. ``token`` is the digest of the stored words, ``loaded`` of the offered ones.
    """

    pair: PassagePair
    label: str
    words: str
    offered: str
    error: str = ""
    told_by: str = ""
    is_machine: bool = False

    @property
    def key(self) -> str:
        """The name of its fields in the form."""
        passage = self.pair.now or self.pair.before
        return passage.key if passage else ""

    @property
    def token(self) -> str:
        """The digest of the words that are stored."""
        return build_token(self.words)

    @property
    def loaded(self) -> str:
        """The digest of what the field holds."""
        return build_token(self.offered)

    @property
    def is_marked_up(self) -> bool:
        """Say whether the source's passage has tags, which are then shown in the field."""
        return self.pair.now is not None and has_markup(self.pair.now.data)

    @property
    def is_open(self) -> bool:
        """Say whether the passage still asks for words."""
        return self.pair.now is not None and (not self.words or bool(self.error))

    @property
    def is_changed(self) -> bool:
        """Say whether it is not what was translated."""
        return self.pair.change != PassageChange.UNCHANGED


def build_edited_passages(content: TranslatedContent, before: Any, now: SourceText) -> list[EditedPassage]:
    """Build the passages of a translation against a text of its source.

    ``before`` is the source page as it was translated. Where nobody knows it, whatever has words counts as unchanged.
    """
    source_now = now.passages
    source_before = list_passages(before) if before is not None else None
    if content.translation is None:
        return _build_by_place(content, source_before, source_now)
    stored = load_stored_words(content)
    if source_before is None:
        source_before = [passage for passage in source_now if (passage.path, passage.data) in stored]
    by_words = {data: words for (_path, data), words in stored.items()}
    passages = []
    for pair in pair_passages(source_before, source_now):
        own = _find_words(stored, pair.now)
        former = _find_words(stored, pair.before)
        # A block made anew has another path: the same words elsewhere in the text are offered.
        same = by_words.get(pair.now.data) if pair.now and own is None else None
        is_marked_up = pair.now is not None and has_markup(pair.now.data)
        offered = own or same or former
        words = write_for_field(own.data, is_marked_up=is_marked_up) if own else ""
        passages.append(
            EditedPassage(
                pair=pair,
                label=_label(content.source, pair),
                words=words,
                offered=write_for_field(offered.data, is_marked_up=is_marked_up) if offered else "",
                error=str(own.get_error() or "") if own else "",
                told_by=str(own.last_translated_by.get_full_name() or own.last_translated_by.get_username())
                if own and own.last_translated_by
                else "",
                is_machine=own is not None and own.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE,
            )
        )
    return passages


def load_stored_words(content: TranslatedContent) -> StoredWords:
    """Load every translated passage of a content in one language, by path and source fragment, the old ones too. One query."""
    rows = StringTranslation.objects.filter(
        context__object_id=content.content_id, locale_id=content.locale.pk
    ).select_related("translation_of", "context", "last_translated_by")
    return {(row.context.path, row.translation_of.data): row for row in rows}


def _find_words(stored: StoredWords, passage: SourcePassage | None) -> StringTranslation | None:
    return stored.get((passage.path, passage.data)) if passage is not None else None


def _build_by_place(
    content: TranslatedContent, before: Sequence[SourcePassage] | None, now: Sequence[SourcePassage]
) -> list[EditedPassage]:
    """Build the passages of a page that stands by itself: its words are those at the same place of the page."""
    places: dict[str, list[str]] = {}
    for passage in list_passages(content.target.get_latest_revision_as_object()) if content.target is not None else ():
        places.setdefault(passage.path, []).append(passage.text)
    passages = []
    for pair in pair_passages(now if before is None else before, now):
        place = pair.now or pair.before
        waiting = places.get(place.path, []) if place is not None else []
        words = waiting.pop(0) if waiting and pair.now is not None else ""
        passages.append(EditedPassage(pair, _label(content.source, pair), words, words))
    return passages


def _label(source: Any, pair: PassagePair) -> str:
    """Name the field a passage stands in, as the editor's form does."""
    passage = pair.now or pair.before
    name = passage.path.partition(".")[0] if passage is not None else ""
    try:
        field = source._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    if isinstance(field, models.ForeignObjectRel):
        return str(field.related_model._meta.verbose_name_plural)
    return str(field.verbose_name)
