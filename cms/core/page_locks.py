"""Locks on pages that other packages hold, beside those of Wagtail."""

from collections.abc import Callable
from typing import Any

from wagtail.locks import BaseLock

# Each gets a releasable page and finds the lock on it; an app adds its own from ``ready``.
lock_finders: list[Callable[[Any], BaseLock | None]] = []


def find_lock(page: Any) -> BaseLock | None:
    """Find the first lock that a package holds on a page."""
    return next(filter(None, (find(page) for find in lock_finders)), None)
