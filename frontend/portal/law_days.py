"""Days of a law note: when the law takes effect, from when it is followed, and until when one must have acted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date


@dataclass(frozen=True)
class CommencementDay:
    """One day on which the law, or those ``provisions`` of it, takes effect; ``day`` ``None`` while it is not set."""

    day: date | None
    provisions: Sequence[str]
    note: str
    is_past: bool


@dataclass(frozen=True)
class LawDays:
    """The days of one note as of today, commencements in order of time, those without a day last.

    ``lead`` is the commencement to tell of in one line: the next to come, else the latest, else one that is not set.
    """

    commencements: Sequence[CommencementDay]
    lead: CommencementDay | None
    applicable_from: date | None
    deadline: date | None
    is_deadline_past: bool

    @property
    def is_upcoming(self) -> bool:
        """Say whether some of the law is still to take effect, as ``upcoming=true`` in the API counts it."""
        return any(not commencement.is_past for commencement in self.commencements)

    @property
    def has_any(self) -> bool:
        """Say whether there is a day to show."""
        return bool(self.commencements or self.applicable_from or self.deadline)


def build_law_days(document: Mapping[str, Any], today: date) -> LawDays:
    """Build the days of a law note's document."""
    commencements = sorted(
        (_read_commencement(entry, today) for entry in document.get("commencements") or ()),
        key=lambda commencement: commencement.day or date.max,
    )
    dated = [commencement for commencement in commencements if commencement.day]
    coming = [commencement for commencement in dated if not commencement.is_past]
    deadline = _read_day(document.get("deadline"))
    return LawDays(
        commencements=commencements,
        lead=next(iter([*coming, *reversed(dated), *commencements]), None),
        applicable_from=_read_day(document.get("applicable_from")),
        deadline=deadline,
        is_deadline_past=deadline is not None and deadline < today,
    )


def _read_commencement(entry: Mapping[str, Any], today: date) -> CommencementDay:
    day = _read_day(entry.get("date"))
    return CommencementDay(
        day=day,
        provisions=entry.get("provisions") or (),
        note=entry.get("note") or "",
        is_past=day is not None and day <= today,
    )


def _read_day(value: Any) -> date | None:
    return parse_date(str(value)) if value else None
