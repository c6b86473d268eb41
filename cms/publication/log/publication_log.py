"""The publication log: the only door through which anything is released or withdrawn."""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cms.core.calendar import local_day
from cms.publication.enums import Reason
from cms.publication.log.drafts import ReleaseDraft
from cms.publication.log.history import ContentHistory, load_histories
from cms.publication.log.plans import Plan
from cms.publication.log.projection import project
from cms.publication.log.renditions import Reading, build_readings, cut_readings
from cms.publication.log.timeline import find_span
from cms.publication.models.log import LogHead, Release, ReleaseBody, ReleaseVariant


class UnknownVersionError(LookupError):
    """No such version of this content is there to be withdrawn."""


class Change:
    """One transaction's change of some contents: calling it with an id gives the plan of that content."""

    def __init__(self, head: LogHead, histories: dict[UUID, ContentHistory]) -> None:
        self.head = head
        self.histories = histories
        self.plans: dict[UUID, Plan] = {}
        self.appended = 0
        self.now = timezone.now()
        self.today = local_day(self.now)

    def __call__(self, content_id: UUID) -> Plan:
        if content_id not in self.plans:
            self.plans[content_id] = Plan(
                history=self.histories[content_id],
                now=self.now,
                today=self.today,
                next_position=self._next_position,
                next_version=lambda: secrets.token_hex(8),
                load_body=lambda position: bytes(ReleaseBody.objects.get(pk=position).body),
                load_variant=lambda position, starts: bytes(
                    ReleaseVariant.objects.get(release_id=position, starts=starts).document
                ),
            )
        return self.plans[content_id]

    def store(self) -> None:
        """Settle the plans and store rows, bodies, windows and head."""
        plans = [plan for plan in self.plans.values() if plan.history.rows]
        for plan in plans:
            plan.settle()
        for plan in plans:
            for position, since in plan.reread.items():
                ReleaseVariant.objects.filter(release_id=position, starts__gte=since).delete()
        rows = sorted((row for plan in plans for row in plan.rows), key=lambda row: row.position)
        Release.objects.bulk_create(rows, batch_size=500)
        variants = [variant for plan in plans for variant in plan.build_variants()]
        ReleaseVariant.objects.bulk_create(variants, batch_size=200)
        if not rows:
            return
        ReleaseBody.objects.bulk_create([body for plan in plans for body in plan.build_bodies()], batch_size=200)
        self.head.save(update_fields=["position"])
        project([plan.history for plan in plans if plan.rows], {plan.history.content_id: plan.bodies for plan in plans})
        self.appended = len(rows)

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
                if not (stands_already(plan.history, draft, plan.today) and _translates_alike(plan, draft)):
                    plan.add_text(draft, build_readings(draft, draft.applies_from or plan.today))
        return change.appended

    def release_again(
        self, content_id: UUID, readings: Mapping[int, Sequence[Reading]], *, keeps_past: bool = False
    ) -> int:
        """Release texts that read otherwise than they did, though no editor changed them. Returns the rows appended.

        ``readings`` holds, by the position of a text, how it reads from the first of them on. The text stays the one that was
        published: its first day, its translations and their states do not change. With ``keeps_past`` the version that now
        applies keeps its days until today.
        """
        with self._changing({content_id}) as change:
            plan = change(content_id)
            for row in plan.history.rows:
                if row.position in readings:
                    plan.read_again(row, readings[row.position], keeps_past=keeps_past)
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
        with self._changing({content_id}) as change:
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
    def _changing(self, content_ids: Iterable[UUID]) -> Iterator[Change]:
        with self.appending() as head:
            change = Change(head, load_histories(content_ids))
            yield change
            change.store()


def stands_already(history: ContentHistory, draft: ReleaseDraft, today: date) -> bool:
    """Whether the log says from the draft's first day on (today, if it names none) what the draft says."""
    if not is_classified_alike(history, draft):
        return False
    spans = history.build_text_spans(draft.locale)
    if draft.applies_from is not None:
        spans = [span for span in spans if span.row.applies_from == draft.applies_from]
    else:
        spans = [span for span in spans if span.covers(today)]
    return any(reads_alike(history, span.row, draft, today) for span in spans)


def reads_alike(history: ContentHistory, text: Release, draft: ReleaseDraft, today: date) -> bool:
    """Whether a text says what a draft says, today or from its first day on; how it read before is past."""
    day = max(draft.applies_from or today, today)
    return history.list_readings(text, day) == cut_readings(build_readings(draft, draft.applies_from or day), day)


def _translates_alike(plan: Plan, draft: ReleaseDraft) -> bool:
    """Whether a translation renders the same source text as before; published again after a change it is confirmed anew."""
    if not draft.source_version:
        return True
    history = plan.history
    span = find_span(history.build_text_spans(draft.locale), draft.applies_from or plan.today)
    if span is None or not span.row.source_version:
        return span is not None
    before, after = history.find_version(span.row.source_version), history.find_version(draft.source_version)
    return before is not None and after is not None and before.text_position == after.text_position


def is_classified_alike(history: ContentHistory, draft: ReleaseDraft) -> bool:
    """Whether the content is classified as the draft says; only its source has a say in that."""
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
