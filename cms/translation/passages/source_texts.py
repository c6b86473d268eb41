"""Texts of a source that a translation is compared with: the one it was made from, and those that apply now or later."""

from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Any

from wagtail.models import Revision
from wagtail_localize.models import Translation
from wagtail_localize.segments import StringSegmentValue, extract

from cms.core.calendar import today
from cms.publication.log.history import ContentHistory
from cms.publication.models import Release
from cms.translation.passages.passage_pairs import SourcePassage
from cms.translation.passages.source_readings import find_held_source, holds_unreleased_draft
from cms.translation.passages.words import has_words

SLUG = "slug"


@dataclass(frozen=True)
class SourceText:
    """One text of the source: its version in the log ("" for a draft that was not released), its days, and its page."""

    version: str
    starts: date | None
    ends: date | None
    page: Any

    @property
    def is_draft(self) -> bool:
        """Say whether readers do not know it yet."""
        return not self.version

    @property
    def is_planned(self) -> bool:
        """Say whether it applies from a day to come."""
        return self.starts is not None and self.starts > today()

    @property
    def passages(self) -> list[SourcePassage]:
        """Its passages, in the order in which they are read."""
        return list_passages(self.page)


def list_passages(page: Any) -> list[SourcePassage]:
    """List the passages of a page that are offered for translation: those with words, the address left out."""
    return [
        SourcePassage(segment.path, segment.string.data)
        for segment in extract.extract_segments(page)
        if isinstance(segment, StringSegmentValue) and segment.path != SLUG and has_words(segment.string.data)
    ]


def list_source_texts(history: ContentHistory, source: Any) -> list[SourceText]:
    """List the source's texts of today and of days to come, the newest published first; a draft alone where none came out.

    A draft that translators were given, because it is to come out together with its translations, stands before them all.
    """
    locale = source.locale.language_code
    spans = [span for span in history.build_text_spans(locale) if span.reaches(today())] if history.rows else []
    spans.sort(key=lambda span: span.row.position, reverse=True)
    texts = [
        SourceText(span.row.version, span.starts, span.ends, find_released_page(span.row, source)) for span in spans
    ]
    known = [text for text in texts if text.page is not None]
    held = find_held_source(source)
    if not known or (held is not None and holds_unreleased_draft(held, source)):
        known.insert(0, SourceText("", None, None, source.get_latest_revision_as_object()))
    return known


def find_translated_text(history: ContentHistory, source: Any, locale: str, translation: Translation | None) -> Any:
    """Find the source page as it was when a language was translated; ``None`` where nobody knows.

    That is what the first text with the newest released words says it was made from: words that somebody called still right
    are released again as a translation of a later source, and were not made from it. Of a language that never came out it is
    what its translator was shown last.
    """
    own = [entry.row for entry in history.list_texts(locale) if not entry.is_hole] if history.rows else []
    if own:
        *_later, first = takewhile(lambda row: row.text_hash == own[-1].text_hash, reversed(own))
        made_from = history.find_version(first.source_version) if first.source_version else None
        text = history.find_text(made_from) if made_from else None
        return find_released_page(text, source) if text else None
    return translation.source.as_instance() if translation is not None else None


def find_released_page(row: Release, source: Any) -> Any:
    """Find a page as a row of the log released it; ``None`` where its revision is gone."""
    revision = Revision.page_revisions.filter(pk=row.revision_id, object_id=str(source.pk)).first()
    return revision.as_object() if revision else None
