"""One change of a language's indices at a time: who makes, opens or replaces one holds a lock that ends with its process."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from django.conf import settings
from django.db import connection


class IndexBusyError(RuntimeError):
    """Somebody else is making or replacing this index just now."""


@contextmanager
def hold_indices(locale: str) -> Iterator[None]:
    """Hold the indices of a language for the time of the block, without waiting.

    PostgreSQL keeps the lock for all machines that share the database; SQLite is used by one machine, where a file does.

    Raises:
        IndexBusyError: if somebody else holds them.
    """
    name = f"{settings.SEARCH_INDEX_PREFIX}-{locale.lower()}"
    hold = _hold_in_postgresql if connection.vendor == "postgresql" else _hold_file
    with hold(name) as is_held:
        if not is_held:
            raise IndexBusyError(f"{name}: the index is being made or replaced by another process; try again later")
        yield


@contextmanager
def _hold_in_postgresql(name: str) -> Iterator[bool]:
    # An advisory lock of the session is named by a number of 64 bits, with sign.
    key = int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        is_held = bool(cursor.fetchone()[0])
    try:
        yield is_held
    finally:
        if is_held:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


@contextmanager
def _hold_file(name: str) -> Iterator[bool]:
    path = settings.DATA_DIR / "locks" / f"{name}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
