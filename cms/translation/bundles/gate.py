"""The language gate: texts × languages of a bundle, with what is ready, what is missing and what that means."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from cms.core.calendar import start_of_day, today, write_day
from cms.core.enums import Significance
from cms.core.languages import LANGUAGES, fallback_chain
from cms.publication.enums import TranslationState
from cms.publication.log.history import ContentHistory, load_histories
from cms.publication.log.timeline import find_span
from cms.publication.registry import registry
from cms.translation.bundle_enums import IfMissing, Timing
from cms.translation.bundles.entry_drafts import EntryDraft, Gap, GapKind, load_drafts
from cms.translation.bundles.law_days import find_law_day
from cms.translation.bundles.own_release import releasing_as_bundle
from cms.translation.models import ReleaseBundle

# A bundle that goes without a language is in the log by noon of the day before, so that mirrors turn at midnight by themselves.
LEAD = timedelta(hours=12)


class CellStatus(StrEnum):
    """Statuses of a text in a language: ready or not, untouched where readers keep a text that stays right, absent otherwise."""

    READY = "ready"
    MISSING = "missing"
    UNTOUCHED = "untouched"
    ABSENT = "absent"


@dataclass(frozen=True)
class Cell:
    """One text in one language.

    ``fallback`` names the language readers get where this one does not come; with ``is_kept`` they keep what they have.
    """

    locale: str
    endonym: str
    status: CellStatus
    is_required: bool
    draft: EntryDraft | None = None
    gap: Gap | None = None
    fallback: str = ""
    is_kept: bool = False

    @property
    def is_broken(self) -> bool:
        """Say whether waiting does not mend it."""
        return self.gap is not None and self.gap.kind == GapKind.BROKEN


@dataclass(frozen=True)
class GateRow:
    """One text of a bundle in all languages of the table."""

    content_id: UUID
    title: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Gate:
    """What a bundle would release now, and what stands against it.

    ``problems`` are of the bundle as a whole; ``first_day`` is the day from which its texts apply, ``None`` for that of release.
    """

    bundle: ReleaseBundle
    rows: Sequence[GateRow]
    problems: Sequence[str]
    first_day: date | None

    @property
    def cells(self) -> list[Cell]:
        """All cells."""
        return [cell for row in self.rows for cell in row.cells]

    def list_ready(self) -> list[EntryDraft]:
        """List the drafts that are ready, sources first."""
        ready = [cell.draft for cell in self.cells if cell.status == CellStatus.READY and cell.draft]
        return sorted(ready, key=lambda draft: (not draft.is_source, draft.entry.pk))

    def list_obstacles(self) -> list[str]:
        """List what keeps the bundle from going live however long one waits, or whatever it says of missing languages."""
        broken = [
            _describe(row, cell)
            for row in self.rows
            for cell in row.cells
            if cell.is_broken or (cell.gap and cell.draft and cell.draft.is_source)
        ]
        return [*self.problems, *broken]

    def list_awaited(self) -> list[str]:
        """List the required languages that are not ready, text by text."""
        return [
            _describe(row, cell)
            for row in self.rows
            for cell in row.cells
            if cell.is_required and cell.status in (CellStatus.MISSING, CellStatus.ABSENT) and not cell.is_broken
        ]

    def is_open(self, now: datetime) -> bool:
        """Say whether the bundle may go live at a moment."""
        if self.list_obstacles() or (self.bundle.timing == Timing.MOMENT and now < self._get_moment()):
            return False
        return not self.list_awaited() or self._goes_without(now)

    def is_late(self, now: datetime) -> bool:
        """Say whether the bundle should have been live by now."""
        return now >= (self._get_moment() if self.bundle.timing == Timing.MOMENT else self._get_deadline())

    def _goes_without(self, now: datetime) -> bool:
        return self.bundle.if_missing == IfMissing.FALLBACK and self.is_late(now)

    def _get_moment(self) -> datetime:
        return self.bundle.moment or datetime.max.replace(tzinfo=start_of_day(today()).tzinfo)

    def _get_deadline(self) -> datetime:
        return start_of_day(self.first_day or today()) - LEAD


def build_gate(bundle: ReleaseBundle, user: Any) -> Gate:
    """Build the gate of a bundle, as if a user released it."""
    entries = list(bundle.entries.order_by("pk"))
    histories = load_histories({entry.content_id for entry in entries})
    drafts = load_drafts(entries, histories)
    sources = {draft.entry.content_id: draft for draft in drafts if draft.is_source}
    day, problem = _find_first_day(bundle, drafts)
    first_day = day if day and day > today() else None
    problems = [] if entries else [_("There is no text in the bundle.")]
    if problem and entries:
        problems.append(problem)
    locales = [
        code for code in LANGUAGES if code in bundle.required_locales or any(code == entry.locale for entry in entries)
    ]
    rows = []
    with releasing_as_bundle():
        for content_id in dict.fromkeys(entry.content_id for entry in entries):
            own = {draft.entry.locale: draft for draft in drafts if draft.entry.content_id == content_id}
            source = sources.get(content_id)
            gaps = {locale: draft.find_own_gap(first_day, user, source) for locale, draft in own.items()}
            builder = _RowBuilder(bundle, histories[content_id], own, gaps, source, first_day)
            title = (source or next(iter(own.values()))).title
            rows.append(GateRow(content_id, title, [builder.build_cell(locale) for locale in locales]))
    return Gate(bundle, rows, problems, first_day)


@dataclass(frozen=True)
class _RowBuilder:
    bundle: ReleaseBundle
    history: ContentHistory
    drafts: dict[str, EntryDraft]
    gaps: dict[str, Gap | None]
    source: EntryDraft | None
    first_day: date | None

    def build_cell(self, locale: str) -> Cell:
        draft = self.drafts.get(locale)
        gap = self.gaps.get(locale)
        status = self._find_status(locale, draft, gap)
        instead = self._find_instead(locale) if status in (CellStatus.MISSING, CellStatus.ABSENT) else ""
        return Cell(
            locale,
            LANGUAGES[locale].endonym,
            status,
            locale in self.bundle.required_locales,
            draft,
            gap,
            LANGUAGES[instead].endonym if instead not in ("", locale) else "",
            is_kept=instead == locale,
        )

    def _find_status(self, locale: str, draft: EntryDraft | None, gap: Gap | None) -> CellStatus:
        if draft is not None:
            return CellStatus.MISSING if gap else CellStatus.READY
        return CellStatus.UNTOUCHED if self._stays_right(locale) else CellStatus.ABSENT

    def _stays_right(self, locale: str) -> bool:
        """Say whether readers have a text of the language that the bundle does not make outdated."""
        day = self.first_day or today()
        span = find_span(self.history.build_text_spans(locale), day) if self.history.rows else None
        if span is None or self.history.derive_state(span.row, day) == TranslationState.OUTDATED:
            return False
        is_changed = self.source is not None and self.source.entry.significance == Significance.SUBSTANTIVE
        return not is_changed or locale == self.history.source_locale

    def _find_instead(self, locale: str) -> str:
        """Find the language in which readers read the text where ``locale`` does not come: their own, if they keep it."""
        return next((code for code in fallback_chain(locale) if self._is_served(code, but=locale)), "")

    def _is_served(self, locale: str, *, but: str) -> bool:
        """Say whether readers get a text of a language after the bundle, in which ``but`` does not come."""
        if locale != but and locale in self.drafts and self.gaps[locale] is None:
            return True
        day = self.first_day or today()
        span = find_span(self.history.build_text_spans(locale), day) if self.history.rows else None
        if span is None:
            return False
        content_type = registry.types.get(span.row.type)
        is_hidden = content_type is not None and content_type.is_hidden_when_outdated
        return not is_hidden or locale == self.history.source_locale or self._stays_right(locale)


def _find_first_day(bundle: ReleaseBundle, drafts: Sequence[EntryDraft]) -> tuple[date | None, str]:
    """Find the day from which a bundle's texts apply, and what is wrong with it."""
    if bundle.timing == Timing.MOMENT:
        return None, "" if bundle.moment else _("Say at which time the bundle goes live.")
    if bundle.timing == Timing.DAY:
        return bundle.day, "" if bundle.day else _("Say on which day the bundle goes live.")
    texts: dict[UUID, Any] = {}
    for draft in drafts:
        if draft.source is not None:
            text = draft.revision.as_object() if draft.is_source and draft.revision else draft.source
            texts.setdefault(draft.entry.content_id, text)
    days = {content_id: find_law_day(text) for content_id, text in texts.items()}
    if len(set(days.values())) == 1 and (day := next(iter(days.values()))):
        return day, ""
    named = ", ".join(f"{texts[key].title}: {write_day(day) if day else '–'}" for key, day in days.items())
    return None, _("The texts do not name one day from which the law applies: %(days)s.") % {"days": named}


def _describe(row: GateRow, cell: Cell) -> str:
    reason = cell.gap.reason if cell.gap else _("There is no translation in the bundle.")
    return _("“%(title)s” (%(language)s): %(reason)s") % {
        "title": row.title,
        "language": cell.endonym,
        "reason": reason,
    }
