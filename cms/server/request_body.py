"""The body of a request as a file: its beginning is awaited in the event loop, the rest is read by the thread that wants it."""

import asyncio
import io
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from cms.server.environ import Environ

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

# A form without files fits in here: it takes no thread before all of it has come.
AWAITED_BYTES = 1 << 16
# So long a thread waits for the next piece.
STALL_SECONDS = 60.0
# A body whose length is not said beforehand is kept on the disk from here on, and refused from there.
MOST_BYTES_IN_MEMORY = 1 << 20
MOST_BYTES_OF_UNKNOWN_LENGTH = 1 << 28


class BodyTooLargeError(ValueError):
    """A body whose length was not said beforehand is longer than what is taken."""


@dataclass(frozen=True)
class RequestBody:
    """The body of a request; of one that is not ``is_whole``, reading may wait for the client."""

    file: IO[bytes]
    is_whole: bool


async def take_body(environ: Environ, receive: Receive) -> bool:
    """Put the body into the environment, once all of it has come or enough to begin with; returns whether it is all.

    Django reads as much as ``CONTENT_LENGTH`` says. So a body that comes in chunks is taken whole first, and its length told.

    Raises:
        ConnectionError: if the client goes away before. Reading the body raises it when that happens later.
        BodyTooLargeError: if it comes in chunks and is larger than what is taken.
    """
    if "CONTENT_LENGTH" in environ:
        body = await open_body(receive)
    else:
        body = await _store_body(receive)
        environ["CONTENT_LENGTH"] = str(body.file.seek(0, io.SEEK_END))
        body.file.seek(0)
        environ.pop("HTTP_TRANSFER_ENCODING", None)
    environ["wsgi.input"] = body.file
    return body.is_whole


async def open_body(receive: Receive) -> RequestBody:
    """Open the body of a request whose length is known."""
    pieces = _Pieces(receive, asyncio.get_running_loop())
    while not pieces.is_complete and len(pieces.rest) < AWAITED_BYTES:
        await pieces.receive_one()
    return RequestBody(io.BufferedReader(pieces, AWAITED_BYTES), pieces.is_complete)


async def _store_body(receive: Receive) -> RequestBody:
    loop = asyncio.get_running_loop()
    pieces = _Pieces(receive, loop)
    file = SpooledTemporaryFile(MOST_BYTES_IN_MEMORY)  # noqa: SIM115 - it is closed with the environment that holds it
    size = 0
    while not pieces.is_complete:
        await pieces.receive_one()
        piece = bytes(pieces.rest)
        pieces.rest.clear()
        size += len(piece)
        if size > MOST_BYTES_OF_UNKNOWN_LENGTH:
            raise BodyTooLargeError
        if size > MOST_BYTES_IN_MEMORY:
            await loop.run_in_executor(None, file.write, piece)
        else:
            file.write(piece)
    return RequestBody(file, is_whole=True)


class _Pieces(io.RawIOBase):
    def __init__(self, receive: Receive, loop: asyncio.AbstractEventLoop) -> None:
        self._receive = receive
        self._loop = loop
        self.rest = bytearray()
        self.is_complete = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self.rest and not self.is_complete:
            coming = asyncio.run_coroutine_threadsafe(self.receive_one(), self._loop)
            try:
                coming.result(STALL_SECONDS)
            except TimeoutError as error:
                coming.cancel()
                raise ConnectionError("The client has stopped sending.") from error
        size = min(len(buffer), len(self.rest))
        buffer[:size] = self.rest[:size]
        del self.rest[:size]
        return size

    async def receive_one(self) -> None:
        message = await self._receive()
        if message["type"] != "http.request":
            raise ConnectionError("The client has gone away.")
        self.rest += message.get("body", b"")
        self.is_complete = not message.get("more_body", False)
