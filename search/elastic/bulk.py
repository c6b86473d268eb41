"""Bulk writes that lose nothing: what the engine refuses for the moment is sent again, what it refuses for good is an error."""

import logging
import random
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import orjson
from elasticsearch import ApiError, Elasticsearch

from search.texts.index_documents import IndexDocument

logger = logging.getLogger(__name__)

CHUNK_BYTES = 4_000_000
CHUNK_ACTIONS = 1000
ATTEMPTS = 4
SENDERS = 2
FIRST_PAUSE_SECONDS = 0.25
CONFLICT = 409
NOT_FOUND = 404
RETRIABLE = frozenset({408, 429, 502, 503, 504})


class BulkError(RuntimeError):
    """The engine did not take everything; the position in the log must not be stored."""


@dataclass(frozen=True)
class Action:
    """One line pair of a bulk request, encoded."""

    target: str
    id: str
    payload: bytes


@dataclass
class BulkWriter:
    """Writes to aliases. A document that is there in a newer state stays: the version that is sent is the log's position.

    With ``parallel`` requests are sent beside the building of the next ones; used as a context, its end waits for them.
    """

    client: Elasticsearch
    parallel: bool = False
    pause: Callable[[float], None] = time.sleep
    written: int = 0
    _waiting: list[Action] = field(default_factory=list)
    _waiting_bytes: int = 0
    _sending: deque[Future[int]] = field(default_factory=deque)
    _pool: ThreadPoolExecutor | None = None

    def __enter__(self) -> Self:
        self._pool = ThreadPoolExecutor(SENDERS, thread_name_prefix="bulk") if self.parallel else None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self.flush()
        finally:
            if self._pool is not None:
                self._pool.shutdown(cancel_futures=True)

    def index(self, target: str, document: IndexDocument) -> None:
        """Write a document."""
        meta = self._build_meta(target, document.id, document.version)
        self._add(Action(target, document.id, _encode({"index": meta}) + _encode(document.source)))

    def delete(self, target: str, document_id: str, version: int) -> None:
        """Delete a document; its tombstone keeps older writes away."""
        meta = self._build_meta(target, document_id, version)
        self._add(Action(target, document_id, _encode({"delete": meta})))

    def flush(self) -> None:
        """Send what is waiting, and wait until everything has been taken.

        Raises:
            BulkError: if something was refused, or still is after several attempts.
        """
        self._hand_over()
        self._collect(0)

    def _hand_over(self) -> None:
        actions, self._waiting, self._waiting_bytes = self._waiting, [], 0
        if self._pool is None:
            self.written += self._deliver(actions)
            return
        self._sending.append(self._pool.submit(self._deliver, actions))
        self._collect(SENDERS)

    def _collect(self, left: int) -> None:
        while len(self._sending) > left:
            self.written += self._sending.popleft().result()

    def _deliver(self, actions: list[Action]) -> int:
        count = len(actions)
        for attempt in range(ATTEMPTS):
            if not actions:
                return count
            if attempt:
                self.pause(FIRST_PAUSE_SECONDS * 2**attempt * random.uniform(0.8, 1.2))  # noqa: S311 (no secret)
            actions = list(self._send(actions))
        if actions:
            raise BulkError(f"{len(actions)} actions were refused {ATTEMPTS} times, first {actions[0].id}")
        return count

    def _build_meta(self, target: str, document_id: str, version: int) -> dict[str, Any]:
        return {
            "_index": target,
            "_id": document_id,
            "version": version,
            "version_type": "external_gte",
            # An index that has been deleted must not come back with a guessed mapping.
            "require_alias": True,
        }

    def _add(self, action: Action) -> None:
        self._waiting.append(action)
        self._waiting_bytes += len(action.payload)
        if self._waiting_bytes >= CHUNK_BYTES or len(self._waiting) >= CHUNK_ACTIONS:
            self._hand_over()

    def _send(self, actions: list[Action]) -> Iterator[Action]:
        """Send actions once; yields those that are worth another attempt."""
        try:
            answer: Mapping[str, Any] = self.client.perform_request(
                "POST",
                "/_bulk",
                headers={"accept": "application/json", "content-type": "application/x-ndjson"},
                body=[action.payload for action in actions],
            ).body
        except ApiError as error:
            if error.status_code not in RETRIABLE:
                raise
            logger.warning("bulk request refused with %s", error.status_code)
            yield from actions
            return
        refused = list(_list_refused(answer["items"])) if answer["errors"] else []
        for place, status, reason in refused:
            if status not in RETRIABLE:
                raise BulkError(f"{actions[place].id} in {actions[place].target}: {status} {reason}")
            yield actions[place]


def _encode(value: dict[str, Any]) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)


def _list_refused(items: Iterable[dict[str, Any]]) -> Iterator[tuple[int, int, str]]:
    for place, item in enumerate(items):
        result: dict[str, Any] = next(iter(item.values()))
        status = result["status"]
        # A conflict is a late message that has lost; deleting what is not there leaves a tombstone all the same.
        is_missing_document = status == NOT_FOUND and "error" not in result
        if status >= 300 and status != CONFLICT and not is_missing_document:
            yield place, status, str(result.get("error", {}).get("reason", ""))
