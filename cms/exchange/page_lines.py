"""One line and its page: setting every value the line gives, and telling whether anything came of it."""

from typing import Any

from wagtail.models import Revision

from cms.core.calendar import today
from cms.core.enums import Significance, Visibility
from cms.core.models import Consortium, ReleasablePage
from cms.core.reserved_paths import reserved_paths
from cms.core.stored_texts import normalise_fields
from cms.exchange.bundle_fields import deferring_required, set_stream
from cms.exchange.bundle_lines import INHERITED, BundleLine, list_contradictions
from cms.exchange.conversion.findings import ConversionReport, Finding
from cms.exchange.conversion.html_conversion import convert_html
from cms.exchange.registry import BundleKind, References
from cms.exchange.stream_values import build_raw_blocks
from cms.publication.log.drafts import ReleaseDraft
from cms.publication.log.history import ContentHistory, load_histories
from cms.publication.log.publication_log import is_classified_alike, reads_alike, refers_alike, stands_already
from cms.publication.pages.builder import build_release_draft


class LineRefusedError(Exception):
    """A line that cannot be carried out, with the reason in the words of the line."""


def fill_page(page: ReleasablePage, line: BundleLine, kind: BundleKind, references: References) -> list[Finding]:
    """Set a page to what a line says; a draft may lack what a text needs at publication.

    Returns what of its ``html`` was kept in another form, or not.

    Raises:
        LineRefusedError, ValidationError: as ``_fill_page``.
    """
    with deferring_required(is_draft=not line.is_published):
        return _fill_page(page, line, kind, references)


def _fill_page(page: ReleasablePage, line: BundleLine, kind: BundleKind, references: References) -> list[Finding]:
    """Set a page to what a line says. What a line leaves out has its default, save what a translation inherits.

    Raises:
        LineRefusedError: if a translation says otherwise than its source about what it inherits, or a slug is the site's own.
        ValidationError: if a value or reference cannot be used.
    """
    values = line.values
    locale = line.locale
    page.title = values["title"]
    page.draft_title = values["title"]
    page.summary = values.get("summary", "")
    slug = page.choose_stored_slug(values.get("slug", page.slug))
    if slug != page.slug:
        if path := reserved_paths.find_reserved(page.get_parent(), slug):
            raise LineRefusedError(f"slug: {slug} is taken, the site itself answers at {path}")
        page.slug = slug
    report = ConversionReport()
    blocks = values["blocks"] if "blocks" in values else convert_html(values.get("html", ""), report, title=page.title)
    set_stream(
        page, "body", build_raw_blocks(blocks, content_id=page.translation_key, locale=locale, references=references)
    )
    set_stream(page, "citations", [_build_citation(citation) for citation in values.get("citations", [])])
    related = [references.find_page(source_id, locale) for source_id in values.get("related", [])]
    set_stream(page, "related", [{"type": "page", "value": other.pk} for other in related])
    page.go_live_at = None
    page.expire_at = None
    page.applies_from = line.applies_from
    page.applies_until = line.applies_until
    page.significance = values.get("significance", Significance.MINOR)
    page.change_note = values.get("change_note", "")
    _set_classification(page, line)
    kind.read_fields(page, values.get("fields", {}), references)
    normalise_fields(page)
    return report.findings


def is_unchanged(page: ReleasablePage, line: BundleLine, stored: ReleasablePage | None) -> bool:
    """Say whether carrying out the line would change nothing: its text stands in the log, or its draft is the one ``stored``."""
    draft = build_release_draft(page)
    # A draft may be about to give the page another address; where it stands now is in its row.
    rows = type(page)._default_manager.filter(pk=page.pk) if line.is_published else ()
    standing = next(iter(rows), stored)
    if stored is not None and standing is not None and standing.slug != page.slug:
        return False
    if line.is_published:
        history = load_histories([page.translation_key])[page.translation_key]
        return stands_already(history, draft, today()) or (line.applies_from is None and _was_said_last(history, draft))
    if stored is None:
        return False
    there = build_release_draft(stored)
    same_days = (there.applies_from, there.applies_until) == (draft.applies_from, draft.applies_until)
    same_days = same_days and there.significance == draft.significance
    same_place = there.classification.is_same_as(draft.classification)
    return same_days and same_place and there.is_same_text_as(draft)


def _was_said_last(history: ContentHistory, draft: ReleaseDraft) -> bool:
    """Say whether the newest text that named no first day says this; a planned one that has begun since does not matter."""
    for entry in reversed(history.list_texts(draft.locale)):
        revision = Revision.objects.filter(pk=entry.row.revision_id).first()
        if not entry.is_hole and revision is not None and revision.content.get("applies_from") is None:
            is_alike = reads_alike(history, entry.row, draft, today()) and refers_alike(entry.row, draft)
            return is_alike and is_classified_alike(history, draft)
    return False


def _set_classification(page: ReleasablePage, line: BundleLine) -> None:
    values = line.values
    source = next((other for other in page.list_source_first() if other.pk != page.pk), None)
    if "translation_of" in values and source is not None:
        meant = {
            "kind": page.content_type_name,
            "locale": source.locale.language_code,
            "consortium": source.consortium.slug if source.consortium else None,
            **{name: getattr(source, name) for name in INHERITED if name != "consortium"},
        }
        for problem in list_contradictions(values, meant):
            raise LineRefusedError(problem)
        for name in INHERITED:
            setattr(page, name, getattr(source, name))
        return
    if source is not None and source.pk < (page.pk or 0):
        raise LineRefusedError("translation_of: a translation needs it")
    page.topics = list(values.get("topics", []))
    page.audiences = list(values.get("audiences", []))
    page.focus_areas = list(values.get("focus_areas", []))
    page.municipalities = list(values.get("municipalities", []))
    page.visibility = values.get("visibility", Visibility.PUBLIC)
    slug = values.get("consortium")
    page.consortium = Consortium.objects.get(slug=slug) if slug else None


def _build_citation(citation: Any) -> dict[str, Any]:
    return {
        "type": "citation",
        "value": {
            "eli_uri": citation["eli_uri"],
            "section": citation.get("section") or "",
            "stk": citation.get("stk", []),
            "quote": citation.get("quote", ""),
        },
    }
