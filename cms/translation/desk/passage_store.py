"""Writers of a translation's passages: words of a form, the source taken over, a draft, and its publication."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation, TranslationLog, TranslationSource
from wagtail_localize.operations import translate_object

from cms.publication.pages.answers import giving_answers
from cms.publication.pages.obstacles import ReleaseRefusedError
from cms.translation.desk.edited_passages import EditedPassage, build_edited_passages
from cms.translation.desk.passage_words import build_token, read_from_field
from cms.translation.desk.translated_content import TranslatedContent
from cms.translation.enums import WorkEvent
from cms.translation.passages.missing_passages import list_missing_passages
from cms.translation.passages.passage_pairs import SourcePassage
from cms.translation.passages.source_texts import SLUG, SourceText
from cms.translation.passages.stored_words import store_words
from cms.translation.states import work
from cms.translation.states.readiness import find_gap


@dataclass(frozen=True)
class TypedWords:
    """Words that somebody typed for a passage.

    ``token`` is the digest of what was stored when the form was loaded, ``loaded`` that of what the field held. ``stands`` says
    that the words are right as they are, though the source's have changed.
    """

    text: str
    token: str
    loaded: str
    stands: bool = False

    @property
    def is_meant(self) -> bool:
        """Say whether the person did anything with this passage."""
        return self.stands or build_token(self.text) != self.loaded


@dataclass
class SavedPassages:
    """The outcome of a form: keys of passages stored, of those somebody else changed meanwhile, and words without a place.

    ``lost`` holds what was typed for passages that the source no longer has.
    """

    stored: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def start_translation(content: TranslatedContent, user: Any) -> None:
    """Make a draft of a content in a language, to be translated passage by passage."""
    translate_object(content.source, [content.locale], user=user)


@transaction.atomic
def save_passages(
    content: TranslatedContent, before: Any, now: SourceText, typed: Mapping[str, TypedWords], user: Any
) -> SavedPassages:
    """Store what a person typed and make a draft of it; the source is taken over first, so that the rest keeps its words.

    Words are stored only where what they replace is what the person was shown.
    """
    translation = _lock(content)
    passages = {passage.key: passage for passage in build_edited_passages(content, before, now) if passage.pair.now}
    outcome = SavedPassages()
    meant: list[tuple[SourcePassage, str]] = []
    for key, words in typed.items():
        if not words.is_meant:
            continue
        passage = passages.get(key)
        if passage is None or passage.pair.now is None:
            outcome.lost.append(words.text)
        elif words.token != passage.token and build_token(words.text) != passage.token:
            outcome.conflicts.append(key)
        else:
            meant.append((passage.pair.now, read_from_field(words.text, is_marked_up=passage.is_marked_up)))
            outcome.stored.append(key)
    if meant:
        _take_over(translation, now)
        for source_passage, data in meant:
            store_words(content.source, content.locale, source_passage, data, user)
        save_draft(content, translation, user)
    return outcome


@transaction.atomic
def take_over_source(content: TranslatedContent, now: SourceText, user: Any) -> None:
    """Let the translation follow a text of its source; passages that read as before keep their words."""
    translation = _lock(content)
    _take_over(translation, now)
    save_draft(content, translation, user)


def is_taken_over(content: TranslatedContent, passages: Sequence[EditedPassage]) -> bool:
    """Say whether the translation follows these passages of its source already."""
    if content.translation is None:
        return True
    segments = content.translation.source.stringsegment_set.exclude(context__path=SLUG)
    known = set(segments.values_list("context__path", "string__data"))
    wanted = {(passage.pair.now.path, passage.pair.now.data) for passage in passages if passage.pair.now}
    return wanted <= known


def save_draft(content: TranslatedContent, translation: Translation, user: Any) -> None:
    """Make a draft of the words translated so far, where none is missing. The page that is live stays as it is.

    wagtail-localize 1.14 writes a draft into the live page's row; a revision alone is what Wagtail's own editor makes.

    Raises:
        ValidationError: if a page of these words may not be stored.
    """
    if list_missing_passages(translation):
        work.record(WorkEvent.EDITED, content.content_id, content.language_code, user=user)
        return
    draft = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    draft.slug = _find_slug(translation) or content.target.slug
    revision = draft.save_revision(user=user)
    # wagtail-localize's own note of which draft was made of which reading of the source.
    TranslationLog.objects.create(source=translation.source, locale=translation.target_locale, revision=revision)


@transaction.atomic
def publish_translation(content: TranslatedContent, user: Any) -> None:
    """Publish a translation as a person: what its passages say, or the newest draft of a page that stands by itself.

    Raises:
        ReleaseRefusedError: if something stands against it; nothing was released then.
        ValidationError: if a page of these words may not be stored.
    """
    if content.translation is not None:
        save_draft(content, _lock(content), user)
    gap = find_gap(content.content_id, content.language_code)
    if gap is not None:
        raise ReleaseRefusedError(gap)
    # The page was loaded before the draft was made.
    draft = Page.objects.get(pk=content.target.pk).get_latest_revision()
    # A translation has no say in what becomes outdated, so there is nothing to answer.
    with giving_answers():
        draft.publish(user=user)


def _lock(content: TranslatedContent) -> Translation:
    """Lock the translation, so that two people's forms are taken one after the other."""
    if content.translation is None:
        raise ValueError("a page that stands by itself has no passages")
    return Translation.objects.select_for_update().get(pk=content.translation.pk)


def _take_over(translation: Translation, now: SourceText) -> None:
    TranslationSource.update_or_create_from_instance(now.page)
    translation.source.refresh_from_db()


def _find_slug(translation: Translation) -> str:
    words = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, context__path=SLUG, locale=translation.target_locale
    )
    return str(words.values_list("data", flat=True).first() or "")
