"""Live pages against the log: what ``QuerySet.update`` or another way past the signals has left behind."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from cms.core.calendar import today
from cms.core.models import ReleasablePage
from cms.publication.enums import Kind
from cms.publication.log.history import ContentHistory, load_histories
from cms.publication.log.publication_log import is_classified_alike, publication_log, reads_alike, refers_alike
from cms.publication.models import Release
from cms.publication.pages.builder import build_release_draft
from cms.publication.pages.services import is_released_type, release_page
from cms.publication.registry import registry


@dataclass(frozen=True)
class Difference:
    """One content in one language on which pages and log disagree. ``page`` is ``None`` where no live page is behind it."""

    content_id: UUID
    locale: str
    what: str
    page: ReleasablePage | None

    def repair(self) -> None:
        """Bring the log in line with the pages; the pages are the truth."""
        if self.page is None:
            publication_log.withdraw(content_id=self.content_id, locale=self.locale)
        else:
            release_page(self.page, revision_id=self.page.live_revision_id)
            publication_log.refresh(self.content_id, {self.locale: self.page.portal_path})


def list_differences() -> Iterator[Difference]:
    """List the differences, live pages first."""
    live: set[tuple[UUID, str]] = set()
    for content_type in registry.list_page_types():
        for page in content_type.model._default_manager.filter(live=True).select_related("locale"):  # type: ignore[union-attr]
            if is_released_type(page):
                live.add((page.translation_key, page.locale.language_code))
                yield from _compare(page)
    names = [content_type.name for content_type in registry.list_page_types()]
    contents = Release.objects.filter(type__in=names).order_by().values_list("content_id", "locale").distinct()
    for content_id, locale in contents:
        if (content_id, locale) not in live and load_histories([content_id])[content_id].list_delivered(locale):
            yield Difference(content_id, locale, "released, but no live page stands behind it", None)


def _compare(page: ReleasablePage) -> Iterator[Difference]:
    content_id, locale = page.translation_key, page.locale.language_code
    history = load_histories([content_id])[content_id]
    text = _find_newest_text(history, locale)
    if text is None:
        yield Difference(content_id, locale, "live, but not released", page)
        return
    draft = build_release_draft(page)
    has_ended = text.applies_until is not None and text.applies_until < today()
    if not (has_ended or reads_alike(history, text, draft, today())) or not is_classified_alike(history, draft):
        yield Difference(content_id, locale, "the live text is not the released one", page)
    elif not has_ended and not refers_alike(text, draft):
        yield Difference(content_id, locale, "what it shows by reference is not what is stored", page)
    elif history.get_path(locale) != page.portal_path and _is_still_read(history, locale):
        yield Difference(content_id, locale, "released under another path", page)


def _is_still_read(history: ContentHistory, locale: str) -> bool:
    return any(span.reaches(today()) for span in history.build_text_spans(locale))


def _find_newest_text(history: ContentHistory, locale: str) -> Release | None:
    """Find the newest text since the language was last withdrawn as a whole; one taken back alone still counts."""
    for row in reversed(history.list_rows(locale)):
        if row.kind == Kind.WITHDRAWN and not row.version:
            return None
        if row.is_text:
            return row
    return None
