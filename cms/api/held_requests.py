"""Requests that wait for a change: they cost a place and no thread, and one task asks the log for all of them.

A request waits on its quiet feed. When something was appended, each feed is looked at once, however many wait on it, in a thread of
its own; what its callers cannot see ends no wait. The answer itself is made by whoever asked to wait.
"""

import asyncio
import logging
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

from django.db import Error, close_old_connections

from cms.api.log_head import AwaitedHead
from cms.api.v1.quiet_feed import QuietFeed

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.1

Told = asyncio.Future[None]


class HeldRequests:
    """The requests one process holds, ``most`` of them at a time."""

    def __init__(self, head: AwaitedHead, most: int) -> None:
        self._head = head
        self._most = most
        self._feeds: dict[Told, QuietFeed] = {}
        self._thread = ThreadPoolExecutor(1, "held-requests")
        self._watching: asyncio.Task[None] | None = None
        self._is_ending = False

    def __len__(self) -> int:
        return len(self._feeds)

    @property
    def is_full(self) -> bool:
        """Say whether no further request is held."""
        return self._is_ending or len(self._feeds) >= self._most

    async def wait(self, feed: QuietFeed, seconds: float, gone: "asyncio.Task[None]") -> bool:
        """Wait for news until time is up, the client has gone or the process is to end. Returns whether there is news."""
        told: Told = asyncio.get_running_loop().create_future()
        self._feeds[told] = feed
        if self._watching is None or self._watching.done():
            self._watching = asyncio.create_task(self._watch())
        try:
            await asyncio.wait({told, gone}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            del self._feeds[told]
        return told.done() and not self._is_ending

    def end(self) -> None:
        """Let every request be answered with what it has, and hold no other: the process is to end."""
        self._is_ending = True
        for told in self._feeds:
            _tell(told)

    async def _watch(self) -> None:
        while self._feeds:
            await asyncio.sleep(POLL_SECONDS)
            head = await self._head.read()
            waiting: dict[QuietFeed, list[Told]] = defaultdict(list)
            for told, feed in self._feeds.items():
                if head is not None and feed.read_until < head:
                    waiting[feed].append(told)
            for feed, callers in waiting.items():
                later = await asyncio.get_running_loop().run_in_executor(self._thread, _look_again, feed)
                self._pass_on(callers, later)

    def _pass_on(self, callers: list[Told], later: QuietFeed | None) -> None:
        for told in callers:
            if later is None:
                _tell(told)
            elif told in self._feeds:
                self._feeds[told] = later


def _look_again(feed: QuietFeed) -> QuietFeed | None:
    close_old_connections()
    try:
        return feed.look_again()
    except Error as error:
        logger.warning("held requests wait on, the database does not answer: %s", error)
        return feed
    except Exception:
        # Whatever is wrong with this feed, Django tells those who wait on it, and the others wait on.
        logger.exception("a feed could not be looked at again")
        return None


def _tell(told: Told) -> None:
    if not told.done():
        told.set_result(None)
