"""The day and the page for which a text is built. What is shown by reference asks for them, and says when it will change.

Outside ``showing`` the day is today: the editor's chooser and previews need nothing around them. Outside ``shown_on`` the
readers are the public.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cms.core.calendar import today


@dataclass
class Showing:
    """A day, what was shown on it by reference, and the later days on which that reads differently."""

    day: date
    shown: set[Any] = field(default_factory=set)
    turning_days: set[date] = field(default_factory=set)


_showing: ContextVar[Showing] = ContextVar("showing")


@contextmanager
def showing(day: date) -> Iterator[Showing]:
    """Build what stands inside as it reads on a day."""
    current = Showing(day)
    token = _showing.set(current)
    try:
        yield current
    finally:
        _showing.reset(token)


def get_day_shown() -> date:
    """Return the day for which a text is being built, else today."""
    current = _showing.get(None)
    return current.day if current else today()


def note_shown(instance: Any, days: Iterable[date]) -> None:
    """Note that something was shown, and the days on which it changes."""
    if (current := _showing.get(None)) is not None:
        current.shown.add(instance)
        current.turning_days.update(day for day in days if day > current.day)


_page: ContextVar[Any] = ContextVar("page", default=None)


@contextmanager
def shown_on(page: Any) -> Iterator[None]:
    """Build what stands inside as a part of a page: what its readers may not see is not named in it."""
    token = _page.set(page)
    try:
        yield
    finally:
        _page.reset(token)


def get_page_shown_on() -> Any:
    """Return the page whose text is being built, else ``None``."""
    return _page.get()
