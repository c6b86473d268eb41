"""Calendar events of released documents. Domain packages register how their types' dates are read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cms.publication.access.querysets import WindowQuerySet


@dataclass(frozen=True)
class CalendarEvent:
    """One entry of a calendar.

    ``key`` names it among those of its document, and stays when the date is moved. ``begins`` is a day for what lasts all
    day, else a moment with a time zone; ``ends`` is exclusive, ``None`` for a whole day or a moment.
    """

    key: str
    begins: date | datetime
    title: str
    description: str = ""
    place: str = ""
    ends: date | datetime | None = None


@dataclass(frozen=True)
class CalendarEventSource:
    """Source of the calendar events of a type.

    ``keep`` gets windows, the first day that counts and today. It keeps the windows that may have an event from that day on,
    without opening documents, and annotates each with ``next_day``, that of its first from today on, and ``last_day``, that of
    its last before. ``build`` reads a document's events, those of earlier days too, with texts in the language that is active.
    """

    keep: Callable[[WindowQuerySet, date, date], WindowQuerySet]
    build: Callable[[Mapping[str, Any]], Sequence[CalendarEvent]]
