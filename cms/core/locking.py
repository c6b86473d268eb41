"""A lock by name that every process on one database respects, for work that takes more than one transaction."""

import fcntl
import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

logger = logging.getLogger(__name__)


class LockBusyError(RuntimeError):
    """Another process holds the lock."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}: held by another process; try again later")


@contextmanager
def hold_lock(name: str, *, waits: bool = True) -> Iterator[None]:
    """Hold a lock for the time of the block; it ends with the process, however that ends.

    PostgreSQL keeps it for all machines that share the database. Called inside a transaction it is held until that ends, so that
    nobody acts on what is not committed yet. SQLite is used by one machine, where a file is the lock. Inside a transaction nobody
    waits for that file: the transaction has been the only writer since it began, and the file's holder may wait for it.

    Raises:
        LockBusyError: if another process holds it and this one does not wait.
    """
    if connection.vendor == "postgresql":
        with _hold_advisory_lock(name, waits=waits):
            yield
    elif waits and connection.in_atomic_block:
        yield
    else:
        with _hold_file_lock(name, waits=waits):
            yield


@contextmanager
def _hold_advisory_lock(name: str, *, waits: bool) -> Iterator[None]:
    # An advisory lock is named by a number of 64 bits, with sign.
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
    is_in_transaction = connection.in_atomic_block
    function = "pg_advisory_xact_lock" if is_in_transaction else "pg_advisory_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try{function.removeprefix('pg')}(%s)", [key])
        if not cursor.fetchone()[0]:
            _refuse_or_tell(name, waits=waits)
            cursor.execute(f"SELECT {function}(%s)", [key])
    try:
        yield
    finally:
        if not is_in_transaction:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


@contextmanager
def _hold_file_lock(name: str, *, waits: bool) -> Iterator[None]:
    path = settings.DATA_DIR / "locks" / f"{name}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _refuse_or_tell(name, waits=waits)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _refuse_or_tell(name: str, *, waits: bool) -> None:
    if not waits:
        raise LockBusyError(name)
    logger.warning("waiting for another process that holds the lock %s", name)
