"""A circuit breaker: an engine that does not answer is left alone until it does again, and nobody waits for it meanwhile.

Closed, calls go through. After FAILURES failures in a row, or a single slow one, it opens: calls are refused at once, and a thread
asks the engine every few seconds until it answers, which closes the circuit. No user's request is ever the one that tries.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

logger = logging.getLogger(__name__)

FAILURES = 2
SLOW_SECONDS = 1.0
PROBE_SECONDS = 2.0


@dataclass
class CircuitBreaker:
    """One circuit of this process. ``probe`` raises while the engine is not fit for use."""

    probe: Callable[[], None]
    probe_seconds: float = PROBE_SECONDS
    clock: Callable[[], float] = time.monotonic
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _failures: int = 0
    _is_open: bool = False
    closed: threading.Event = field(default_factory=threading.Event)

    @property
    def is_open(self) -> bool:
        """Say whether calls are refused now."""
        return self._is_open

    def record_success(self) -> None:
        """Take note that a call was answered."""
        if self._failures:
            with self._lock:
                self._failures = 0

    def record_failure(self, took_seconds: float) -> None:
        """Take note that a call failed after some time; opens the circuit when that was enough."""
        with self._lock:
            self._failures += 1
            if self._is_open or (self._failures < FAILURES and took_seconds < SLOW_SECONDS):
                return
            self._is_open = True
            self.closed.clear()
        logger.warning("the search engine is out of reach; the database answers")
        threading.Thread(target=self._wait_for_engine, name="search circuit", daemon=True).start()

    def reset(self) -> None:
        """Close the circuit, as if nothing had happened."""
        with self._lock:
            self._failures, self._is_open = 0, False
            self.closed.set()

    def _wait_for_engine(self) -> None:
        while not self.closed.wait(self.probe_seconds):
            try:
                self.probe()
            except Exception as error:  # noqa: BLE001 (whatever it is, the engine is asked again)
                logger.info("the search engine is still out of reach: %s", error)
                continue
            logger.warning("the search engine answers again")
            self.reset()
