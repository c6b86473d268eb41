"""Words that readers have of a translation, held against the source of today: what stands against calling them still right."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.core.calendar import today
from cms.core.languages import LANGUAGES
from cms.publication.log.history import ContentHistory
from cms.publication.log.timeline import find_span
from cms.translation.checks.translation_checks import CheckedPassage, TranslationChecker
from cms.translation.passages.missing_passages import find_translation
from cms.translation.passages.passage_pairs import PassageChange, PassagePair, SourcePassage, pair_passages
from cms.translation.passages.source_texts import find_released_page, find_translated_text, list_passages
from cms.translation.passages.stored_words import StoredWords, find_words, load_stored_words, store_words

NAMED = 5


@dataclass(frozen=True)
class StandingPassage:
    """A passage that has changed in the source since it was translated, and the words that readers have for it."""

    pair: PassagePair
    words: str
    checked: CheckedPassage | None

    @property
    def blocking(self) -> CheckedPassage | None:
        """The findings, where they stand against calling the words still right."""
        return self.checked if self.checked is not None and self.checked.blocking else None


@dataclass(frozen=True)
class StandingWords:
    """The changed passages of one language; ``is_stored`` says whether it is translated passage by passage."""

    source: Any
    target: Any
    is_stored: bool
    passages: tuple[StandingPassage, ...]

    def find_obstacle(self) -> str | None:
        """Say which words are not right for the source of today; ``None`` where none is known to be wrong."""
        blocked = [passage.blocking for passage in self.passages if passage.blocking]
        if not blocked:
            return None
        named = [f"“{found.example}” – {found.blocking[0].message}" for found in blocked[:NAMED]]
        return _(
            "“%(title)s” is not still right in %(language)s: passages that differ from their source: %(count)s. %(named)s. "
            "Correct them, or let each one stand with a reason."
        ) % {
            "title": self.target,
            "language": LANGUAGES[self.target.locale.language_code].endonym,
            "count": len(blocked),
            "named": "; ".join(named),
        }

    def keep(self, user: Any) -> None:
        """Store the words for the passages as they are now: whoever called them right need not be asked for them again."""
        if not self.is_stored:
            return
        stored = load_stored_words(self.source.translation_key, self.target.locale_id)
        for passage in self.passages:
            now = passage.pair.now
            if now is not None and find_words(stored, now) is None:
                store_words(self.source, self.target.locale, now, passage.words, user)


def find_standing_words(content_id: UUID, locale: str, history: ContentHistory) -> StandingWords | None:
    """Find the passages that have changed between the source a language was made from and that of today, with their words.

    ``None`` where nobody knows the one or the other. New passages have no words that could be wrong.
    """
    pages = list(Page.objects.filter(translation_key=content_id, alias_of__isnull=True).order_by("pk").specific())
    target = next((page for page in pages if page.locale.language_code == locale), None)
    applying = find_span(history.build_text_spans(history.source_locale), today())
    if target is None or applying is None:
        return None
    source = pages[0]
    translation = find_translation(target)
    before = find_translated_text(history, source, locale, translation)
    now = find_released_page(applying.row, source)
    if before is None or now is None:
        return None
    stored = load_stored_words(content_id, target.locale_id) if translation is not None else {}
    checker = TranslationChecker(content_id, source.locale.language_code, locale)
    passages = _iterate_standing(list_passages(before), list_passages(now), list_passages(target), stored, checker)
    return StandingWords(source, target, translation is not None, tuple(passages))


def _iterate_standing(
    before: list[SourcePassage],
    now: list[SourcePassage],
    own: list[SourcePassage],
    stored: StoredWords,
    checker: TranslationChecker,
) -> Iterator[StandingPassage]:
    at_place = dict(_iterate_by_place(before, own))
    for pair in pair_passages(before, now):
        if pair.change != PassageChange.CHANGED or pair.before is None or pair.now is None:
            continue
        row = find_words(stored, pair.before)
        if row is not None:
            yield StandingPassage(pair, row.data, checker.check(pair.now.data, row.data))
        elif words := at_place.get(pair.before):
            checked = checker.check_change(pair.before.data, pair.now.data, words)
            yield StandingPassage(pair, words, checked)


def _iterate_by_place(before: list[SourcePassage], own: list[SourcePassage]) -> Iterator[tuple[SourcePassage, str]]:
    """Iterate over the passages of a source with what stands at their places in a translation that has as many there."""
    for path in dict.fromkeys(passage.path for passage in before):
        theirs = [passage for passage in before if passage.path == path]
        ours = [passage for passage in own if passage.path == path]
        if len(theirs) == len(ours):
            yield from zip(theirs, (passage.data for passage in ours), strict=True)
