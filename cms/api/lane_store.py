"""Cache of the read lane: replies made at one position of the log, least recently used first to go."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from cms.api.v1.quiet_feed import QuietFeed
from cms.server.threads import RawHeaders, encode_headers

Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class StoredReply:
    """A 200 as Django made it; ``quiet_feed`` is what a page of changes without a change stands on."""

    headers: Headers
    headers_of_304: Headers
    etag: str
    body: bytes
    made_at: float
    expires_at: float
    quiet_feed: QuietFeed | None = None

    @cached_property
    def raw_headers(self) -> RawHeaders:
        """The headers as ASGI wants them."""
        return encode_headers(self.headers)

    @cached_property
    def raw_headers_of_304(self) -> RawHeaders:
        """The headers of a 304 as ASGI wants them."""
        return encode_headers(self.headers_of_304)


class ReplyStore:
    """Replies of one position of the log; another position empties it. Safe to use from several threads."""

    def __init__(self, most_bytes: int, most_replies: int) -> None:
        self._most_bytes = most_bytes
        self._most_replies = most_replies
        self._replies: OrderedDict[Hashable, StoredReply] = OrderedDict()
        self._size_bytes = 0
        self._position = -1
        self._lock = threading.Lock()

    def get(self, key: Hashable, position: int) -> StoredReply | None:
        """Return the reply made at this position of the log, if there is one."""
        if position != self._position:
            return None
        reply = self._replies.get(key)
        if reply is not None:
            # Another thread may just have let it go; what was found is still right.
            with suppress(KeyError):
                self._replies.move_to_end(key)
        return reply

    def put(self, key: Hashable, position: int, reply: StoredReply) -> None:
        """Remember a reply that was made from nothing older than ``position``."""
        with self._lock:
            if position != self._position:
                self._replies.clear()
                self._size_bytes = 0
                self._position = position
            replaced = self._replies.pop(key, None)
            self._size_bytes += len(reply.body) - (len(replaced.body) if replaced else 0)
            self._replies[key] = reply
            while self._size_bytes > self._most_bytes or len(self._replies) > self._most_replies:
                _, oldest = self._replies.popitem(last=False)
                self._size_bytes -= len(oldest.body)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._replies.clear()
            self._size_bytes = 0
            self._position = -1
