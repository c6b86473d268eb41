"""Live pages and addresses against the log: what ``QuerySet.update``, another way past the signals or a new address left behind.

What a text says of the law is compared as little as what it said on days gone by: both stand as they were known at its release.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

import orjson
from django.conf import settings
from django.db.models import Exists, OuterRef

from cms.core.calendar import today
from cms.core.models import ReleasablePage
from cms.core.shown_targets import Target
from cms.publication.enums import Kind
from cms.publication.log.history import ContentHistory, load_histories
from cms.publication.log.plans import list_unsettled
from cms.publication.log.publication_log import load_references, publication_log
from cms.publication.models import Release, ReleaseBody, ReleaseRendition, Window
from cms.publication.pages.builder import TextDays, build_classification, build_days
from cms.publication.pages.page_batches import BATCH_SIZE, iterate_batches, loaded_references
from cms.publication.pages.resolver import LoadedContents, LogResolver
from cms.publication.pages.serializers import build_own_text
from cms.publication.pages.services import release_page, release_texts_again
from cms.publication.registry import ContentType, registry

NOT_RELEASED = "live, but not released"
NOT_LIVE = "released, but no live page stands behind it"
OTHER_TEXT = "the live text is not the released one"
OTHER_REFERENCES = "what it shows by reference is not what is stored"
OTHER_PATH = "released under another path"
OTHER_ADDRESS = "released under another PUBLIC_URL"
OTHER_ENVELOPE = "released with another address (PUBLIC_URL), other languages or another classification"

Document = Mapping[str, Any]
# How a text reads, from which day on.
TextFrom = tuple[date, Document]


@dataclass(frozen=True)
class Difference:
    """One content in one language on which pages and log disagree. ``repair`` brings the log in line with the pages."""

    content_id: UUID
    locale: str
    what: str
    repair: Callable[[], object] = field(compare=False)


def list_differences(batch_size: int = BATCH_SIZE) -> Iterator[Difference]:
    """List the differences, live pages first. The number of queries grows with the batches, not with what is in them."""
    for content_type in registry.list_page_types():
        for pages in iterate_batches(content_type.model, batch_size):
            yield from _compare_pages(pages, content_type)
    for content_type in registry.list_page_types():
        yield from _list_orphans(content_type)
    yield from _compare_other_types(batch_size)


def _list_orphans(content_type: ContentType) -> Iterator[Difference]:
    pages = content_type.model._default_manager.filter(  # type: ignore[union-attr]
        live=True,
        alias_of__isnull=True,
        translation_key=OuterRef("content_id"),
        locale__language_code=OuterRef("locale"),
    )
    orphans = Window.objects.filter(~Exists(pages), type=content_type.name).order_by("content_id", "locale")
    for content_id, locale in list(orphans.values_list("content_id", "locale").distinct()):
        yield Difference(
            content_id, locale, NOT_LIVE, partial(publication_log.withdraw, content_id=content_id, locale=locale)
        )


def _compare_other_types(batch_size: int) -> Iterator[Difference]:
    """Compare the envelopes of contents that are no pages, acts above all: their texts are their own packages' matter."""
    names = [content_type.name for content_type in registry.list_page_types()]
    windows = Window.objects.present_and_future(today()).exclude(type__in=names).order_by("content_id")
    last: UUID | None = None
    while True:
        later = windows.filter(content_id__gt=last) if last else windows
        content_ids = list(later.values_list("content_id", flat=True).distinct()[:batch_size])
        if not content_ids:
            return
        last = content_ids[-1]
        for content_id, history in load_histories(content_ids).items():
            for locale in list_unsettled(history, today()):
                yield Difference(content_id, locale, OTHER_ENVELOPE, partial(publication_log.refresh, content_id))


def _compare_pages(pages: Sequence[ReleasablePage], content_type: ContentType) -> list[Difference]:
    histories = load_histories({page.translation_key for page in pages})
    unsettled: dict[UUID, list[str]] = {}
    for page in pages:
        if page.translation_key not in unsettled:
            history = histories[page.translation_key]
            history.paths |= {
                other.locale.language_code: other.portal_path for other in page.list_source_first() if other.live
            }
            unsettled[page.translation_key] = list_unsettled(history, today()) if history.rows else []
    texts = {page.pk: _find_newest_text(histories[page.translation_key], page.locale.language_code) for page in pages}
    stored = _StoredTexts.load([text.position for text in texts.values() if text])
    found = []
    with loaded_references({target for targets in stored.references.values() for target in targets}) as contents:
        for page in pages:
            content_id, locale, text = page.translation_key, page.locale.language_code, texts[page.pk]
            what: str | None = NOT_RELEASED
            if text is not None:
                what = _compare(page, content_type, _Released(text, histories[content_id], stored, contents))
                if what == OTHER_TEXT and _says_other_released(page, content_type, histories[content_id], text):
                    what = None
                if what is None and locale in unsettled[content_id]:
                    is_moved = histories[content_id].list_rows(locale)[-1].path != page.portal_path
                    what = OTHER_PATH if is_moved else OTHER_ENVELOPE
            if what is not None:
                repair = _release if what in (NOT_RELEASED, OTHER_TEXT) else _release_again
                found.append(Difference(content_id, locale, what, partial(repair, page)))
    return found


@dataclass(frozen=True)
class _StoredTexts:
    """Stored bodies and renditions of some texts, by their positions."""

    bodies: Mapping[int, bytes]
    renditions: Mapping[tuple[int, date], bytes]
    references: Mapping[int, frozenset[Target]]

    @classmethod
    def load(cls, positions: Sequence[int]) -> "_StoredTexts":
        bodies = ReleaseBody.objects.filter(pk__in=positions).values_list("pk", "body")
        renditions = ReleaseRendition.objects.filter(release_id__in=positions)
        return cls(
            {position: bytes(body) for position, body in bodies},
            {
                (position, starts): bytes(document)
                for position, starts, document in renditions.values_list("release_id", "starts", "document")
            },
            load_references(positions),
        )

    def list_from(self, history: ContentHistory, text: Release, day: date, old_address: str = "") -> list[TextFrom]:
        """List how a text reads from a day on, with another site's address in it replaced by this one's."""
        listed = []
        for rendition in history.list_renditions(text, day):
            later = history.find_rendition(text, rendition.starts)
            stored = self.renditions[text.position, later.starts] if later else self.bodies[text.position]
            if old_address:
                stored = stored.replace(f"{old_address}/".encode(), f"{settings.PUBLIC_URL}/".encode())
            listed.append((rendition.starts, orjson.loads(stored)))
        return listed

    def find_address(self, text: Release) -> str:
        """Find the address of the site at which a text was released."""
        url: str = orjson.loads(self.bodies[text.position])["url"]
        return url.removesuffix(text.path)


@dataclass(frozen=True)
class _Released:
    """The newest text released of a page, with what is loaded around it."""

    text: Release
    history: ContentHistory
    stored: _StoredTexts
    contents: LoadedContents

    def is_read(self) -> bool:
        """Say whether anybody reads the text today or later."""
        spans = self.history.build_text_spans(self.text.locale)
        return any(span.row.position == self.text.position and span.reaches(today()) for span in spans)

    def is_made_from(self, own: Sequence[TextFrom], verified: Any, old_address: str = "") -> bool:
        """Say whether from the first of these days on the text reads as a page itself says."""
        released = self.stored.list_from(self.history, self.text, own[0][0], old_address)
        return [starts for starts, _document in released] == [starts for starts, _document in own] and all(
            document.get("verified") == verified and registry.is_finished_from(document, said)
            for (_starts, document), (_, said) in zip(released, own, strict=True)
        )


def _compare(page: ReleasablePage, content_type: ContentType, released: _Released) -> str | None:
    """Compare what a page itself says with the newest text released of it; ``None`` where they agree."""
    text, history = released.text, released.history
    classification = build_classification(page.list_source_first()[0])
    if text.locale == history.source_locale and not classification.is_same_as(history.get_classification(text.locale)):
        return OTHER_TEXT
    # What nobody reads today or later stays as it was told, whatever has become since of what it names.
    if not released.is_read():
        return None
    resolver = LogResolver(classification.visibility, classification.consortium, text.locale, released.contents)
    first_day = page.applies_from or today()
    days = build_days(page, content_type.serializer, first_day, resolver, build=build_own_text)
    own = _list_own(days, first_day, max(first_day, today()))
    verified = _read_json(page.verified.build())
    if (page.applies_until, page.change_note) != (text.applies_until, text.change_note):
        return OTHER_TEXT
    if not released.is_made_from(own, verified):
        old_address = released.stored.find_address(text)
        is_moved = old_address != settings.PUBLIC_URL and released.is_made_from(own, verified, old_address)
        return OTHER_ADDRESS if is_moved else OTHER_TEXT
    return None if released.stored.references[text.position] == days.references else OTHER_REFERENCES


def _says_other_released(
    page: ReleasablePage, content_type: ContentType, history: ContentHistory, newest: Release
) -> bool:
    """Say whether a page says another text that is read today or later.

    What is planned already and published once more stores no row, and the page says it from then on.
    """
    spans = history.build_text_spans(page.locale.language_code)
    others = [span.row for span in spans if span.reaches(today()) and span.row.position != newest.position]
    if not others:
        return False
    stored = _StoredTexts.load([row.position for row in others])
    with loaded_references({target for targets in stored.references.values() for target in targets}) as contents:
        return any(
            _compare(page, content_type, _Released(row, history, stored, contents)) != OTHER_TEXT for row in others
        )


def _list_own(days: TextDays, first_day: date, day: date) -> list[TextFrom]:
    """List how a page reads from a day on; the first rendition begins on it."""
    texts = [(first_day, days.document), *((later.starts, later.document) for later in days.renditions)]
    current = [document for starts, document in texts if starts <= day][-1]
    later = [entry for entry in texts if entry[0] > day]
    return [(starts, _read_json(document)) for starts, document in [(day, current), *later]]


def _read_json(value: Any) -> Any:
    """Read a value back from JSON, as what it is compared with was."""
    return orjson.loads(orjson.dumps(value))


def _find_newest_text(history: ContentHistory, locale: str) -> Release | None:
    """Find the newest text since the language was last withdrawn as a whole; one taken back alone still counts."""
    for row in reversed(history.list_rows(locale)):
        if row.kind == Kind.WITHDRAWN and not row.version:
            return None
        if row.is_text:
            return row
    return None


def _release(page: ReleasablePage) -> None:
    """Release what the page says now, and its envelope."""
    page.loaded_source_first = None
    release_page(page, revision_id=page.live_revision_id)
    _release_again(page)


def _release_again(page: ReleasablePage) -> None:
    """Release the page's texts again, as the same texts: their first days and their translations stay what they were."""
    page.loaded_source_first = None
    release_texts_again(page)
    publication_log.refresh(page.translation_key, {page.locale.language_code: page.portal_path})
