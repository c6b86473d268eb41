"""Cache of what texts show by reference, for when many texts are built one after the other.

Building one text looks each of its references up by itself. Where many are built, what they show is loaded beforehand
(``cms.core.loaded_targets``) and taken from the cache; what was not foreseen is looked up once. Outside ``using_cache``
nothing is kept.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

TargetCache = dict[tuple[str, str], Any]

# Rich text links to pages by primary key; everything else knows them by their content.
LINKED_PAGE = "linked-page"
MEMBERS = "members"

_cache: ContextVar[TargetCache | None] = ContextVar("target_cache", default=None)


@contextmanager
def using_cache(cache: TargetCache) -> Iterator[None]:
    """Let the texts that are built inside take what they show from a cache."""
    token = _cache.set(cache)
    try:
        yield
    finally:
        _cache.reset(token)


def get_cached[T](kind: str, key: object, load: Callable[[], T]) -> T:
    """Get a thing from the cache, else load it; without a cache it is loaded each time."""
    cache = _cache.get()
    if cache is None:
        return load()
    place = (kind, str(key))
    if place not in cache:
        cache[place] = load()
    found: T = cache[place]
    return found
