"""Drafts of translations: whether somebody has begun one, and whether all of it is translated and may be published."""

import re
from typing import Any

from wagtail_localize.models import StringTranslation, Translation

from cms.core.calendar import today
from cms.core.html_reader import read_line
from cms.core.models import ReleasablePage
from cms.core.stored_texts import iterate_texts
from cms.publication.enums import TranslationState
from cms.publication.log.history import load_histories
from cms.publication.models import Release
from cms.publication.pages.page_words import read_words
from cms.publication.pages.rendered_versions import find_source_version
from cms.translation.checks.translation_checks import is_blocked
from cms.translation.enums import WorkEvent
from cms.translation.passages.missing_passages import find_translation, list_missing_passages
from cms.translation.passages.source_readings import is_machine_translated
from cms.translation.passages.words import WORD

WORDS_OF_A_SENTENCE = 4
# Example: "<p>Ja.‹</p>›<p>Nej."
END_OF_PASSAGE = re.compile(r"</(?:p|li|h[1-6])>")


def find_draft_event(draft: ReleasablePage) -> WorkEvent | None:
    """Find what a draft tells of the work on it: edited, complete, or a machine's; ``None`` while it is an untouched copy.

    A draft in which a check blocks a passage is not complete, although every passage has its words. A draft that says nothing
    but what readers have already tells nothing either.
    """
    translation = find_translation(draft)
    if translation is not None:
        return _find_passages_event(draft, translation)
    return _find_fields_event(draft)


def _find_passages_event(draft: ReleasablePage, translation: Translation) -> WorkEvent | None:
    if list_missing_passages(translation):
        return WorkEvent.EDITED if _has_translated_passages(translation) else None
    if _has_old_source(draft, translation) or is_blocked(translation):
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
    if own == source:
        return None
    released = draft.live_revision.as_object() if draft.live and draft.live_revision else None
    if released is not None and read_words(released) == own:
        return None
    left = set(_list_sentences(source)) & set(_list_sentences(own))
    return WorkEvent.EDITED if left else WorkEvent.COMPLETED


def _list_sentences(words: dict[str, Any]) -> list[str]:
    """List the passages that are longer than a name: a heading may be the same in two languages, a sentence is not."""
    texts = (text for value in words.values() for text in iterate_texts(value))
    passages = [read_line(passage) for text in texts for passage in END_OF_PASSAGE.split(text)]
    return [passage for passage in passages if _count_words(passage) >= WORDS_OF_A_SENTENCE]


def _count_words(passage: str) -> int:
    return sum(bool(WORD.search(part)) for part in passage.split())
