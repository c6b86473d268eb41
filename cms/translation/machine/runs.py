"""Runs of machine translation: texts are sent, what comes back is checked and stored, and drafts are saved."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.models import StringTranslation, TranslationLog

from cms.core.html_reader import read_line
from cms.translation.interchange.drafts import save_draft
from cms.translation.interchange.passage_faults import find_length_fault, find_passage_fault
from cms.translation.interchange.report import InterchangeReport, Outcome, PassageResult
from cms.translation.interchange.translatable_texts import PassageRow
from cms.translation.machine.plans import TextPlan, plan_texts
from cms.translation.machine.service_calls import translate_passages

# A translation is seldom twice as long as its source; past this the service has answered something else.
LONGEST_RATIO = 4
SHORT = 100


def run_machine(pairs: Iterable[tuple[UUID, str]], *, user: Any) -> InterchangeReport:
    """Translate what nobody has translated yet, into drafts. Nothing waits for the service within a transaction."""
    report = InterchangeReport()
    for text in plan_texts(pairs, user=user).texts:
        if text.refusal:
            report.problems.append(text.refusal)
            continue
        results = list(_run_text(text))
        report.results += results
        if _has_unsaved_passages(text):
            _save_draft(text, user, report)
    return report


def _run_text(text: TextPlan) -> Iterable[PassageResult]:
    rows: dict[str, list[PassageRow]] = {}
    for row in text.rows:
        rows.setdefault(row.segment.string.data, []).append(row)
    target = Locale.objects.get(language_code=text.locale)
    translator: Any = get_machine_translator()
    for answers in translate_passages(translator, text.source.locale, target, list(rows)):
        with transaction.atomic():
            for passage, words in answers.words.items():
                yield from (_take(text, row, words, target, translator) for row in rows[passage])
        for passage, reason in answers.failures.items():
            for _row in rows[passage]:
                yield PassageResult(Outcome.BROKEN, text.title, read_line(passage), reason)


def _take(text: TextPlan, row: PassageRow, words: str, target: Locale, translator: Any) -> PassageResult:
    passage = row.segment.string.data
    fault = (
        _find_rubbish(passage, words)
        or find_passage_fault(passage, words, text.source.locale.language_code, text.locale)
        or find_length_fault(text.source, row.id.path, words)
    )
    if fault:
        return PassageResult(Outcome.BROKEN, text.title, read_line(passage), fault)
    _translation, is_new = StringTranslation.objects.get_or_create(
        translation_of=row.segment.string,
        context=row.segment.context,
        locale=target,
        defaults={
            "data": words,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MACHINE,
            "tool_name": str(translator.display_name),
            # Nobody: a person who publishes it puts their name here (``release_guard``).
            "last_translated_by": None,
        },
    )
    # A person was faster.
    return PassageResult(Outcome.TAKEN if is_new else Outcome.CONFLICT, text.title, read_line(passage))


def _find_rubbish(passage: str, words: str) -> str | None:
    if not words.strip():
        return _("the service answered nothing")
    if len(words) > LONGEST_RATIO * len(passage) + SHORT:
        return _("the answer is much longer than the source")
    return None


def _has_unsaved_passages(text: TextPlan) -> bool:
    """Say whether passages were stored since the last draft: by this run, or by one that was killed before it saved any."""
    stored = StringTranslation.objects.filter(context__object_id=text.content_id, locale__language_code=text.locale)
    newest = stored.order_by("-updated_at").values_list("updated_at", flat=True).first()
    drafts = TranslationLog.objects.filter(source=text.read, locale__language_code=text.locale)
    return newest is not None and not drafts.filter(created_at__gte=newest).exists()


def _save_draft(text: TextPlan, user: Any, report: InterchangeReport) -> None:
    try:
        with transaction.atomic():
            save_draft(text.read, text.locale, user=user)
    except ValidationError as error:
        report.problems.append(
            _("“%(title)s” was not saved: %(reason)s") % {"title": text.title, "reason": " ".join(error.messages)}
        )
    else:
        report.saved += 1
