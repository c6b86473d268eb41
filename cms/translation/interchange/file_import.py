"""Import of translated passages: as drafts, passage by passage, and never over work that is newer than the file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationContext, TranslationSource

from cms.core.html_reader import read_line
from cms.core.languages import LANGUAGES
from cms.publication.pages.obstacles import ReleaseRefusedError
from cms.translation.interchange.drafts import may_translate, save_draft
from cms.translation.interchange.inline_markup import normalise_markup
from cms.translation.interchange.passage_faults import find_length_fault, find_passage_fault
from cms.translation.interchange.publication import publish_draft
from cms.translation.interchange.report import InterchangeReport, Outcome, PassageResult
from cms.translation.interchange.texts import (
    NO_DIGEST,
    FileRefusedError,
    Passage,
    PassageId,
    TranslationFile,
    TranslationText,
)
from cms.translation.interchange.translatable_texts import (
    PassageRow,
    find_source,
    find_source_obstacle,
    list_rows,
)
from cms.translation.passages.source_readings import read_source


class TextRefusedError(Exception):
    """One text of the file was refused; the message says why."""


@dataclass(frozen=True, slots=True)
class Import:
    """The file that is taken in, who does it (``None``: a command), and what has been said about it so far."""

    file: TranslationFile
    user: Any
    report: InterchangeReport

    @property
    def tool_name(self) -> str:
        """The name under which passages of this file are stored, so that whoever brought them may bring them corrected."""
        return f"export {self.file.export_id}"


def import_file(
    file: TranslationFile, *, user: Any = None, locale: str = "", is_publishing: bool = False
) -> InterchangeReport:
    """Take the passages of a file, each text in a transaction of its own; nothing is published unless that is asked.

    ``locale`` is the language somebody meant to bring.

    Raises:
        FileRefusedError: if the file is for another language than ``locale``.
    """
    if locale and locale != file.locale:
        raise FileRefusedError(
            _("The file is for %(found)s, not for %(meant)s.")
            % {"found": LANGUAGES[file.locale].endonym, "meant": LANGUAGES[locale].endonym}
        )
    work = Import(file, user, InterchangeReport())
    work.report.results += [PassageResult(Outcome.UNKNOWN, "–", read_line(words)) for words in file.strays]
    for text in file.texts:
        try:
            translation = _import_text(work, text)
            if is_publishing:
                work.report.published += publish_draft(translation, user=user)
        except (TextRefusedError, ReleaseRefusedError) as error:
            work.report.problems.append(str(error))
        except ValidationError as error:
            work.report.problems.append(
                _("“%(title)s” was not taken: %(reason)s") % {"title": text.title, "reason": " ".join(error.messages)}
            )
    return work.report


def _import_text(work: Import, text: TranslationText) -> Translation | None:
    """Take the passages of one text.

    Raises:
        TextRefusedError: if there is no such text here, it cannot be translated (any more), or the user may not.
    """
    results: list[PassageResult] = []
    notes: list[str] = []
    with transaction.atomic():
        source = _get_source(work, text)
        # Two files at once: the second waits here, and finds what the first has stored.
        _lock(source)
        stored = read_source(source)
        rows = {row.id: row for row in list_rows(stored, work.file.locale)}
        if {passage.id for passage in text.passages if passage.id.digest != NO_DIGEST} - set(rows):
            notes.append(_("The source of “%(title)s” has changed since the export.") % {"title": text.title})
        has_changed = False
        for passage in text.passages:
            if passage.id not in rows and not passage.target:
                continue  # untranslated at the export, and gone since: nobody's work is lost
            result = _import_passage(work, text, passage, rows, source)
            results.append(result)
            has_changed |= result.outcome == Outcome.TAKEN
        results += _list_forgotten(text, rows)
        translation = (
            save_draft(stored, work.file.locale, user=work.user) if has_changed else _find_translation(work, stored)
        )
    # Only now: an error above takes back what was stored.
    work.report.results += results
    work.report.notes += notes
    work.report.saved += has_changed
    return translation


def _lock(source: Any) -> None:
    model = Page if isinstance(source, Page) else type(source)
    model.objects.select_for_update().get(pk=source.pk)


def _get_source(work: Import, text: TranslationText) -> Any:
    source = find_source(text.content_id)
    if source is None:
        raise TextRefusedError(
            _("“%(title)s” (%(id)s) does not exist on this site.") % {"title": text.title, "id": text.content_id}
        )
    if source.locale.language_code != text.source_locale:
        raise TextRefusedError(
            _("“%(title)s” is written in %(is)s, not in %(said)s as the file says.")
            % {"title": text.title, "is": source.locale.language_code, "said": text.source_locale}
        )
    obstacle = find_source_obstacle(source, work.file.locale)
    if obstacle is not None:
        raise TextRefusedError(obstacle)
    if work.user is not None and not may_translate(work.user, source, work.file.locale):
        raise TextRefusedError(_("You may not translate “%(title)s”.") % {"title": text.title})
    return source


def _import_passage(
    work: Import, text: TranslationText, passage: Passage, rows: Mapping[PassageId, PassageRow], source: Any
) -> PassageResult:
    def tell(outcome: Outcome, reason: str = "") -> PassageResult:
        return PassageResult(outcome, text.title, read_line(passage.source), reason)

    row = rows.get(passage.id)
    if row is None:
        is_known = _is_known_place(passage.id.path, text)
        return tell(Outcome.STALE if is_known else Outcome.UNKNOWN)
    stored = row.translation
    if passage.former is not None or not passage.target.strip():
        return tell(Outcome.UNCHANGED if stored else Outcome.MISSING)
    if stored is not None and normalise_markup(stored.data) == normalise_markup(passage.target):
        return tell(Outcome.UNCHANGED)
    if passage.is_unsure:
        return tell(Outcome.UNSURE)
    fault = (
        passage.fault
        or find_passage_fault(row.segment.string.data, passage.target, text.source_locale, work.file.locale)
        or find_length_fault(source, passage.id.path, passage.target)
    )
    if fault:
        return tell(Outcome.BROKEN, fault)
    if stored is not None and _is_newer(stored, work):
        return tell(Outcome.CONFLICT)
    _store_passage(work, row, passage.target)
    return tell(Outcome.TAKEN)


def _is_known_place(path: str, text: TranslationText) -> bool:
    """Say whether the text has, or had once, passages in this place."""
    return bool(TranslationContext.objects.filter(object_id=text.content_id, path=path).exists())


def _is_newer(stored: StringTranslation, work: Import) -> bool:
    """Say whether a person has written a translation since the export.

    A machine's gives way, and what the same user brought with the same file: they correct themselves. A second translator who
    works on the same file does not.
    """
    is_machine = stored.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE
    is_own = (
        stored.tool_name == work.tool_name and work.user is not None and stored.last_translated_by_id == work.user.pk
    )
    return not (is_machine or is_own) and stored.updated_at > work.file.exported_at


def _store_passage(work: Import, row: PassageRow, words: str) -> None:
    translation = row.translation or StringTranslation(
        translation_of=row.segment.string,
        context=row.segment.context,
        locale=Locale.objects.get(language_code=work.file.locale),
    )
    translation.data = words
    translation.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
    translation.tool_name = work.tool_name
    translation.last_translated_by = work.user
    translation.has_error = False
    translation.field_error = ""
    translation.save()


def _list_forgotten(text: TranslationText, rows: Mapping[PassageId, PassageRow]) -> list[PassageResult]:
    """List the passages of the text that the file does not have and nobody has translated."""
    brought = {passage.id for passage in text.passages}
    return [
        PassageResult(Outcome.MISSING, text.title, read_line(row.segment.string.data))
        for row in rows.values()
        if row.translation is None and row.id not in brought
    ]


def _find_translation(work: Import, stored: TranslationSource) -> Translation | None:
    return stored.translations.filter(target_locale__language_code=work.file.locale, enabled=True).first()
