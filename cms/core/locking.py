"""A lock by name that every process on one database respects, for work that takes more than one transaction."""

import fcntl
import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

logger = logging.getLogger(__name__)


@contextmanager
def hold_lock(name: str) -> Iterator[None]:
    """Hold a lock for the time of the block; it ends with the process, however that ends.

    Called inside a transaction it is held until the transaction ends, so that nobody acts on what is not committed yet. In
    SQLite such a transaction is the lock: it has been the only writer since it began.
    """
    if connection.vendor == "postgresql":
        with _hold_advisory_lock(name):
            yield
    elif connection.in_atomic_block:
        yield
    else:
        with _hold_file_lock(name):
            yield


@contextmanager
def _hold_advisory_lock(name: str) -> Iterator[None]:
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
    is_in_transaction = connection.in_atomic_block
    function = "pg_advisory_xact_lock" if is_in_transaction else "pg_advisory_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try{function.removeprefix('pg')}(%s)", [key])
        if not cursor.fetchone()[0]:
            _tell_wait(name)
            cursor.execute(f"SELECT {function}(%s)", [key])
    try:
        yield
    finally:
        if not is_in_transaction:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


@contextmanager
def _hold_file_lock(name: str) -> Iterator[None]:
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.DATA_DIR / f"{name}.lock").open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _tell_wait(name)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _tell_wait(name: str) -> None:
    logger.warning("waiting for another process that holds the lock %s", name)
