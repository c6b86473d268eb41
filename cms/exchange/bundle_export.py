"""Writing a bundle: records and files first, then drafts, present and planned versions of every page, sources first."""

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from wagtail.models import Page, Revision

from cms.core.calendar import today
from cms.core.models import ReleasablePage
from cms.exchange.bundle_files import BundleFiles
from cms.exchange.identity import derive_content_id
from cms.exchange.models import SourceRecord
from cms.exchange.registry import BundleKind, bundle_registry
from cms.exchange.sites import HOME_SOURCE_ID
from cms.exchange.stream_values import write_blocks
from cms.publication.enums import TranslationState
from cms.publication.log.drafts import Classification
from cms.publication.log.history import ContentHistory, load_histories
from cms.publication.pages.builder import build_classification


class BundleExporter:
    """Builds lines, and copies files beside them; ``warnings`` holds what could not go along, in words.

    The source id of a page that came from no bundle is its content id.
    """

    def __init__(self, files: BundleFiles | None = None) -> None:
        self.files = files or BundleFiles()
        self.warnings: list[str] = []
        self.place = ""
        records = SourceRecord.objects.order_by("pk").values_list("content_id", "locale", "source_id")
        self.source_ids = {(content_id, locale): source_id for content_id, locale, source_id in records}
        self.pages: dict[int, tuple[Page, BundleKind]] = {}
        self.sources: dict[int, ReleasablePage] = {}

    def find_page(self, source_id: str, locale: str) -> Any:
        """Not needed while writing."""
        raise LookupError(source_id)

    def find_record(self, model: type[Model], source_id: str, locale: str) -> Any:
        """Not needed while writing."""
        raise LookupError(source_id)

    def find_source_id(self, page: Any) -> str | None:
        """Find the source id of the page's content, that of its source language; of an alias, of what it is another route to."""
        original = page
        while original.alias_of_id is not None and original.pk not in self.pages:
            original = original.alias_of
        source = self.sources.get(original.pk)
        if source is None:
            self.note_missing(f"a reference to {page.title}")
            return None
        if original.translation_key != page.translation_key:
            self.note_missing(f"a reference to the alias {page.title}; it leads to its original now")
        return self._get_source_id(source)

    def find_record_id(self, record: Any) -> str | None:
        """Find the source id of a figure, file or block."""
        kind = bundle_registry.get_record_kind(type(record))
        source_id = kind.find_id(record, self)
        if source_id is None:
            self.note_missing(f"{kind.name} {record}")
        return source_id

    def find_linked_id(self, kind: str, key: str, words: str) -> str | None:
        """Find the source id of what a link leads to."""
        record_kind = bundle_registry.records.get(kind)
        model = Page if kind == "page" else record_kind.model if record_kind else None
        linked = model._default_manager.filter(pk=key).first() if model is not None and key.isdecimal() else None
        if linked is None:
            self.note_missing(f'the link "{words}", which leads to a {kind} that is gone')
            return None
        return self.find_source_id(linked) if kind == "page" else self.find_record_id(linked)

    def note_missing(self, what: str) -> None:
        """Note what is left out."""
        self.warnings.append(f"{self.place}: left out: {what}" if self.place else f"left out: {what}")

    def write(self) -> Iterator[str]:
        """Write all lines: records first, then pages, parents before children, sources before translations."""
        self._load_pages()
        for line in self._build_all():
            yield json.dumps(line, ensure_ascii=False)

    def _load_pages(self) -> None:
        for kind in bundle_registry.kinds.values():
            pages = kind.model._default_manager.filter(alias_of__isnull=True).select_related("locale", "consortium")
            self.pages |= {page.pk: (page, kind) for page in pages}
        by_content: dict[Any, Any] = {}
        for pk in sorted(self.pages):
            page = self.pages[pk][0]
            self.sources[pk] = by_content.setdefault(page.translation_key, page)

    def _build_all(self) -> Iterator[dict[str, Any]]:
        for record_kind in sorted(bundle_registry.records.values(), key=lambda kind: kind.rank):
            yield from record_kind.write(self)
        pages = sorted(
            self.pages.values(),
            key=lambda pair: (self.sources[pair[0].pk].pk != pair[0].pk, pair[0].depth, pair[0].path),
        )
        for page, kind in pages:
            self.place = f"{self._get_source_id(page)} ({page.locale.language_code})"
            source = self.sources[page.pk]
            yield from self._build_lines(page, kind, None if source.pk == page.pk else source)
        yield from self._build_mirror_lines()

    def _build_mirror_lines(self) -> Iterator[dict[str, Any]]:
        """Build a line of every mirror of a page in another language that pages of that language lie under."""
        above = {
            page.path[:end]
            for page, _kind in self.pages.values()
            for end in range(Page.steplen, len(page.path), Page.steplen)
        }
        for kind in bundle_registry.kinds.values():
            for page in kind.model._default_manager.filter(alias_of__isnull=False).select_related("locale"):
                source = self.sources.get(page.alias_of_id)
                if page.path in above and source is not None and source.translation_key == page.translation_key:
                    source_id = self._get_source_id(source)
                    yield {
                        "kind": kind.name,
                        "source_id": source_id,
                        "locale": page.locale.language_code,
                        "slug": page.slug,
                        "title": page.title,
                        "translation_of": source_id,
                        "mirror": True,
                    }

    def _build_lines(self, page: Any, kind: BundleKind, source: Page | None) -> Iterator[dict[str, Any]]:
        history = load_histories([page.translation_key])[page.translation_key]
        all_spans = history.build_text_spans(page.locale.language_code)
        spans = [span for span in all_spans if span.reaches(today())]
        behind = list_outdated_sources(history) if source is None else set()
        past = [span for span in all_spans if span not in spans and span.row.position in behind]
        for span in [*past, *spans]:
            revision = Revision.objects.filter(pk=span.row.revision_id).first() if span.row.revision_id else None
            line = self._build_line(revision.as_object() if revision else page, kind, source)
            # Where a page stands is the page's, whatever version is shown there.
            line["slug"] = page.slug
            line["applies_from"] = span.row.applies_from.isoformat() if span.row.applies_from else None
            line["significance"] = span.row.significance
            if source is None:
                # What was last said of the content holds for all its versions; an older revision said otherwise.
                line |= _write_classification(history.get_classification(span.row.locale))
            yield line
        if page.has_unpublished_changes or not spans:
            draft = self._build_line(page.get_latest_revision_as_object(), kind, source)
            yield {**draft, "publish": False}

    def _build_line(self, page: ReleasablePage, kind: BundleKind, source: Page | None) -> dict[str, Any]:
        line: dict[str, Any] = {
            "kind": kind.name,
            "source_id": self._get_source_id(page),
            "locale": page.locale.language_code,
            "slug": page.slug,
            "parent": self._find_parent_id(page),
            "title": page.title,
            "summary": page.summary,
            "blocks": write_blocks(page.body, self),
            "citations": [_write_citation(child.value) for child in page.citations],
            "related": [found for child in page.related if (found := self._find_related_id(child.value)) is not None],
            "applies_from": page.applies_from.isoformat() if page.applies_from else None,
            "applies_until": page.applies_until.isoformat() if page.applies_until else None,
            "significance": page.significance,
            "change_note": page.change_note,
            "fields": kind.write_fields(page, self),
        }
        if source is not None:
            line["translation_of"] = self._get_source_id(source)
        else:
            line |= _write_classification(build_classification(page))
        return line

    def _find_parent_id(self, page: ReleasablePage) -> str | None:
        parent = page.get_parent()
        return self.find_source_id(parent) if parent is not None and parent.depth > 1 else None

    def _find_related_id(self, page: Page | None) -> str | None:
        if page is None:
            self.note_missing("a related page that is gone")
            return None
        return self.find_source_id(page)

    def _get_source_id(self, page: Any) -> str:
        known = self.source_ids.get((page.translation_key, page.locale.language_code))
        if known is None and page.translation_key == derive_content_id(HOME_SOURCE_ID):
            return HOME_SOURCE_ID
        return known or str(page.translation_key)


def list_outdated_sources(history: ContentHistory) -> set[int | None]:
    """List the positions of the source's texts that outdated translations render: without them those would read as current."""
    positions: set[int | None] = set()
    for locale in history.locales:
        for span in history.build_text_spans(locale):
            day = max(span.starts, today())
            if span.reaches(today()) and history.derive_state(span.row, day) == TranslationState.OUTDATED:
                rendered = history.find_version(span.row.source_version)
                positions |= {rendered.text_position} if rendered else set()
    return positions


def _write_classification(classification: Classification) -> dict[str, Any]:
    return {
        "topics": list(classification.topics),
        "audiences": list(classification.audiences),
        "focus_areas": list(classification.focus_areas),
        "municipalities": list(classification.municipalities),
        "visibility": str(classification.visibility),
        "consortium": classification.consortium or None,
    }


def _write_citation(value: Any) -> dict[str, Any]:
    return {
        "eli_uri": str(value["eli_uri"]),
        "section": value["section"] or None,
        "stk": list(value["stk"]),
        "quote": value["quote"] or "",
    }
