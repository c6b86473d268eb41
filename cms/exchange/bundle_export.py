"""Writing a bundle: figures, drafts, present and planned versions of every page, sources first."""

import json
from collections.abc import Iterator
from typing import Any

from wagtail.models import Page, Revision

from cms.core.calendar import today
from cms.core.models import Figure, ReleasablePage
from cms.exchange.figure_lines import build_figure_line
from cms.exchange.models import SourceRecord
from cms.exchange.registry import BundleKind, bundle_registry
from cms.exchange.stream_values import write_blocks
from cms.publication.log.history import load_histories


class BundleExporter:
    """Builds lines; the source id of a page that came from no bundle is its content id."""

    def __init__(self) -> None:
        records = SourceRecord.objects.order_by("pk").values_list("content_id", "locale", "source_id")
        self.source_ids = {(content_id, locale): source_id for content_id, locale, source_id in records}

    def find_page(self, source_id: str, locale: str) -> Any:
        """Not needed while writing."""
        raise LookupError(source_id)

    def find_source_id(self, page: Any) -> str | None:
        """Find the source id of the page's content, that of its source language."""
        source = page.specific.list_source_first()[0]
        return self._get_source_id(source)

    def write(self) -> Iterator[str]:
        """Write all lines: figures first, parents before children, sources before translations."""
        for figure in Figure.objects.prefetch_related("names", "amounts"):
            yield json.dumps(build_figure_line(figure), ensure_ascii=False)
        pages = [
            (page, kind)
            for kind in bundle_registry.kinds.values()
            for page in kind.model._default_manager.filter(alias_of__isnull=True).select_related("locale", "consortium")
        ]
        sources = {page.pk: page.list_source_first()[0] for page, _kind in pages}
        ranked = sorted(pages, key=lambda pair: (sources[pair[0].pk].pk != pair[0].pk, pair[0].depth, pair[0].path))
        for page, kind in ranked:
            source = sources[page.pk]
            for line in self._build_lines(page, kind, None if source.pk == page.pk else source):
                yield json.dumps(line, ensure_ascii=False)

    def _build_lines(self, page: ReleasablePage, kind: BundleKind, source: Page | None) -> Iterator[dict[str, Any]]:
        history = load_histories([page.translation_key])[page.translation_key]
        spans = [span for span in history.build_text_spans(page.locale.language_code) if span.reaches(today())]
        for span in spans:
            revision = Revision.objects.filter(pk=span.row.revision_id).first() if span.row.revision_id else None
            line = self._build_line(revision.as_object() if revision else page, kind, source)
            line["applies_from"] = span.row.applies_from.isoformat() if span.row.applies_from else None
            line["significance"] = span.row.significance
            yield line
        if page.has_unpublished_changes or not spans:
            draft = self._build_line(page.get_latest_revision_as_object(), kind, source)
            yield {**draft, "publish": False}

    def _build_line(self, page: ReleasablePage, kind: BundleKind, source: Page | None) -> dict[str, Any]:
        parent = page.get_parent()
        line: dict[str, Any] = {
            "kind": kind.name,
            "source_id": self._get_source_id(page),
            "locale": page.locale.language_code,
            "slug": page.slug,
            "parent": self.find_source_id(parent) if parent is not None and parent.depth > 1 else None,
            "title": page.title,
            "summary": page.summary,
            "blocks": write_blocks(page.body, self),
            "citations": [
                {
                    "eli_uri": str(child.value["eli_uri"]),
                    "section": child.value["section"] or None,
                    "stk": list(child.value["stk"]),
                }
                for child in page.citations
            ],
            "related": [self.find_source_id(child.value) for child in page.related if child.value is not None],
            "applies_from": page.applies_from.isoformat() if page.applies_from else None,
            "applies_until": page.applies_until.isoformat() if page.applies_until else None,
            "significance": page.significance,
            "change_note": page.change_note,
            "fields": kind.write_fields(page, self),
        }
        if source is not None:
            line["translation_of"] = self._get_source_id(source)
        else:
            line |= {
                "topics": page.topics,
                "audiences": page.audiences,
                "focus_areas": page.focus_areas,
                "municipalities": page.municipalities,
                "visibility": page.visibility,
                "consortium": page.consortium.slug if page.consortium else None,
            }
        return line

    def _get_source_id(self, page: Any) -> str:
        locale = page.locale.language_code
        known = self.source_ids.get((page.translation_key, locale))
        return known or str(page.translation_key)
