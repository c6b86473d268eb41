"""The position of the log's last row, asked on every request of the read lane: below Django, whose bookkeeping would cost more."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.db import Error, connection

from cms.publication.models import LogHead

# A reader of SQLite waits for nobody, but for the moments in which the file itself is put in order.
BUSY_SECONDS = 0.05


def build_head_query() -> str:
    """Build the statement that reads the position."""
    return f"SELECT position FROM {connection.ops.quote_name(LogHead._meta.db_table)} WHERE id = 1"  # noqa: S608


def get_driver_error() -> type[Exception]:
    """Return what the database's driver raises."""
    error: type[Exception] = connection.Database.Error  # type: ignore[attr-defined]
    return error


def read_head() -> int | None:
    """Read the position on this thread's connection; ``None`` when the database does not answer.

    The connection's age and its last failure, which Django looks at when a request begins, are looked at here.
    """
    try:
        is_old = connection.close_at is not None and time.monotonic() >= connection.close_at
        if (is_old or connection.errors_occurred) and not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        connection.ensure_connection()
        row = connection.connection.execute(build_head_query()).fetchone()
    except Error:
        return None
    except get_driver_error():
        # The connection is tested before it is used again, and another is opened if need be.
        connection.errors_occurred = True
        return None
    return row[0] if row else 0


class AwaitedHead:
    """The position as the event loop reads it, without ever waiting for the database itself.

    SQLite answers out of memory, sooner than another thread could be woken: the loop asks it on a connection of its own. Any other
    database is asked by a thread, once for all who have come since the last question was put: an answer to a question from before
    could be out of date.
    """

    def __init__(self) -> None:
        self._is_here = connection.vendor == "sqlite"
        self._query = build_head_query()
        self._error = get_driver_error()
        self._own: Any = None
        self._closes_at = 0.0
        self._thread = ThreadPoolExecutor(1, "log-head")
        self._next: asyncio.Future[int | None] | None = None
        self._asking: asyncio.Task[None] | None = None

    async def read(self) -> int | None:
        """Read the position as it is now or will be in a moment; ``None`` when the database does not answer."""
        if self._is_here:
            return self._read_here()
        if self._next is None:
            self._next = asyncio.get_running_loop().create_future()
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask())
        return await asyncio.shield(self._next)

    def _read_here(self) -> int | None:
        try:
            if self._own is None or time.monotonic() >= self._closes_at:
                self._open()
            row = self._own.execute(self._query).fetchone()
        except self._error:
            self._own = None
            return None
        return row[0] if row else 0

    def _open(self) -> None:
        options = {**connection.get_connection_params(), "timeout": BUSY_SECONDS}
        self._own = connection.Database.connect(**options)  # type: ignore[attr-defined]
        self._closes_at = time.monotonic() + (settings.DATABASES["default"].get("CONN_MAX_AGE") or 0)

    async def _ask(self) -> None:
        while (waited := self._next) is not None:
            self._next = None
            head = None
            try:
                head = await asyncio.get_running_loop().run_in_executor(self._thread, read_head)
            finally:
                waited.set_result(head)
