"""Which release of its source a translation renders: a claim that new words make, and words published again do not."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import orjson
from wagtail.models import Revision

from cms.core.calendar import today
from cms.core.models import ReleasablePage
from cms.publication.log.history import ContentHistory, load_histories
from cms.publication.log.timeline import build_spans, find_span
from cms.publication.models import Release, ReleaseBody
from cms.publication.pages.page_words import read_words
from cms.publication.registry import registry

# So many former texts are looked through for the same words.
FORMER_TEXTS = 10


def find_rendered_version(
    page: ReleasablePage, source_locale: str, revision_id: int | None, build_own: Callable[[], dict[str, Any]]
) -> str:
    """Find the source release that a translation renders when it is published as it stands in ``page``.

    One that was translated passage by passage renders the source as it was read then. One that is written by hand renders the
    source of its first day if it says something else than ever before; the same words, published again, render what they rendered.
    ``build_own`` builds what the page itself says.
    """
    history = load_histories([page.translation_key])[page.translation_key]
    day = page.applies_from or today()
    reading = registry.find_source_reading(page, revision_id)
    if reading is None or not reading.is_of_draft:
        texts = _list_texts_before(history, page.locale.language_code, day)
        before = next(
            (text for text in texts if reading is not None or _says_the_same(page, text, history, build_own)), None
        )
        if before is not None:
            return before.source_version
    return find_source_version(history, source_locale, day, reading.moment if reading else None)


def _list_texts_before(history: ContentHistory, locale: str, day: date) -> list[Release]:
    """List texts of a language: the one that a new one takes the place of on a day, then the newest there were."""
    span = find_span(history.build_text_spans(locale), day)
    newest_first = [row for row in reversed(history.list_rows(locale)) if row.is_text]
    texts: dict[int, Release] = {}
    for row in [*([span.row] if span is not None else ()), *newest_first]:
        texts.setdefault(row.revision_id or -row.position, row)
    return list(texts.values())[:FORMER_TEXTS]


def _says_the_same(
    page: ReleasablePage, text: Release, history: ContentHistory, build_own: Callable[[], dict[str, Any]]
) -> bool:
    """Say whether a page says what a released text says: by the draft it was released from, which knows nothing of the law.

    Where that draft is no longer kept, what the page says is held against what was released.
    """
    revision = Revision.objects.filter(pk=text.revision_id).first() if text.revision_id else None
    if revision is not None:
        return read_words(revision.as_object()) == read_words(page)
    body = orjson.loads(bytes(ReleaseBody.objects.get(pk=text.position).body))
    return registry.is_finished_from(body, orjson.loads(orjson.dumps(build_own())))


def find_source_version(history: ContentHistory, source_locale: str, day: date, moment: datetime | None) -> str:
    """Find what applies of the source on a day, as far as its translator had read; ``moment`` ``None`` means now."""
    texts = history.list_texts(source_locale)
    known = [entry for entry in texts if moment is None or entry.row.released_at <= moment] or texts[:1]
    span = find_span(build_spans(known), day)
    if span is not None:
        return span.row.version
    return known[-1].row.version if known else ""
