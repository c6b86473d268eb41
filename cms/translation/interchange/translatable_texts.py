"""Texts that can be translated, and their passages as wagtail-localize keeps them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin, Page
from wagtail.models.i18n import get_translatable_models
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from cms.core.calendar import today
from cms.core.html_reader import read_line
from cms.core.languages import LANGUAGES, SOURCE_LANGUAGE
from cms.publication.enums import Kind, TranslationState
from cms.publication.log.history import load_histories
from cms.publication.models import Release, Window
from cms.publication.pages.builder import find_source_page
from cms.publication.pages.obstacles import is_withdrawn
from cms.publication.pages.services import is_released_type
from cms.publication.registry import registry
from cms.translation.glossary.term_notes import TermNotes
from cms.translation.interchange.texts import FormerTranslation, Passage, PassageId


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage of a source with the translation that is stored for it, if one is."""

    segment: StringSegment
    translation: StringTranslation | None

    @property
    def id(self) -> PassageId:
        return PassageId(self.segment.context.path, self.segment.string.data_hash)


def list_snippet_models() -> list[type]:
    """List the models beside pages that are translated and can be drafts."""
    return [
        model
        for model in get_translatable_models()
        if not issubclass(model, Page) and issubclass(model, DraftStateMixin)
    ]


def iterate_contents() -> Iterator[UUID]:
    """Iterate over everything that is out in its first language, now or from a coming day: pages, then snippets."""
    types = [content_type.name for content_type in registry.list_page_types()]
    windows = Window.objects.present_and_future(today()).filter(state=TranslationState.SOURCE, type__in=types)
    yield from dict.fromkeys(windows.order_by("title_key", "pk").values_list("content_id", flat=True))
    for model in list_snippet_models():
        sources = model.objects.filter(locale__language_code=SOURCE_LANGUAGE, live=True)  # type: ignore[attr-defined]
        yield from sources.order_by("pk").values_list("translation_key", flat=True)


def find_source(content_id: UUID) -> Any:
    """Find the page or snippet a content was written as first; ``None`` where there is none."""
    page = Page.objects.filter(translation_key=content_id, alias_of=None).order_by("pk").first()
    if page is not None:
        specific = page.specific
        return find_source_page(specific) if is_released_type(specific) else None
    for model in list_snippet_models():
        snippets = model.objects.filter(translation_key=content_id)  # type: ignore[attr-defined]
        found = {snippet.locale.language_code: snippet for snippet in snippets.order_by("pk").select_related("locale")}
        if found:
            return found.get(SOURCE_LANGUAGE) or next(iter(found.values()))
    return None


def find_source_obstacle(source: Any, locale: str) -> str | None:
    """Say why a text cannot be translated into a language by passages; ``None`` where it can."""
    title = str(source)
    if source.locale.language_code == locale:
        return _("“%(title)s” is written in %(language)s itself.") % {
            "title": title,
            "language": LANGUAGES[locale].endonym,
        }
    if is_released_type(source):
        history = load_histories([source.translation_key])[source.translation_key]
        if is_withdrawn(history, source.locale.language_code):
            return _("“%(title)s” has been withdrawn.") % {"title": title}
    target = find_target(source, locale)
    translation = Translation.objects.filter(
        source__object_id=source.translation_key, target_locale__language_code=locale
    ).first()
    if target is not None and not getattr(target, "alias_of_id", None) and not (translation and translation.enabled):
        return _(
            "“%(title)s” stands by its own words in %(language)s. Start its translation in the editor to translate it by passages."
        ) % {"title": title, "language": LANGUAGES[locale].endonym}
    return None


def find_target(source: Any, locale: str) -> Any:
    """Find the page or snippet of another language; ``None`` where it has not been made."""
    model = Page if isinstance(source, Page) else type(source)
    found = model.objects.filter(translation_key=source.translation_key, locale__language_code=locale).first()
    return found.specific if isinstance(found, Page) else found


def list_rows(source: TranslationSource, locale: str) -> list[PassageRow]:
    """List what there is to translate in the order in which it is read, each passage once."""
    segments = StringSegment.objects.filter(source=source).exclude(context__path="slug")
    translations = {
        (translation.translation_of_id, translation.context_id): translation
        for translation in StringTranslation.objects.filter(
            context__object_id=source.object_id, locale__language_code=locale
        )
    }
    rows: dict[PassageId, PassageRow] = {}
    for segment in segments.order_by("order", "pk").select_related("string", "context"):
        row = PassageRow(segment, translations.get((segment.string_id, segment.context_id)))
        rows.setdefault(row.id, row)
    return list(rows.values())


def build_passages(
    source: TranslationSource, locale: str, rows: Iterable[PassageRow], terms: TermNotes
) -> list[Passage]:
    """Build the passages of a file, with the terms of the glossary as notes.

    One that has changed comes with what it said before and how that was translated.
    """
    rows = list(rows)
    missing = {row.segment.context_id for row in rows if row.translation is None}
    former: dict[int, dict[str, str]] = {}
    outgoing = StringTranslation.objects.filter(context_id__in=missing, locale__language_code=locale, has_error=False)
    for translation in outgoing.exclude(translation_of__in=[row.segment.string_id for row in rows]).select_related(
        "translation_of"
    ):
        former.setdefault(translation.context_id, {})[translation.translation_of.data] = translation.data
    return [_build_passage(row, former.get(row.segment.context_id, {}), terms) for row in rows]


def _build_passage(row: PassageRow, former: dict[str, str], terms: TermNotes) -> Passage:
    words = row.segment.string.data
    nearest = get_close_matches(words, former, n=1) if row.translation is None else []
    return Passage(
        row.id,
        words,
        row.translation.data if row.translation else "",
        notes=[row.segment.context.field_path, *terms.list_notes(read_line(words))],
        former=FormerTranslation(nearest[0], former[nearest[0]]) if nearest else None,
    )


def find_version(source: TranslationSource) -> str:
    """Find the newest text of the source that was released; a hash of what was read where none was."""
    # A text is released again, in another version, whenever a sibling language comes or goes.
    texts = Release.objects.filter(
        content_id=source.object_id, locale=source.locale.language_code, kind=Kind.RELEASED, text_position=F("position")
    )
    version = texts.order_by("-position").values_list("version", flat=True).first()
    return version or sha256(source.content_json.encode()).hexdigest()[:16]
