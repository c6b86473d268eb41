"""Entries of the calendar of everything planned. Packages register the sources they are read from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class PlannedEntry:
    """One thing that will happen on a day; ``moment`` where it has a time of day. ``url`` leads to where it is planned."""

    day: date
    title: str
    remark: str
    url: str = ""
    locale: str = ""
    moment: datetime | None = None


@dataclass(frozen=True)
class PlannedSource:
    """Source of one type of planned things.

    ``list_entries`` gets a user and the first day that counts; it lists from there on, at most ``limit`` of them, the next to come
    first, what this user may see.
    """

    name: str
    label: str | Promise
    list_entries: Callable[[Any, date, int], Iterable[PlannedEntry]]
