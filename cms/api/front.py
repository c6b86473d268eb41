"""The ASGI application in front of Django: repeats what the read lane knows, holds who waits for changes, and passes on the rest.

Nothing is answered here that Django has not answered. A request that waits is put to Django before it is held, so that whatever is
wrong with it is told at once, and once more when there is news.
"""

import asyncio
import re
import signal
from collections.abc import Hashable
from typing import Any

from cms.api.conditional import is_unmodified
from cms.api.held_requests import HeldRequests
from cms.api.lane import CHANGES, ReadLane
from cms.api.lane_store import StoredReply
from cms.api.log_head import AwaitedHead
from cms.api.problems import RETRY_AFTER_SECONDS
from cms.api.v1.quiet_feed import QUIET_FEED, QuietFeed
from cms.api.v1.views.changes import LONGEST_WAIT_SECONDS
from cms.server.environ import Environ, Scope, build_environ
from cms.server.request_body import BodyTooLargeError, take_body
from cms.server.threads import Answer, Receive, Send, ThreadedApplication, wait_until_gone

# Example: "wait=25"
WAIT = re.compile(r"wait=([0-9]{1,2})")
RETRY_AFTER = (b"retry-after", str(RETRY_AFTER_SECONDS).encode())


class Front:
    """One for each process, called by an ASGI server with HTTP requests and its own beginning and end."""

    def __init__(self, lane: ReadLane, *, threads: int, most_held: int) -> None:
        self._lane = lane
        self._django = ThreadedApplication(lane, threads)
        self._head = AwaitedHead()
        self.held = HeldRequests(self._head, most_held)
        # Of those who are told together, so few at a time take threads: hundreds may have waited, and readers come in between.
        self._telling = asyncio.Semaphore(max(1, threads // 2))
        self._being_made: dict[Hashable, asyncio.Future[None]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        environ = build_environ(scope)
        if environ.get("CONTENT_LENGTH", "0") != "0" or "HTTP_TRANSFER_ENCODING" in environ:
            await self._take_body(environ, receive, send)
            return
        wait_seconds = take_wait(environ)
        answer, feed = await self._answer(environ)
        later: Answer | None = answer
        if wait_seconds and feed is not None:
            later = await self._answer_later(environ, answer, feed, wait_seconds, receive)
        if later is not None:
            await self._django.send(later, receive, send)

    async def _take_body(self, environ: Environ, receive: Receive, send: Send) -> None:
        """Answer a request with a body, which is Django's alone."""
        try:
            is_whole = await take_body(environ, receive)
        except ConnectionError:
            return
        except BodyTooLargeError:
            await self._django.send(Answer(413, [(b"content-length", b"0")]), receive, send)
            return
        await self._django.send(await self._django.answer(environ, is_body_whole=is_whole), receive, send)

    async def _answer(self, environ: Environ) -> tuple[Answer, QuietFeed | None]:
        """Answer from the lane or by Django; the second part is what the answer's emptiness rests on."""
        key = self._lane.build_key(environ)
        if key is not None:
            if (reply := await self._find_reply(key)) is None and key in self._being_made:
                # The same is just being made for somebody else.
                await asyncio.shield(self._being_made[key])
                reply = await self._find_reply(key)
            if reply is not None:
                return _build_answer(environ, reply), reply.quiet_feed
        return await self._ask_django(environ, key)

    async def _find_reply(self, key: Hashable) -> StoredReply | None:
        position = await self._head.read()
        return self._lane.find(key, position) if position is not None else None

    async def _ask_django(self, environ: Environ, key: Hashable | None) -> tuple[Answer, QuietFeed | None]:
        asked = dict(environ)
        made = asyncio.get_running_loop().create_future()
        if key is not None:
            self._being_made.setdefault(key, made)
        try:
            answer = await self._django.answer(asked)
        finally:
            if key is not None and self._being_made.get(key) is made:
                del self._being_made[key]
            made.set_result(None)
        return answer, asked.get(QUIET_FEED)

    async def _answer_later(
        self, environ: Environ, answer: Answer, feed: QuietFeed, seconds: int, receive: Receive
    ) -> Answer | None:
        """Hold the request; give the answer there is when nothing comes, with advice when the request cannot be held.

        Nothing is given to a client that has gone away.
        """
        if self.held.is_full:
            answer.headers.append(RETRY_AFTER)
            return answer
        gone = asyncio.create_task(wait_until_gone(receive))
        try:
            has_news = await self.held.wait(feed, seconds, gone)
            if gone.done():
                return None
        finally:
            gone.cancel()
        if not has_news:
            return answer
        async with self._telling:
            return (await self._answer(environ))[0]

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        _call_on_end(self.held.end)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})


def take_wait(environ: Environ) -> int:
    """Take the seconds to wait out of the query of a request for changes; whatever is unusual is left to Django, and is 0 here."""
    if environ["PATH_INFO"] != CHANGES or environ["REQUEST_METHOD"] != "GET":
        return 0
    pairs = environ["QUERY_STRING"].split("&")
    asked = [pair for pair in pairs if pair.startswith("wait=")]
    found = WAIT.fullmatch(asked[0]) if len(asked) == 1 else None
    if found is None or int(found[1]) > LONGEST_WAIT_SECONDS:
        return 0
    environ["QUERY_STRING"] = "&".join(pair for pair in pairs if pair != found[0])
    return int(found[1])


def _build_answer(environ: Environ, reply: StoredReply) -> Answer:
    if is_unmodified(environ.get("HTTP_IF_NONE_MATCH"), reply.etag):
        return Answer(304, list(reply.raw_headers_of_304))
    return Answer(200, list(reply.raw_headers), b"" if environ["REQUEST_METHOD"] == "HEAD" else reply.body)


def _call_on_end(end: Any) -> None:
    """Have ``end`` called in the event loop when the process is told to end.

    The server waits for requests under way before it ends, and has a handler of its own for the signal, which the loop calls by the
    number that Python writes for it. This one is called besides.
    """
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(end))
