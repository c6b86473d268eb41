"""Importing a bundle: every line is read and judged before the first is carried out."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Model

from cms.core.models import ReleasablePage
from cms.core.stored_texts import normalise_values
from cms.exchange.bundle_files import BundleFiles
from cms.exchange.bundle_lines import BundleLine, BundleReader
from cms.exchange.bundle_pages import PageMaker, find_existing
from cms.exchange.bundle_report import ImportReport
from cms.exchange.models import SourceRecord
from cms.exchange.page_guards import check_guards, get_base, keep_on_top, refuse_locked
from cms.exchange.page_lines import LineRefusedError, fill_page, is_unchanged
from cms.exchange.registry import BundleKind, bundle_registry
from cms.exchange.sites import get_home, get_locale
from cms.exchange.withdrawal_lines import withdraw_as_told
from cms.publication.log.publication_log import publication_log
from cms.publication.models import ReleaseReference
from cms.publication.pages.obstacles import ReleaseRefusedError, accepting_gaps, find_accepted_gap
from cms.publication.pages.refusals import explain_refusal, list_refusals
from cms.publication.pages.serializers import is_seen_by_all_readers
from cms.translation.alignment.page_alignment import align_translation
from cms.translation.passages.source_readings import stop_translation


class BundleRefusedError(Exception):
    """A bundle with errors; nothing of it was imported."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__(str(report))
        self.report = report


class BundleImporter:
    """Carries out the lines of one bundle: records first, sources before translations, parents before what lies under them."""

    def __init__(self, lines: list[BundleLine], report: ImportReport, files: BundleFiles | None = None) -> None:
        self.report = report
        self.files = files or BundleFiles()
        self.lines = lines
        self.by_source: dict[tuple[str, str], BundleLine] = {}
        self.records: dict[tuple[str, str], list[BundleLine]] = {}
        for line in sorted(lines, key=lambda line: line.rank):
            if line.is_page:
                self.by_source.setdefault((line.source_id, line.locale), line)
            elif line.record_kind is not None:
                self.records.setdefault((line.record_kind.name, line.source_id), []).append(line)
        self.translations = {
            (line.values["translation_of"], line.locale): line for line in lines if "translation_of" in line.values
        }
        self.pages = PageMaker(self.by_source, report, self.find_page)
        self.taken: set[int] = set()
        self.released: list[tuple[BundleLine, ReleasablePage]] = []
        self.translated: list[tuple[BundleLine, ReleasablePage]] = []

    def run(self) -> None:
        """Import the lines, each for itself: a refused one is reported and leaves nothing behind."""
        ordered = sorted(self.lines, key=lambda line: line.rank)
        # The second time only for what went in with a line that was refused later, and was rolled back with it.
        for line in (*ordered, *ordered):
            self._take(line)
        self._note_refusals()
        self._align_translations()

    def _take(self, line: BundleLine) -> None:
        if line.number not in self.taken:
            self.taken.add(line.number)
            before = (
                set(self.taken),
                set(self.pages.made),
                replace(self.report, errors=[], notes=list(self.report.notes)),
            )
            try:
                with transaction.atomic():
                    self._import_line(line)
            except (LineRefusedError, ReleaseRefusedError, ValidationError) as error:
                self._forget(*before)
                for message in _list_messages(error):
                    self.report.add_error(line.number, message)
            except (
                ValueError,
                TypeError,
                AttributeError,
                ArithmeticError,
                RuntimeError,
                OSError,
                DatabaseError,
            ) as error:
                self._forget(*before)
                self.report.add_error(line.number, f"cannot be carried out: {error}")

    def _note_refusals(self) -> None:
        """Note which references of released lines do not show; only now is everything there that a line may name."""
        pages = {page.translation_key: None for _line, page in self.released}
        referring = set(
            ReleaseReference.objects.filter(release__content_id__in=pages).values_list(
                "release__content_id", "release__locale"
            )
        )
        for line, page in self.released:
            if (page.translation_key, page.locale.language_code) in referring:
                for refusal in list_refusals(page):
                    self.report.add_note(line.number, explain_refusal(refusal))

    def _align_translations(self) -> None:
        """Hand the newest text of each translation to the translation desk; only now are the texts of all sources there."""
        newest = {page.pk: (line, page) for line, page in self.translated}
        for line, page in newest.values():
            alignment = align_translation(page)
            if alignment is not None and not alignment.is_in_desk:
                self.report.add_note(line.number, alignment.describe())

    def _forget(self, taken: set[int], made: set[int], counts: ImportReport) -> None:
        """Forget what was done for a line that was refused: it was rolled back, and the lines it needed take their own turn."""
        refused = {error.line for error in self.report.errors}
        self.taken = taken | (self.taken & refused)
        self.pages.made = made
        for name in ("released", "translated"):
            kept = [(line, page) for line, page in getattr(self, name) if line.number in self.taken - refused]
            setattr(self, name, kept)
        for name in ("released", "drafted", "withdrawn", "unchanged", "notes", "files"):
            setattr(self.report, name, getattr(counts, name))

    def find_page(self, source_id: str, locale: str) -> Any:
        """Find the page of a source id in a language, else in the source's; a line further down is carried out first.

        Where two lines refer to each other, the second finds the first's page still without its text.
        """
        line = self.by_source.get((source_id, locale))
        for needed in (line, self.translations.get((source_id, locale))):
            if needed is not None:
                self._take(needed)
        page = find_existing(source_id, locale)
        if page is None and line is not None and not line.is_mirror:
            page = self.pages.make_page(line)
        if page is None:
            record = SourceRecord.objects.filter(source_id=source_id).order_by("pk").first()
            others = [code for known, code in self.by_source if known == source_id]
            if record is not None:
                page = find_existing(source_id, record.locale)
            elif others:
                page = self.find_page(source_id, others[0])
        if page is None:
            raise LineRefusedError(f"nothing is known by the source_id {source_id}")
        translated = type(page)._default_manager.filter(
            translation_key=page.translation_key, locale__language_code=locale
        )
        return translated.first() or page

    def find_record(self, model: type[Model], source_id: str, locale: str) -> Any:
        """Find the figure, file or block a source id stands for; a line further down is carried out first."""
        kind = bundle_registry.get_record_kind(model)
        for line in self.records.get((kind.name, source_id), ()):
            self._take(line)
        record = kind.find(source_id, locale, self)
        if record is None:
            raise LineRefusedError(f"no {kind.name} {source_id}")
        return record

    def find_source_id(self, page: Any) -> str | None:
        """Not needed while reading."""
        return None

    def find_record_id(self, record: Any) -> str | None:
        """Not needed while reading."""
        return None

    def find_linked_id(self, kind: str, key: str, words: str) -> str | None:
        """Not needed while reading."""
        return None

    def note_missing(self, what: str) -> None:
        """Not needed while reading: what is missing is an error."""

    def _import_line(self, line: BundleLine) -> None:
        if line.is_withdrawal:
            self._withdraw(line)
            return
        if line.record_kind is not None:
            saved = line.record_kind.save(normalise_values(line.values), self)
            self.report.count_record(line.record_kind.name, line.is_published, saved)
            return
        kind = bundle_registry.kinds[line.values["kind"]]
        if line.is_mirror:
            self._mirror(line, kind)
            return
        page = find_existing(line.source_id, line.locale) or self.pages.make_page(line)
        if not isinstance(page, kind.model):
            raise LineRefusedError(f"kind: {line.source_id} is already a {page.content_type_name}")
        stored = None if page.pk in self.pages.made else get_base(page, line)
        draft = get_base(page, line)
        for finding in fill_page(draft, line, kind, self):
            self.report.add_note(line.number, f"html: {finding}")
        if is_unchanged(draft, line, stored):
            self.report.unchanged += 1
            return
        kept = check_guards(page, line)
        draft.full_clean()
        stop_translation(draft)
        if not line.is_published and not page.live:
            # As the editor does: a page that is not live stands in its row as in its draft; translations inherit from it.
            draft.save(clean=False)
        revision = draft.save_revision(clean=False)
        if line.is_published:
            with accepting_gaps():
                revision.publish()
            if gap := find_accepted_gap(draft):
                self.report.add_note(line.number, gap)
            self.report.released += 1
            self.released.append((line, draft))
            if kept is not None:
                self.report.add_note(line.number, keep_on_top(kept))
        else:
            self.report.drafted += 1
        if kept is None and "translation_of" in line.values:
            self.translated.append((line, draft))

    def _mirror(self, line: BundleLine, kind: BundleKind) -> None:
        """Put a mirror of the source into the tree of another language, as a language sync does, unless a page is there."""
        source = self.pages.find_source(line, kind)
        if source is None:
            raise LineRefusedError("translation_of: a mirror needs it")
        pages = kind.model._default_manager.filter(translation_key=source.translation_key)
        if pages.filter(locale__language_code=line.locale).exists():
            self.report.unchanged += 1
            return
        get_home(line.locale)
        mirror = source.copy_for_translation(get_locale(line.locale), copy_parents=True, alias=True)
        if "slug" in line.values and mirror.slug != line.values["slug"]:
            mirror.slug = line.values["slug"]
            mirror.save()
        self.report.drafted += 1

    def _withdraw(self, line: BundleLine) -> None:
        record = SourceRecord.objects.filter(source_id=line.source_id, locale=line.locale).first()
        if record is None:
            raise LineRefusedError(f"source_id: nothing is known by {line.source_id} in {line.locale}")
        moved_to = line.values.get("moved_to")
        successor = self.find_page(moved_to, line.locale) if moved_to else None
        target = successor.translation_key if successor else None
        if target == record.content_id:
            raise LineRefusedError("moved_to: an item cannot move to itself")
        page = find_existing(line.source_id, line.locale)
        if page is not None:
            refuse_locked(page)
        if successor is not None and page is not None and not is_seen_by_all_readers(successor, page):
            raise LineRefusedError("moved_to: not everyone who could read this content may see that one")
        if withdraw_as_told(line, record, page, target):
            self.report.withdrawn += 1
        else:
            self.report.unchanged += 1


def import_bundle(
    raw_lines: Iterable[bytes], *, keep_going: bool = False, files: BundleFiles | None = None
) -> ImportReport:
    """Import a bundle in one transaction; ``files`` is the folder beside it.

    Raises:
        BundleRefusedError: if any line is refused and ``keep_going`` is not set; nothing was imported then.
    """
    report = ImportReport()
    files = files or BundleFiles()
    try:
        with transaction.atomic():
            lines = BundleReader(report).read(raw_lines)
            if report.errors and not keep_going:
                raise BundleRefusedError(report)
            with publication_log.appending():
                BundleImporter(lines, report, files).run()
            if report.errors and not keep_going:
                raise BundleRefusedError(report)
    except BaseException:
        files.delete_added()
        raise
    return report


def _list_messages(error: Exception) -> list[str]:
    if isinstance(error, ValidationError):
        if hasattr(error, "error_dict"):
            by_field: Mapping[str, list[str]] = error.message_dict
            return [f"{name}: {' '.join(messages)}" for name, messages in by_field.items()]
        return list(error.messages)
    return [str(error)]
