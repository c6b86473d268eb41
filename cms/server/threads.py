"""A WSGI application answers in threads what an ASGI server asks.

A few threads answer requests, as many as there is work for a processor. What takes as long as its client likes has other threads,
so it keeps nobody from asking for something short: an answer that is sent while it is made, a large body that is still coming.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.db import close_old_connections

from cms.server.environ import Environ
from cms.server.request_body import STALL_SECONDS, Receive

logger = logging.getLogger(__name__)

Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
RawHeaders = list[tuple[bytes, bytes]]

MOST_TRANSFERS = 16
# What is no longer is read at once: no thread waits until a slow client has it all.
MOST_BYTES_AT_ONCE = 1 << 20


@dataclass(frozen=True)
class Answer:
    """An answer to be sent; ``stream`` stands for a body that is made or read while it is sent."""

    status: int
    headers: RawHeaders
    body: bytes = b""
    stream: Iterable[bytes] | None = None


class ThreadedApplication:
    """A WSGI application, called in threads and awaited."""

    def __init__(self, application: Application, threads: int) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(threads, "request")
        self._transfers = ThreadPoolExecutor(MOST_TRANSFERS, "transfer")

    async def answer(self, environ: Environ, *, is_body_whole: bool = True) -> Answer:
        """Let the application answer; it is given ``environ`` itself, and may leave something there."""
        threads = self._threads if is_body_whole else self._transfers
        return await asyncio.get_running_loop().run_in_executor(threads, self._call, environ)

    async def send(self, answer: Answer, receive: Receive, send: Send) -> None:
        """Send an answer; a client that goes away ends the making of it."""
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        if answer.stream is None:
            await send({"type": "http.response.body", "body": answer.body})
            return
        loop = asyncio.get_running_loop()
        gone = asyncio.create_task(wait_until_gone(receive))
        try:
            is_whole = await loop.run_in_executor(self._transfers, _send_stream, answer.stream, gone, send, loop)
        finally:
            gone.cancel()
        if is_whole:
            # Without this message the server breaks the connection off, and the client knows that something is missing.
            await send({"type": "http.response.body", "body": b""})

    def _call(self, environ: Environ) -> Answer:
        begun: list[tuple[int, RawHeaders]] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
            begun[:] = [(int(status[:3]), encode_headers(headers))]

        try:
            response = self._application(environ, start_response)
            status, headers = begun[0]
            is_head = environ["REQUEST_METHOD"] == "HEAD"
            if getattr(response, "streaming", False) and not is_head and not _is_short(headers):
                return Answer(status, headers, stream=response)
            try:
                return Answer(status, headers, b"" if is_head else b"".join(response))
            finally:
                _close(response)
        except Exception:
            # Django answers its own errors; what comes here would otherwise end without a word.
            logger.exception("the application has failed")
            return Answer(500, [(b"content-length", b"0")])


async def wait_until_gone(receive: Receive) -> None:
    """Wait until the client has gone away or has its answer; what it still sends is passed over."""
    while (await receive())["type"] != "http.disconnect":
        pass


def encode_headers(headers: Iterable[tuple[str, str]]) -> RawHeaders:
    """Encode headers as ASGI wants them."""
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]


def _is_short(headers: RawHeaders) -> bool:
    return any(name == b"content-length" and int(value) <= MOST_BYTES_AT_ONCE for name, value in headers)


def _send_stream(
    stream: Iterable[bytes], gone: "asyncio.Task[None]", send: Send, loop: asyncio.AbstractEventLoop
) -> bool:
    """Send a body while it is made; returns whether all of it was sent."""
    # This thread sees no beginning of a request, with which Django looks at its connections.
    close_old_connections()
    try:
        for chunk in stream:
            message = {"type": "http.response.body", "body": bytes(chunk), "more_body": True}
            if gone.done() or not _send_chunk(send, message, loop):
                return False
    except Exception:
        logger.exception("an answer has ended before its time")
        return False
    finally:
        _close(stream)
    return True


def _send_chunk(send: Send, message: MutableMapping[str, Any], loop: asyncio.AbstractEventLoop) -> bool:
    """Send a chunk; returns whether the client has taken it."""
    sending = asyncio.run_coroutine_threadsafe(_await(send, message), loop)
    try:
        sending.result(STALL_SECONDS)
    except TimeoutError:
        sending.cancel()
        return False
    return True


async def _await(send: Send, message: MutableMapping[str, Any]) -> None:
    await send(message)


def _close(response: Any) -> None:
    if hasattr(response, "close"):
        response.close()
