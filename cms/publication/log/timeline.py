"""Windows in time, computed from rows of the log. Pure functions; for the rules see ``docs/decisions/0001-one-publication-log.md``.

On a day the version with the greatest ``applies_from`` on or before it applies, the later release winning a tie. A version taken
away before its first day leaves as if it had never been planned; one taken away later leaves a hole: what it superseded never
comes back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cms.core.calendar import local_day
from cms.publication.enums import Kind
from cms.publication.models.log import Release


@dataclass(frozen=True)
class Span:
    """The days on which a row applies: from ``starts`` to the day before ``ends``."""

    row: Release
    starts: date
    ends: date | None

    def covers(self, day: date) -> bool:
        """Say whether the row applies on a day."""
        return self.starts <= day and (self.ends is None or day < self.ends)

    def reaches(self, day: date) -> bool:
        """Say whether the row applies on a day or later."""
        return self.ends is None or self.ends > day


@dataclass
class Entry:
    """A released row that still counts; a hole takes its days away from others without being there itself."""

    row: Release
    is_hole: bool = False


def list_entries(rows: Iterable[Release]) -> list[Entry]:
    """List what still counts of one content in one locale. ``rows`` stand in the order of the log."""
    entries: list[Entry] = []
    for row in rows:
        if row.kind == Kind.RELEASED:
            entries.append(Entry(row))
        elif not row.version:
            entries.clear()
        else:
            entries = _take_away(entries, row)
    return entries


def have_applied(rows: Sequence[Release], day: date) -> bool:
    """Say whether any of these rows, which stand in the order of the log, has applied on a day up to this one.

    What was planned and taken away before its first day has not.
    """
    moments = [(index, local_day(row.released_at)) for index, row in enumerate(rows) if row.kind == Kind.WITHDRAWN]
    return any(
        (entry.row.applies_from or date.min) <= seen_on
        for index, seen_on in (*moments, (len(rows), day))
        for entry in list_entries(rows[:index])
    )


def _take_away(entries: list[Entry], withdrawal: Release) -> list[Entry]:
    named = next((entry for entry in entries if entry.row.version == withdrawal.version), None)
    if named is None:
        return entries
    if (named.row.applies_from or date.min) <= local_day(withdrawal.released_at):
        named.is_hole = True
        return entries
    return [
        entry
        for entry in entries
        if entry.row.applies_from != named.row.applies_from or entry.row.position > named.row.position
    ]


def build_spans(entries: Iterable[Entry]) -> list[Span]:
    """Build the non-empty spans of the entries, in order of time."""
    by_day: dict[date, Entry] = {}
    for entry in sorted(entries, key=lambda entry: entry.row.position):
        by_day[entry.row.applies_from or date.min] = entry
    ordered = sorted(by_day.items())
    spans = []
    for index, (starts, entry) in enumerate(ordered):
        following = ordered[index + 1][0] if index + 1 < len(ordered) else None
        last_day = entry.row.applies_until
        ends = min(
            filter(None, [following, last_day + timedelta(days=1) if last_day and last_day < date.max else None]),
            default=None,
        )
        if not entry.is_hole and (ends is None or ends > starts):
            spans.append(Span(entry.row, starts, ends))
    return spans


def find_span(spans: Iterable[Span], day: date) -> Span | None:
    """Find the span that covers a day."""
    return next((span for span in spans if span.covers(day)), None)
