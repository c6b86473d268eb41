"""Reads of documents while many callers wait for a change: one read after another over one connection, as a reader feels it."""

import asyncio
import http.client
import re
import statistics
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

# Whatever the read lane does not know goes to Django: this is how the same read costs without it.
PAST_THE_LANE = "application/json, text/plain"
KINDS = {"document": "application/json", "document, past the lane": PAST_THE_LANE}
CURSOR = re.compile(rb'"cursor":"([^"]+)"')  # {"cursor":"gAAAAA…","count":12,
# So long a caller waits; one round has to be over by then.
WAIT_SECONDS = 25
PATIENCE_SECONDS = 20


@dataclass(frozen=True)
class Reads:
    """Durations of the reads of all rounds, in milliseconds."""

    count: int
    p50: float
    p99: float


def measure_beside_waiters(
    base_url: str, path: str, *, waiters: int, rounds: int, seconds: float
) -> dict[tuple[str, int], Reads]:
    """Measure reads with nobody and with so many callers waiting, in turn; keys are the kind of read and the number of callers.

    A round of one kind takes ``seconds``, of which two have to be fewer than the callers wait.

    Raises:
        SystemExit: if a caller was not held until the end.
    """
    taken: dict[tuple[str, int], list[float]] = {}
    for _number in range(rounds):
        for count in (0, waiters):
            with hold_callers(base_url, count):
                for kind, accept in KINDS.items():
                    taken.setdefault((kind, count), []).extend(_read(base_url, path, accept, seconds))
    return {key: _summarise(values) for key, values in taken.items()}


@contextmanager
def hold_callers(base_url: str, count: int) -> Iterator[None]:
    """Let callers wait for a change meanwhile, and see that all of them still do in the end.

    Raises:
        SystemExit: if one was answered or cut off.
    """
    holder = Holder(base_url, count)
    try:
        yield
        if answered := holder.count_answered():
            raise SystemExit(f"{answered} of {count} callers were not held to the end; nothing was measured.")
    finally:
        holder.end()


class Holder:
    """Callers in a thread of their own, who wait until they are let go."""

    def __init__(self, base_url: str, count: int) -> None:
        self._address = urlsplit(base_url)
        with urllib.request.urlopen(f"{base_url}/api/v1/snapshot/") as answer:
            found = CURSOR.search(answer.readline())
        if found is None:
            raise SystemExit("The snapshot has no cursor.")
        self._path = f"/api/v1/changes/?cursor={found[1].decode()}&wait={WAIT_SECONDS}"
        self._loop = asyncio.new_event_loop()
        self._writers: list[asyncio.StreamWriter] = []
        self._answers: list[asyncio.Task[bytes]] = []
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._connect(count), self._loop).result(PATIENCE_SECONDS)

    def count_answered(self) -> int:
        """Count the callers who have got an answer, or were cut off."""
        return sum(answer.done() for answer in self._answers)

    def end(self) -> None:
        """Let all callers go."""
        asyncio.run_coroutine_threadsafe(self._disconnect(), self._loop).result(PATIENCE_SECONDS)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    async def _connect(self, count: int) -> None:
        for _number in range(count):
            reader, writer = await asyncio.open_connection(self._address.hostname, self._address.port)
            writer.write(f"GET {self._path} HTTP/1.1\r\nHost: {self._address.netloc}\r\n\r\n".encode())
            self._writers.append(writer)
            self._answers.append(asyncio.create_task(reader.read(1)))
        # The last of them have to be heard before anything is measured.
        await asyncio.sleep(1)

    async def _disconnect(self) -> None:
        for writer in self._writers:
            writer.close()
        await asyncio.gather(*self._answers, return_exceptions=True)


def _read(base_url: str, path: str, accept: str, seconds: float) -> list[float]:
    connection = http.client.HTTPConnection(urlsplit(base_url).netloc, timeout=PATIENCE_SECONDS)
    taken: list[float] = []
    begun = time.perf_counter()
    while (now := time.perf_counter()) - begun < seconds:
        connection.request("GET", path, headers={"Accept": accept})
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            raise SystemExit(f"{path} answered {response.status}; nothing was measured.")
        taken.append((time.perf_counter() - now) * 1000)
    connection.close()
    return taken


def _summarise(taken: list[float]) -> Reads:
    cuts = statistics.quantiles(taken, n=100, method="inclusive")
    return Reads(len(taken), cuts[49], cuts[98])
