"""Mark of what a bundle itself releases, or is looked at as if it did: its texts are locked for every other way out."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_is_own: ContextVar[bool] = ContextVar("is_own_release", default=False)


@contextmanager
def releasing_as_bundle() -> Iterator[None]:
    """Let texts out inside that are locked because a bundle holds them."""
    token = _is_own.set(True)
    try:
        yield
    finally:
        _is_own.reset(token)


def is_own_release() -> bool:
    """Say whether a bundle releases its own texts at this moment."""
    return _is_own.get()
