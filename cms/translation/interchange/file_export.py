"""Export of passages to translate, for one language: nothing is released, and no draft is made by it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.calendar import today
from cms.publication.access.querysets import WindowQuerySet
from cms.publication.enums import TranslationState
from cms.publication.models import Window
from cms.translation.glossary.term_notes import TermNotes
from cms.translation.interchange.drafts import may_translate
from cms.translation.interchange.texts import TranslationFile, TranslationText
from cms.translation.interchange.translatable_texts import (
    PassageRow,
    build_passages,
    find_source,
    find_source_obstacle,
    find_target,
    find_version,
    iterate_contents,
    list_rows,
)
from cms.translation.passages.source_readings import read_source
from cms.translation.states.work import is_requested


@dataclass
class ExportReport:
    """The file, and the texts that were asked for and are not in it, each with its reason."""

    file: TranslationFile
    skipped: list[str] = field(default_factory=list)


def export_texts(
    locale: str, *, content_ids: Iterable[UUID] = (), only_outdated: bool = False, user: Any = None
) -> ExportReport:
    """Export the passages of some texts, or of all that are out; wagtail-localize reads their sources anew.

    With a ``user`` only texts are exported that they may translate.
    ``only_outdated`` keeps texts that have a translation which is outdated, or has passages that are not translated any more, and
    texts nobody has begun that somebody asked for.
    """
    report = ExportReport(TranslationFile(locale, uuid4().hex[:12], timezone.now(), []))
    texts: list[TranslationText] = []
    terms = cache(lambda source_locale: TermNotes(source_locale, locale))
    asked = list(dict.fromkeys(content_ids))
    for content_id in asked or iterate_contents():
        source = find_source(content_id)
        if source is None:
            report.skipped.append(_("There is no text with the id %(id)s that can be translated.") % {"id": content_id})
            continue
        obstacle = find_source_obstacle(source, locale)
        if obstacle is not None:
            report.skipped.append(obstacle)
            continue
        if user is not None and not may_translate(user, source, locale):
            continue
        text = _export_text(source, locale, terms(source.locale.language_code), only_outdated=only_outdated)
        if text is not None:
            texts.append(text)
    report.file = TranslationFile(locale, report.file.export_id, report.file.exported_at, texts)
    return report


@transaction.atomic
def _export_text(source: Any, locale: str, terms: TermNotes, *, only_outdated: bool) -> TranslationText | None:
    if only_outdated and find_target(source, locale) is None and not is_requested(source.translation_key, locale):
        return None
    read = read_source(source)
    rows = list_rows(read, locale)
    if only_outdated and not _needs_work(source, locale, rows):
        return None
    return TranslationText(
        source.translation_key,
        source.locale.language_code,
        find_version(read),
        str(source),
        build_passages(read, locale, rows, terms),
    )


def _needs_work(source: Any, locale: str, rows: list[PassageRow]) -> bool:
    if any(row.translation is None or row.translation.has_error for row in rows):
        return True
    windows: WindowQuerySet = Window.objects.present_and_future(today())
    return windows.filter(content_id=source.translation_key, locale=locale, state=TranslationState.OUTDATED).exists()
