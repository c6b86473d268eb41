"""Pages of a bundle: which one a line stands for, and where a new one is made."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from wagtail.models import Page

from cms.core.models import ReleasablePage
from cms.exchange.bundle_lines import BundleLine
from cms.exchange.bundle_report import ImportReport
from cms.exchange.identity import derive_content_id
from cms.exchange.models import SourceRecord
from cms.exchange.page_lines import LineRefusedError
from cms.exchange.registry import BundleKind, bundle_registry
from cms.exchange.sites import HOME_SOURCE_ID, get_home, get_locale
from cms.exchange.slugs import choose_slug


def find_existing(source_id: str, locale: str) -> Any:
    """Find the page that stands for a source id in a language; ``None`` if there is none."""
    record = SourceRecord.objects.filter(source_id=source_id, locale=locale).first()
    if record is None:
        return None
    model = bundle_registry.kinds[record.kind].model
    return model._default_manager.filter(translation_key=record.content_id, locale__language_code=locale).first()


def localise(parent: Any, locale: str) -> Page:
    """Find a page in the tree of a language: its translation there, else the language's home page."""
    if parent.locale.language_code == locale:
        return parent
    translated = type(parent)._default_manager.filter(
        translation_key=parent.translation_key, locale__language_code=locale
    )
    return translated.first() or get_home(locale)


class PageMaker:
    """Makes the pages of one bundle. ``find_page`` carries out the line of a page that is needed first."""

    def __init__(
        self,
        by_source: Mapping[tuple[str, str], BundleLine],
        report: ImportReport,
        find_page: Callable[[str, str], Any],
    ) -> None:
        self.by_source = by_source
        self.report = report
        self.find_page = find_page
        self.being_made: set[tuple[str, str]] = set()
        self.made: set[int] = set()

    def make_page(self, line: BundleLine) -> ReleasablePage:
        """Make the page of a line, or take the one that is there for its content.

        Raises:
            LineRefusedError: if it cannot stand where the line puts it, or another line owns the content.
        """
        key = (line.source_id, line.locale)
        if key in self.being_made:
            raise LineRefusedError(f"parent: {line.source_id} would lie under itself")
        self.being_made.add(key)
        try:
            kind = bundle_registry.kinds[line.values["kind"]]
            source = self.find_source(line, kind)
            content_id = source.translation_key if source else derive_content_id(line.source_id)
            self._refuse_other_owner(line, kind, content_id)
            page = kind.model._default_manager.filter(
                translation_key=content_id, locale__language_code=line.locale
            ).first() or self._add_page(line, kind, content_id, source)
            SourceRecord.objects.update_or_create(
                source_id=line.source_id, locale=line.locale, defaults={"content_id": content_id, "kind": kind.name}
            )
            return page
        finally:
            self.being_made.discard(key)

    def _refuse_other_owner(self, line: BundleLine, kind: BundleKind, content_id: UUID) -> None:
        for record in SourceRecord.objects.filter(content_id=content_id):
            if record.kind != kind.name:
                raise LineRefusedError(f"kind: {kind.name}, but this content is a {record.kind}")
            if record.locale == line.locale and record.source_id != line.source_id:
                raise LineRefusedError(f"translation_of: in {line.locale} this content already is {record.source_id}")
        pages = Page.objects.filter(translation_key=content_id, locale__language_code=line.locale)
        for page in pages.select_related("content_type"):
            if page.specific_class is not kind.model:
                raise LineRefusedError(f"kind: {kind.name}, but this content is another kind of page")
            if page.alias_of_id:
                # A language sync has put a mirror of the source here; from now on it is a page of its own.
                kind.model._default_manager.filter(pk=page.pk).update(alias_of=None, live=False)

    def find_source(self, line: BundleLine, kind: BundleKind) -> ReleasablePage | None:
        """Find the page a line translates; ``None`` for a line that is a source itself."""
        translation_of = line.values.get("translation_of")
        if translation_of is None:
            return None
        others = [code for known, code in self.by_source if known == translation_of and code != line.locale]
        source = self.find_page(translation_of, others[0] if others else "da")
        if not isinstance(source, kind.model):
            raise LineRefusedError(f"kind: {kind.name}, but the source is {source.content_type_name}")
        return source

    def _add_page(
        self, line: BundleLine, kind: BundleKind, content_id: Any, source: ReleasablePage | None
    ) -> ReleasablePage:
        if line.source_id == HOME_SOURCE_ID or line.values.get("translation_of") == HOME_SOURCE_ID:
            home = get_home(line.locale)
            if home.slug != line.values.get("slug", home.slug):
                home.slug = line.values["slug"]
            return home
        parent = self._find_parent(line, kind, source)
        if not kind.model.can_exist_under(parent):
            raise LineRefusedError(
                f"parent: a {kind.name} cannot lie below “{parent.title}”; it belongs in a section or on the home page"
            )
        page = kind.model(
            title=line.values["title"],
            slug=choose_slug(parent, line.values.get("slug") or line.values["title"], line.locale),
            locale=get_locale(line.locale),
            translation_key=content_id,
            live=False,
        )
        parent.add_child(instance=page)
        self.made.add(page.pk)
        return page

    def _find_parent(self, line: BundleLine, kind: BundleKind, source: ReleasablePage | None) -> Page:
        named = line.values.get("parent")
        if named:
            above = self.find_page(named, line.locale)
            parent = localise(above, line.locale)
            if parent.translation_key != above.translation_key:
                self.report.add_note(
                    line.number, f"parent: {named} is not in {line.locale}; the page stands under its home"
                )
            return parent
        if source is not None:
            return localise(source.get_parent().specific, line.locale)
        known = (kind.section, line.locale) in self.by_source or SourceRecord.objects.filter(
            source_id=kind.section
        ).exists()
        if known and kind.section != line.source_id:
            return localise(self.find_page(kind.section, line.locale), line.locale)
        return get_home(line.locale)
