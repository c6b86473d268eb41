"""Endings: what took the text of one language away from the readers who could see it, or let it run out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cms.core.calendar import local_day
from cms.publication.access.access_scope import AccessScope
from cms.publication.enums import Kind
from cms.publication.log.timeline import Entry, list_entries
from cms.publication.models import Release


@dataclass(frozen=True)
class Ending:
    """The end of a text: ``withdrawal`` is the row that took it away, ``None`` where its own last day has passed."""

    withdrawal: Release | None


def find_ending(rows: Iterable[Release], day: date, access: AccessScope) -> Ending | None:
    """Find what ended or took away the text of one language that applied last before or on a day.

    ``rows`` are those of one content in one language, in the order of the log. ``None`` where a text applies, or where nothing
    ever did. A text planned for a later day does not hide that the one before it was taken away.
    """
    known = [row for row in rows if access.covers(row.visibility, row.consortium)]
    entry = _find_last_begun(list_entries(known), day)
    if entry is not None:
        if entry.is_hole:
            taken = [row for row in known if row.kind == Kind.WITHDRAWN and row.version == entry.row.version]
            return Ending(taken[-1])
        return Ending(None) if entry.row.applies_until and entry.row.applies_until < day else None
    whole = next((row for row in reversed(known) if row.kind == Kind.WITHDRAWN and not row.version), None)
    if whole is None:
        return None
    reach = min(day, local_day(whole.released_at))
    begun = any(
        row.kind == Kind.RELEASED and row.position < whole.position and (row.applies_from or date.min) <= reach
        for row in known
    )
    return Ending(whole) if begun else None


def _find_last_begun(entries: Sequence[Entry], day: date) -> Entry | None:
    begun = [entry for entry in entries if (entry.row.applies_from or date.min) <= day]
    return max(begun, key=lambda entry: (entry.row.applies_from or date.min, entry.row.position), default=None)
