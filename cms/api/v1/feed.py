"""The change feed of a mirror: the rows of the log a caller gets, and in which form.

The rules. A released row within access scope and selection comes with its document while something may
still come of it. A row that leaves access scope or selection comes as withdrawn, ``hidden``, to a caller who could have had what
stood before. A withdrawn row comes to who could have had what it takes away. Everything else is passed over without a trace.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from cms.api.v1.feed_cursor import FeedCursor, build_cursor_problem
from cms.core.calendar import local_day, today
from cms.publication.access.access_scope import AccessScope
from cms.publication.enums import Kind, Reason
from cms.publication.following.followers import get_head_position
from cms.publication.models import JointRelease, Release, Window
from cms.publication.registry import registry

BATCH_SIZE = 500


@dataclass(frozen=True)
class FeedEntry:
    """One entry of the feed.

    ``document_position`` names the stored document that goes with a released one; ``explanation`` is what the editors say about a
    withdrawal.
    """

    position: int
    kind: str
    reason: str | None
    moved_to: UUID | None
    content_id: UUID
    locale: str
    version: str | None
    document_position: int | None = None
    explanation: str | None = None


@dataclass
class FeedPage:
    """A page of the feed; ``cursor`` is where the next one begins, ``read_until`` the last position that was looked at."""

    changes: list[FeedEntry]
    cursor: FeedCursor
    more: bool
    read_until: int


@dataclass
class FeedReader:
    """Reads the feed for one cursor and access scope."""

    cursor: FeedCursor
    access: AccessScope
    day: date = field(default_factory=today)

    def read(self, limit: int) -> FeedPage:
        """Read a page. The head is read before the rows: what is appended meanwhile comes with the next page.

        A page holds more than ``limit`` changes rather than end within rows that came out in one go.
        """
        head = get_head_position()
        if self.cursor.position > head:
            raise build_cursor_problem("The cursor is of another log than this one.")
        if self.cursor.position == head:
            return FeedPage([], self.cursor, more=False, read_until=head)
        kept: dict[tuple[UUID, str, str | None], FeedEntry] = {}
        place = self.cursor.position
        more = False
        joint_end = 0
        for position, told in self._tell(head):
            fresh = [change for change in told if _key(change) not in kept]
            if kept and len(kept) + len(fresh) > limit and position > joint_end:
                joint_end = _find_joint_end(place, position)
            if kept and len(kept) + len(fresh) > limit and position > joint_end:
                # Only a row that is told counts as more: hidden ones leave no trace.
                more = True
                break
            for change in told:
                # The last state in a page counts, at its own place.
                kept.pop(_key(change), None)
                kept[_key(change)] = change
            place = position
        # A key-less caller's cursor stays where the last change stands that it was told of: what it cannot see moves nothing.
        end = place if more or self.access.is_public else head
        return FeedPage(list(kept.values()), self.cursor.move(end), more, read_until=place if more else head)

    def find_start(self, head: int) -> int:
        """Find where a feed begins for a mirror that has taken everything up to ``head``: as if it had followed until then."""
        if not self.access.is_public:
            return head
        before = head
        while batch := list(self._filter_candidates().filter(position__lte=before).order_by("-position")[:BATCH_SIZE]):
            told = [position for position, changes in self._tell_batch(batch) if changes]
            if told:
                return told[0]
            before = batch[-1].position - 1
        return 0

    def _tell(self, head: int) -> Iterator[tuple[int, list[FeedEntry]]]:
        position = self.cursor.position
        candidates = self._filter_candidates().filter(position__lte=head).order_by("position")
        while batch := list(candidates.filter(position__gt=position)[:BATCH_SIZE]):
            yield from ((position, told) for position, told in self._tell_batch(batch) if told)
            if len(batch) < BATCH_SIZE:
                return
            position = batch[-1].position

    def _tell_batch(self, batch: list[Any]) -> Iterator[tuple[int, list[FeedEntry]]]:
        windows = self._load_windows(batch)
        previous = self._load_previous(batch)
        named = self._load_named(batch)
        for row in batch:
            window, before = windows.get(row.position), previous.get(row.previous_position)
            yield row.position, self._tell_row(row, window, before, named.get(row.version))

    def _filter_candidates(self) -> Any:
        """Keep rows that concern what the caller sees, or saw until then; what is hidden is left to the database."""
        before = Release.objects.filter(
            content_id=OuterRef("content_id"), locale=OuterRef("locale"), position__lt=OuterRef("position")
        ).order_by("-position")
        columns = {
            "previous_position": Subquery(before.values("position")[:1]),
            "previous_visibility": Subquery(before.values("visibility")[:1]),
            "previous_consortium": Subquery(before.values("consortium")[:1]),
        }
        rows = Release.objects.all()
        selection = self.cursor.selection
        for locales in selection.locale:
            rows = rows.filter(locale__in=locales)
        for types in selection.type:
            rows = rows.filter(type__in=types)
        if not selection.type:
            rows = rows.exclude(type__in=registry.list_unmirrored_types())
        was_in_scope = Q(kind=Kind.RELEASED) & self.access.build_filter("previous_")
        return rows.annotate(**columns).filter(self.access.build_filter() | was_in_scope)

    def _load_windows(self, batch: list[Release]) -> dict[int, Window]:
        return Window.objects.only("release_id", "ends", "applies_until").in_bulk([row.position for row in batch])

    def _load_previous(self, batch: list[Any]) -> dict[int, Release]:
        return Release.objects.in_bulk([row.previous_position for row in batch if row.previous_position])

    def _load_named(self, batch: list[Release]) -> dict[str, Release]:
        versions = [row.version for row in batch if row.kind == Kind.WITHDRAWN and row.version]
        return {row.version: row for row in Release.objects.filter(version__in=versions, kind=Kind.RELEASED)}

    def _covers(self, row: Release) -> bool:
        return self.access.covers(row.visibility, row.consortium) and self.cursor.selection.matches(row)

    def _tell_row(
        self, row: Release, window: Window | None, previous: Release | None, named: Release | None
    ) -> list[FeedEntry]:
        if self._covers(row):
            if row.kind == Kind.WITHDRAWN:
                return self._tell_withdrawal(row, named)
            return [_build_released(row)] if window is not None and self._matters(window) else []
        had = previous is not None and (previous.kind == Kind.RELEASED or previous.version) and self._covers(previous)
        if row.kind == Kind.RELEASED and had:
            return [_build_withdrawn(row, Reason.HIDDEN, None)]
        return []

    def _matters(self, window: Window) -> bool:
        """Say whether a mirror needs a version: it reaches today, or it is what says that nothing applies any more."""
        if window.ends is None or window.ends > self.day:
            return True
        return window.applies_until is not None and window.ends == window.applies_until + timedelta(days=1)

    def _tell_withdrawal(self, row: Release, named: Release | None) -> list[FeedEntry]:
        if not row.version:
            return [_build_withdrawn(row, row.reason, None)]
        if named is None or not self.access.covers(named.visibility, named.consortium):
            return []
        if (named.applies_from or date.min) > local_day(row.released_at):
            return self._tell_cancelled_plan(row, named)
        return self._tell_begun_withdrawal(row)

    def _tell_cancelled_plan(self, row: Release, named: Release) -> list[FeedEntry]:
        """Tell that a planned version went, and by name those it had superseded: none of them comes back."""
        planned = Release.objects.filter(
            content_id=row.content_id,
            locale=row.locale,
            kind=Kind.RELEASED,
            applies_from=named.applies_from,
            position__lte=named.position,
        ).filter(self.access.build_filter())
        return [_build_withdrawn(row, row.reason, version.version) for version in planned.order_by("position")]

    def _tell_begun_withdrawal(self, row: Release) -> list[FeedEntry]:
        """Tell that a version went whose days had begun.

        What it superseded never comes back. A mirror need not know that: all of the language goes, and what still applies or is
        planned is told again.
        """
        windows = Window.objects.filter(content_id=row.content_id, locale=row.locale, release_id__lt=row.position)
        kept = (
            windows.visible_to(self.access)
            .present_and_future(self.day)
            .order_by("release_id")
            .select_related("release")
        )
        again = [_build_released(window.release, at=row.position) for window in kept if self._covers(window.release)]
        earlier = Release.objects.filter(
            content_id=row.content_id, locale=row.locale, kind=Kind.RELEASED, position__lte=self.cursor.position
        )
        if not earlier.exists():
            return [_build_withdrawn(row, row.reason, row.version)]
        return [_build_withdrawn(row, row.reason, None), *again]


def _find_joint_end(place: int, position: int) -> int:
    """Find the last position of the rows that came out in one go and have both positions among them; 0 where none have."""
    joint = JointRelease.objects.filter(first_position__lte=place, last_position__gte=position)
    return joint.values_list("last_position", flat=True).first() or 0


def _key(change: FeedEntry) -> tuple[UUID, str, str | None]:
    return change.content_id, change.locale, change.version


def _build_released(row: Release, at: int | None = None) -> FeedEntry:
    return FeedEntry(
        at or row.position,
        Kind.RELEASED,
        None,
        None,
        row.content_id,
        row.locale,
        row.version,
        document_position=row.position,
    )


def _build_withdrawn(row: Release, reason: str, version: str | None) -> FeedEntry:
    moved_to = row.moved_to if reason == Reason.MOVED else None
    # What was only hidden from this caller is a released row: its change note is not for them.
    explanation = (row.change_note or None) if row.kind == Kind.WITHDRAWN else None
    return FeedEntry(
        row.position,
        Kind.WITHDRAWN,
        str(reason),
        moved_to,
        row.content_id,
        row.locale,
        version,
        explanation=explanation,
    )
