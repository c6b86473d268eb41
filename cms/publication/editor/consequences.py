"""Consequences of publishing a draft, looked up before anybody does: languages, other texts, planned versions, days and readers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson

from cms.core.calendar import today
from cms.core.enums import Significance, Visibility
from cms.core.languages import LANGUAGES
from cms.core.models import ReleasablePage
from cms.core.shown_targets import Target, TargetKind
from cms.publication.editor.release_status import describe_return
from cms.publication.enums import TranslationState
from cms.publication.log.drafts import ReleaseDraft
from cms.publication.log.envelope import build_url
from cms.publication.log.forecasts import find_day_before, forecast_text, list_effective_days
from cms.publication.log.history import ContentHistory, load_histories
from cms.publication.log.publication_log import stands_already
from cms.publication.log.timeline import find_span
from cms.publication.models import Release, ReleaseBody
from cms.publication.pages.answers import PublishAnswers
from cms.publication.pages.builder import build_release_draft
from cms.publication.pages.referrers import list_pages, list_referrers
from cms.publication.pages.refusals import explain_refusal, list_refusals
from cms.publication.registry import registry

SHOWN_REFERRERS = 10
# A desk may stand in thousands of texts: so many are loaded to find the ones to name, and all are counted.
LOOKED_AT_REFERRERS = 50


@dataclass(frozen=True)
class StaleLanguage:
    """A language whose text becomes outdated on a day."""

    locale: str
    endonym: str
    title: str
    since: date


@dataclass(frozen=True)
class ReaderText:
    """A text that readers see from a day on; ``last_day`` ``None`` means without end. ``is_new`` is the one to be published."""

    first_day: date
    last_day: date | None
    title: str
    summary: str
    is_new: bool


@dataclass(frozen=True)
class PlannedText:
    """A planned version that stands already. ``is_replaced`` says that the new text takes its place on its day."""

    first_day: date
    title: str
    is_replaced: bool


@dataclass(frozen=True)
class Referrers:
    """Texts that show this one: the titles of the first that the user may see, and how many there are."""

    titles: Sequence[str] = ()
    count: int = 0

    @property
    def more_count(self) -> int:
        """The texts that are not named, those among them that the user may not see."""
        return self.count - len(self.titles)


@dataclass(frozen=True)
class Consequences:
    """Everything that publishing a draft with some answers would do."""

    first_day: date
    is_past: bool
    is_planned: bool
    is_same_text: bool
    is_assumed: bool
    stale: Sequence[StaleLanguage]
    readers_see: Sequence[ReaderText]
    planned: Sequence[PlannedText]
    referrers: Referrers
    refusals: Sequence[str]
    notes: Sequence[str]
    address: str
    expires_at: Any = None
    pending: Mapping[str, Any] = field(default_factory=dict)


def find_consequences(
    page: ReleasablePage, draft_page: ReleasablePage, answers: PublishAnswers, user: Any, *, is_answered: bool
) -> Consequences:
    """Find what publishing ``draft_page`` with these answers does.

    Where it has not been said yet how much changed (``is_answered``), the languages are those that a substantive change would make
    outdated.
    """
    answers.write_to(draft_page)
    if not is_answered:
        draft_page.significance = Significance.SUBSTANTIVE
    draft = build_release_draft(draft_page)
    before, after = (load_histories([page.translation_key])[page.translation_key] for _ in range(2))
    is_same_text = bool(before.rows) and stands_already(before, draft, today())
    row = forecast_text(after, draft, today())
    locale = page.locale.language_code
    return Consequences(
        first_day=answers.applies_from or today(),
        is_past=(answers.applies_from or today()) < today(),
        is_planned=(answers.applies_from or today()) > today(),
        is_same_text=is_same_text,
        is_assumed=not is_answered,
        stale=[] if is_same_text else _list_stale(before, after, draft),
        readers_see=_list_reader_texts(after, row, draft),
        planned=[
            PlannedText(span.starts, span.row.title, span.starts == row.applies_from)
            for span in before.build_text_spans(locale)
            if span.starts > today()
        ],
        referrers=_find_referrers(page, user),
        refusals=[explain_refusal(refusal) for refusal in list_refusals(draft_page)],
        notes=[
            *describe_return(before, locale),
            *(
                note
                for find in registry.consequence_finders
                for note in find(draft_page, answers.significance if is_answered else "", user)
            ),
        ],
        address=build_url(draft.path),
        expires_at=draft_page.expire_at,
        pending={"schedule": page.scheduled_revision, "approval": page.current_workflow_state},
    )


def _list_stale(before: ContentHistory, after: ContentHistory, draft: ReleaseDraft) -> list[StaleLanguage]:
    stale = []
    for locale in after.locales:
        if locale == after.source_locale or draft.locale != after.source_locale:
            continue
        spans = after.build_text_spans(locale)
        for day in list_effective_days(after, today()):
            span = find_span(spans, day)
            if span is None or after.derive_state(span.row, day) != TranslationState.OUTDATED:
                continue
            if before.derive_state(span.row, day) != TranslationState.OUTDATED:
                stale.append(StaleLanguage(locale, LANGUAGES[locale].endonym, span.row.title, day))
                break
    return stale


def _list_reader_texts(after: ContentHistory, row: Release, draft: ReleaseDraft) -> list[ReaderText]:
    spans = [span for span in after.build_text_spans(draft.locale) if span.reaches(today())]
    return [
        ReaderText(
            first_day=max(span.starts, today()),
            last_day=find_day_before(span.ends),
            title=span.row.title,
            summary=str(draft.document.get("summary", "")) if span.row is row else _load_summary(span.row),
            is_new=span.row is row,
        )
        for span in spans
    ]


def _load_summary(row: Release) -> str:
    body = ReleaseBody.objects.filter(pk=row.position).first()
    return str(orjson.loads(bytes(body.body)).get("summary", "")) if body else ""


def _find_referrers(page: ReleasablePage, user: Any) -> Referrers:
    target = Target(TargetKind.CONTENT, str(page.translation_key))
    referrers = [referrer for referrer in list_referrers([target]) if referrer[0] != page.translation_key]
    seen = [other for other in list_pages(referrers[:LOOKED_AT_REFERRERS]) if _may_see(other, user)]
    titles = [f"{other.title} ({LANGUAGES[other.locale.language_code].endonym})" for other in seen]
    return Referrers(titles[:SHOWN_REFERRERS], len(referrers))


def _may_see(page: ReleasablePage, user: Any) -> bool:
    """Say whether a user of the editor may learn of another text: everybody of a public one, else who may work on it."""
    permissions = page.permissions_for_user(user)
    return bool(page.readers == Visibility.PUBLIC or permissions.can_edit() or permissions.can_publish())
