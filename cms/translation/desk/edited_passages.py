"""Passages of one translation as the three-way view shows them: source then, source now, and the words of the translation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from wagtail_localize.models import StringTranslation

from cms.translation.checks.translation_checks import CheckedPassage, TranslationChecker
from cms.translation.desk.passage_words import build_token, has_markup, write_for_field
from cms.translation.desk.translated_content import TranslatedContent
from cms.translation.passages.passage_pairs import PassageChange, PassagePair, SourcePassage, pair_passages
from cms.translation.passages.source_texts import SourceText, list_passages
from cms.translation.passages.stored_words import find_words, load_stored_words


@dataclass(frozen=True)
class EditedPassage:
    """One passage with its words.

    ``words`` are those stored for the passage as it is now, "" where it is not translated; ``offered`` is what its field holds:
    these, else those of the passage as it was. ``token`` is the digest of the stored words, ``loaded`` of the offered ones.
    ``checked`` holds what was found in the offered ones.
    """

    pair: PassagePair
    label: str
    words: str
    offered: str
    error: str = ""
    told_by: str = ""
    is_machine: bool = False
    checked: CheckedPassage | None = None

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
        """Say whether the passage still asks for words, or for others."""
        return self.pair.now is not None and (not self.words or bool(self.error) or self.is_blocking)

    @property
    def is_blocking(self) -> bool:
        """Say whether a check stands against the words in its field."""
        return self.checked is not None and bool(self.checked.blocking)

    @property
    def may_stand(self) -> bool:
        """Say whether words that are offered, and not stored, may be taken for the passage as it is now."""
        return self.is_open and bool(self.offered) and (not self.words or bool(self.error))

    @property
    def is_begun(self) -> bool:
        """Say whether there are, or were, words for it."""
        return bool(self.offered)

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
    checker = TranslationChecker(content.content_id, content.source.locale.language_code, content.language_code)
    if content.translation is None:
        return _build_by_place(content, source_before, source_now, checker)
    stored = load_stored_words(content.content_id, content.locale.pk)
    if source_before is None:
        source_before = [passage for passage in source_now if (passage.path, passage.data) in stored]
    by_words = {data: words for (_path, data), words in stored.items()}
    passages = []
    for pair in pair_passages(source_before, source_now):
        own = find_words(stored, pair.now)
        former = find_words(stored, pair.before)
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
                checked=checker.check(pair.now.data, offered.data) if pair.now and offered else None,
            )
        )
    return passages


def _build_by_place(
    content: TranslatedContent,
    before: Sequence[SourcePassage] | None,
    now: Sequence[SourcePassage],
    checker: TranslationChecker,
) -> list[EditedPassage]:
    """Build the passages of a page that stands by itself: its words are those at the same place of the page.

    Nothing was translated where there is no page. Of words that were written freely only what a change of the source has made
    wrong is told.
    """
    places: dict[str, list[SourcePassage]] = {}
    for passage in list_passages(content.target.get_latest_revision_as_object()) if content.target is not None else ():
        places.setdefault(passage.path, []).append(passage)
    if content.target is None:
        before = []
    passages = []
    for pair in pair_passages(now if before is None else before, now):
        place = pair.now or pair.before
        waiting = places.get(place.path, []) if place is not None else []
        own = waiting.pop(0) if waiting and pair.now is not None else None
        words = own.text if own else ""
        checked = None
        if own and pair.before and pair.now and pair.change == PassageChange.CHANGED:
            checked = checker.check_change(pair.before.data, pair.now.data, own.data)
        passages.append(EditedPassage(pair, _label(content.source, pair), words, words, checked=checked))
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
