"""The publication log: the only door through which anything is released or withdrawn."""

import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from cms.core.calendar import local_day
from cms.core.shown_targets import Target
from cms.core.unicode_text import normalise_text
from cms.publication.enums import Reason
from cms.publication.log.drafts import ReleaseDraft
from cms.publication.log.history import ContentHistory, load_histories
from cms.publication.log.plans import Plan
from cms.publication.log.projection import project
from cms.publication.log.renditions import Rendition, build_renditions, cut_renditions, find_rendition
from cms.publication.log.timeline import find_span
from cms.publication.models.log import (
    JointRelease,
    LogHead,
    Release,
    ReleaseBody,
    ReleaseReference,
    ReleaseRendition,
)

# Sent inside the transaction with ``content_ids``, the contents of which others now show something else, ``reader_changes``, those
# of them that other readers may see than before, and ``is_withdrawal``.
contents_changed = Signal()

# The moment of everything that comes out in one go.
_joint_moment: ContextVar[datetime | None] = ContextVar("joint_moment", default=None)

# Sent inside the transaction with ``changes``, the contents that got rows, and ``now``.
rows_appended = Signal()


@dataclass(frozen=True)
class ContentChange:
    """Rows that one content got in one transaction. ``history`` holds them already."""

    history: ContentHistory
    rows: Sequence[Release]

    def build_history_before(self) -> ContentHistory:
        """Build the history without the rows of this change."""
        added = {row.position for row in self.rows}
        rows = [row for row in self.history.rows if row.position not in added]
        return ContentHistory(self.history.content_id, rows, renditions=self.history.renditions)


class UnknownVersionError(LookupError):
    """No such version of this content is there to be withdrawn."""


class LogChange:
    """One transaction's change of some contents: calling it with an id gives the plan of that content."""

    def __init__(self, head: LogHead, histories: dict[UUID, ContentHistory]) -> None:
        self.head = head
        self.histories = histories
        self.plans: dict[UUID, Plan] = {}
        self.appended = 0
        self.changed_contents: set[UUID] = set()
        self.now = _joint_moment.get() or timezone.now()
        self.today = local_day(self.now)
        self.readers = self._build_readers()

    def __call__(self, content_id: UUID) -> Plan:
        if content_id not in self.plans:
            self.plans[content_id] = Plan(
                history=self.histories[content_id],
                now=self.now,
                today=self.today,
                next_position=self._next_position,
                next_version=lambda: secrets.token_hex(8),
                load_body=lambda position: bytes(ReleaseBody.objects.get(pk=position).body),
                load_rendition=lambda position, starts: bytes(
                    ReleaseRendition.objects.get(release_id=position, starts=starts).document
                ),
            )
        return self.plans[content_id]

    def refers_alike(self, text: Release, draft: ReleaseDraft) -> bool:
        """Say whether a text refers to what a draft refers to. One query for all texts of the change."""
        added = self.plans[text.content_id].references.get(text.position)
        return (self._references[text.position] if added is None else added) == draft.references

    @cached_property
    def _references(self) -> dict[int, frozenset[Target]]:
        return load_references(
            [row.position for history in self.histories.values() for row in history.rows if row.is_text]
        )

    def store(self) -> None:
        """Settle the plans and store rows, bodies, windows and head."""
        plans = [plan for plan in self.plans.values() if plan.history.rows]
        for plan in plans:
            plan.settle()
        for plan in plans:
            for position, since in plan.replaced_since.items():
                ReleaseRendition.objects.filter(release_id=position, starts__gte=since).delete()
        restated = [position for plan in plans for position in plan.references]
        ReleaseReference.objects.filter(release_id__in=restated).delete()
        rows = sorted((row for plan in plans for row in plan.rows), key=lambda row: row.position)
        Release.objects.bulk_create(rows, batch_size=500)
        renditions = [rendition for plan in plans for rendition in plan.build_renditions()]
        ReleaseRendition.objects.bulk_create(renditions, batch_size=200)
        ReleaseReference.objects.bulk_create(
            [reference for plan in plans for reference in plan.build_references()], batch_size=500
        )
        if not rows:
            return
        ReleaseBody.objects.bulk_create([body for plan in plans for body in plan.build_bodies()], batch_size=200)
        self.head.save(update_fields=["position"])
        self.changed_contents = project(
            [plan.history for plan in plans if plan.rows], {plan.history.content_id: plan.bodies for plan in plans}
        )
        self.appended = len(rows)
        rows_appended.send(
            sender=type(self),
            changes=[ContentChange(plan.history, plan.rows) for plan in plans if plan.rows],
            now=self.now,
        )

    def list_reader_changes(self) -> set[UUID]:
        """List the contents that other readers may see than before."""
        readers = self._build_readers()
        return {content_id for content_id, before in self.readers.items() if readers[content_id] != before}

    def _build_readers(self) -> dict[UUID, tuple[str, str]]:
        # A source that was never released has no rows; then a translation says where the content belongs.
        locales = {
            history.content_id: next((row.locale for row in history.rows if row.is_text), None)
            for history in self.histories.values()
        }
        classified = [
            (content_id, self.histories[content_id].get_classification(locale))
            for content_id, locale in locales.items()
            if locale is not None
        ]
        return {content_id: (str(place.visibility), place.consortium) for content_id, place in classified}

    def _next_position(self) -> int:
        self.head.position += 1
        return self.head.position


class PublicationLog:
    """Append releases and withdrawals. Every method is one transaction, or part of the one it is called in."""

    @contextmanager
    def appending(self) -> Iterator[LogHead]:
        """Hold the log's head: appends made meanwhile wait, so positions follow the order of commits."""
        with transaction.atomic():
            yield LogHead.objects.select_for_update().get_or_create(pk=1)[0]

    @contextmanager
    def appending_jointly(self) -> Iterator[int]:
        """Append in one go: all rows of the block carry one moment, and mirrors get them together. Yields the last position before.

        Nested in another such block it is part of that one.
        """
        with self.appending() as head:
            before = head.position
            if _joint_moment.get() is not None:
                yield before
                return
            token = _joint_moment.set(timezone.now())
            try:
                yield before
            finally:
                _joint_moment.reset(token)
            last = LogHead.objects.get(pk=1).position
            if last > before:
                JointRelease.objects.create(first_position=before + 1, last_position=last)

    def hold(self) -> None:
        """Hold the log's head until the end of the transaction this is called in."""
        LogHead.objects.select_for_update().get_or_create(pk=1)

    def release_contents(self, drafts: Sequence[ReleaseDraft]) -> int:
        """Release the drafts whose text differs from the one that now stands for their first day.

        Returns the number of rows appended, those of sibling languages included.
        """
        with self._changing({draft.content_id for draft in drafts}) as change:
            for draft in drafts:
                plan = change(draft.content_id)
                standing = find_standing(plan.history, draft, plan.today)
                if standing is None or not _translates_alike(plan, draft) or not change.refers_alike(standing, draft):
                    plan.add_text(draft, build_renditions(draft, draft.applies_from or plan.today))
        return change.appended

    def confirm_translations(self, content_id: UUID, locales: Collection[str]) -> int:
        """Release the words that apply today in some languages as translations of the source as it applies today.

        A language or a source of which nothing applies is left as it is. Returns the rows appended.
        """
        with self._changing({content_id}) as change:
            plan = change(content_id)
            history = plan.history
            source = find_span(history.build_text_spans(history.source_locale), plan.today)
            if source is None:
                return change.appended
            spans = [find_span(history.build_text_spans(locale), plan.today) for locale in locales]
            texts = [span.row for span in spans if span is not None]
            if source is None:
                return 0
            stored = load_references([text.position for text in texts])
            for text in texts:
                plan.confirm_text(text, source.row.version, stored[text.position])
        return change.appended

    def release_again(
        self,
        content_id: UUID,
        renditions: Mapping[int, Sequence[Rendition]],
        *,
        references: Mapping[int, Collection[Target]] | None = None,
        keeps_past: bool = False,
    ) -> int:
        """Release texts that read otherwise than they did, though no editor changed them. Returns the rows appended.

        ``renditions`` holds, by the position of a text, how it reads from the first of them on. The text stays the one that was
        published: its first day, its translations and their states do not change. ``references`` holds, by the same positions,
        what it shows now. With ``keeps_past`` the version that now applies keeps its days until today.
        """
        with self._changing({content_id}) as change:
            plan = change(content_id)
            for row in plan.history.rows:
                if row.position in renditions:
                    plan.replace_renditions(row, renditions[row.position], keeps_past=keeps_past)
            plan.references.update(references or {})
        return change.appended

    def withdraw(
        self,
        *,
        content_id: UUID,
        locale: str | None = None,
        reason: str = Reason.GONE,
        moved_to: UUID | None = None,
        version: str | None = None,
        explanation: str = "",
    ) -> int:
        """Withdraw one version, one language or the whole content; a withdrawn source takes its translations along.

        ``explanation`` tells readers why, in at most 400 characters; it stands as the change note of every row appended.
        Returns the number of rows appended; withdrawing what is not there appends none.

        Raises:
            UnknownVersionError: if ``version`` names nothing that was released.
        """
        explanation = normalise_text(explanation)
        with self._changing({content_id}, is_withdrawal=True) as change:
            plan = change(content_id)
            if version is not None:
                _withdraw_version(plan, version, reason, moved_to, explanation)
            else:
                for code in _list_affected(plan.history, locale):
                    plan.withdraw(code, reason, moved_to, explanation=explanation)
        return change.appended

    def refresh(self, content_id: UUID, paths: dict[str, str] | None = None) -> int:
        """Release again what a change around the texts calls for, for example a new path. Returns the rows appended."""
        with self._changing({content_id}) as change:
            change(content_id).history.paths.update(paths or {})
        return change.appended

    @contextmanager
    def _changing(self, content_ids: Iterable[UUID], *, is_withdrawal: bool = False) -> Iterator[LogChange]:
        with self.appending() as head:
            change = LogChange(head, load_histories(content_ids))
            yield change
            change.store()
            if change.changed_contents:
                contents_changed.send(
                    sender=type(self),
                    content_ids=change.changed_contents,
                    reader_changes=change.list_reader_changes(),
                    is_withdrawal=is_withdrawal,
                )


def stands_already(history: ContentHistory, draft: ReleaseDraft, today: date) -> bool:
    """Say whether the log says what the draft says from its first day (or today) on, by the same references."""
    standing = find_standing(history, draft, today)
    return standing is not None and refers_alike(standing, draft)


def find_standing(history: ContentHistory, draft: ReleaseDraft, today: date) -> Release | None:
    """Find the text that says, from the draft's first day on (today, if it names none), what the draft says."""
    if not is_classified_alike(history, draft):
        return None
    spans = history.build_text_spans(draft.locale)
    if draft.applies_from is not None:
        spans = [span for span in spans if span.row.applies_from == draft.applies_from]
    else:
        spans = [span for span in spans if span.covers(today)]
    return next((span.row for span in spans if reads_alike(history, span.row, draft, today)), None)


def reads_alike(history: ContentHistory, text: Release, draft: ReleaseDraft, today: date) -> bool:
    """Say whether a text says what a draft says, today or from its first day on; how it read before is past.

    One that applied on days gone by alone has to say it on the last of them: what it names may have changed since.
    """
    spans = history.build_text_spans(text.locale)
    span = next((span for span in spans if span.row.position == text.position), None)
    if span is not None and span.ends is not None and not span.reaches(today):
        last_day = span.ends - timedelta(days=1)
        drafted = find_rendition(build_renditions(draft, draft.applies_from or last_day), last_day)
        stored = find_rendition(history.list_renditions(text, last_day), last_day)
        return drafted is not None and stored is not None and drafted.text_hash == stored.text_hash
    day = max(draft.applies_from or today, today)
    return history.list_renditions(text, day) == cut_renditions(build_renditions(draft, draft.applies_from or day), day)


def refers_alike(text: Release, draft: ReleaseDraft) -> bool:
    """Say whether a text refers to what a draft refers to; else the two differ as soon as something hidden becomes visible."""
    return load_references([text.position])[text.position] == draft.references


def load_references(positions: Collection[int]) -> dict[int, frozenset[Target]]:
    """Load what some texts show by reference, in one query; a text that shows nothing has an empty set."""
    references: dict[int, set[Target]] = {position: set() for position in positions}
    stored = ReleaseReference.objects.filter(release_id__in=positions).values_list("release_id", "kind", "target")
    for position, kind, key in stored:
        references[position].add(Target(kind, key))
    return {position: frozenset(targets) for position, targets in references.items()}


def _translates_alike(plan: Plan, draft: ReleaseDraft) -> bool:
    """Say whether a translation renders the same source text as before; published again after a change it is confirmed anew."""
    if not draft.source_version:
        return True
    history = plan.history
    span = find_span(history.build_text_spans(draft.locale), draft.applies_from or plan.today)
    if span is None or not span.row.source_version:
        return span is not None
    before, after = history.find_version(span.row.source_version), history.find_version(draft.source_version)
    return before is not None and after is not None and before.text_position == after.text_position


def is_classified_alike(history: ContentHistory, draft: ReleaseDraft) -> bool:
    """Say whether the content is classified as the draft says; only its source has a say in that."""
    if not history.list_rows(draft.locale) or draft.locale != history.source_locale:
        return True
    return draft.classification.is_same_as(history.get_classification(draft.locale))


def _list_affected(history: ContentHistory, locale: str | None) -> list[str]:
    there = [code for code in history.locales if history.list_delivered(code)]
    if locale is None or (there and locale == history.source_locale):
        return there
    return [code for code in there if code == locale]


def _withdraw_version(plan: Plan, version: str, reason: str, moved_to: UUID | None, explanation: str) -> None:
    history = plan.history
    named = history.find_version(version)
    text = history.find_text(named) if named else None
    if text is None:
        raise UnknownVersionError(version)
    texts = [text]
    if text.locale == history.source_locale:
        texts += [row for row in history.rows if row.is_text and _translates(history, row, text)]
    for affected in texts:
        for entry in history.list_delivered(affected.locale):
            if entry.row.text_position == affected.position and not entry.is_hole:
                plan.withdraw(affected.locale, reason, moved_to, entry.row.version, explanation)


def _translates(history: ContentHistory, row: Release, source: Release) -> bool:
    translated = history.find_version(row.source_version) if row.source_version else None
    return translated is not None and translated.text_position == source.position


publication_log = PublicationLog()
