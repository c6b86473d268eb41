"""The day and the readers a text is built for, and the record of everything it shows by reference.

What is shown by reference asks ``get_showing`` for the day and the resolver, notes what it asked for and the days on which that
reads differently. Outside ``showing`` there are no readers, so no page is shown; figures read as on today.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from cms.core.calendar import today


class TargetKind(StrEnum):
    """Kinds of things that a text shows by reference."""

    CONTENT = "content"
    REUSABLE = "reusable"
    IMAGE = "image"
    DOCUMENT = "document"
    FIGURE = "figure"


@dataclass(frozen=True, order=True)
class Target:
    """One thing that a text shows, or asked for: an item by its id, a block by its translation key, others by primary key."""

    kind: str
    key: str


class ReferenceObstacle(StrEnum):
    """Reasons why a reference does not show, or not to everybody."""

    HIDDEN = "hidden"
    PLANNED = "planned"
    UNRELEASED = "unreleased"
    GONE = "gone"
    # Of files: a picture of a private collection does not show, a document of one asks for a sign-in.
    PRIVATE_PICTURE = "private-picture"
    PRIVATE_DOCUMENT = "private-document"
    BROKEN = "broken"


@dataclass(frozen=True)
class ShownPage:
    """The facts that a text may show of another content on a day."""

    content_id: UUID
    type: str
    title: str
    url: str


@dataclass(frozen=True)
class PageAnswer:
    """Answer of a resolver about an item on a day.

    ``shown`` is ``None`` where the content may not be shown, then ``obstacle`` says why and ``first_day`` when that ends, if it
    is known. ``targets`` are the contents that were asked, successors of moved ones included; ``effective_days`` the later days
    on which the answer differs.
    """

    shown: ShownPage | None
    obstacle: ReferenceObstacle | None
    first_day: date | None
    targets: frozenset[Target]
    effective_days: frozenset[date]


class Resolver(Protocol):
    """Finds what the readers of one document may be shown, in its language."""

    @property
    def languages(self) -> list[str]:
        """The languages to try, best first."""

    def resolve_page(self, content_id: UUID, day: date) -> PageAnswer:
        """Find what may be said of an item on a day."""


@dataclass(frozen=True)
class Refusal:
    """A reference that does not show. ``name`` is for editors: the target's title, or the words of the link."""

    name: str
    obstacle: ReferenceObstacle
    first_day: date | None = None


@dataclass
class Showing:
    """A day, what was asked for on it by reference, what of that did not show, and the later days on which that differs."""

    day: date
    resolver: Resolver | None = None
    targets: set[Target] = field(default_factory=set)
    refusals: dict[Refusal, None] = field(default_factory=dict)
    effective_days: set[date] = field(default_factory=set)

    def note(self, targets: Iterable[Target], days: Iterable[date] = ()) -> None:
        """Note what was asked for, and the days on which it reads differently."""
        self.targets.update(targets)
        self.effective_days.update(day for day in days if day > self.day)

    def refuse(self, name: str, obstacle: ReferenceObstacle, first_day: date | None = None) -> None:
        """Note that a reference does not show."""
        self.refusals[Refusal(name, obstacle, first_day)] = None


_showing: ContextVar[Showing] = ContextVar("showing")


@contextmanager
def showing(day: date, resolver: Resolver | None = None) -> Iterator[Showing]:
    """Build what stands inside as it reads on a day, for the readers the resolver answers for."""
    current = Showing(day, resolver)
    token = _showing.set(current)
    try:
        yield current
    finally:
        _showing.reset(token)


def get_showing() -> Showing:
    """Return the record of the text that is being built, else one of today that nobody reads."""
    return _showing.get(None) or Showing(today())
