"""A shelf of things that texts show by reference, for when many texts are built one after the other.

Building one text looks each of its references up by itself. Where many are built, what they show is loaded beforehand
(``cms.core.loaded_targets``) and taken from the shelf; what was not foreseen is looked up once.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

Shelf = dict[tuple[str, str], Any]

# Rich text links to pages by primary key; everything else knows them by their content.
LINKED_PAGE = "linked-page"
MEMBERS = "members"

_shelf: ContextVar[Shelf | None] = ContextVar("shelf", default=None)


@contextmanager
def shelved(shelf: Shelf) -> Iterator[None]:
    """Let the texts that are built inside take what they show from a shelf."""
    token = _shelf.set(shelf)
    try:
        yield
    finally:
        _shelf.reset(token)


def take[T](kind: str, key: object, load: Callable[[], T]) -> T:
    """Take a thing from the shelf, else load it; without a shelf it is loaded each time."""
    shelf = _shelf.get()
    if shelf is None:
        return load()
    place = (kind, str(key))
    if place not in shelf:
        shelf[place] = load()
    found: T = shelf[place]
    return found
