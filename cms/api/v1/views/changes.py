"""The change feed."""

import threading
import time
from dataclasses import dataclass

import orjson
from django.http import HttpResponse
from rest_framework.request import Request

from cms.api.conditional import build_etag
from cms.api.problems import SNAPSHOT_HINT
from cms.api.v1.applying_documents import load_bodies
from cms.api.v1.declarations import HIGHEST_LIMIT
from cms.api.v1.feed import FeedEntry, FeedPage, FeedReader
from cms.api.v1.feed_cursor import FeedCursor, open_cursor
from cms.api.v1.openapi import Operation
from cms.api.v1.parameters import Parameter
from cms.api.v1.recalls import Recall, list_recalls
from cms.api.v1.replies import build_reply
from cms.api.v1.values import Token, Whole
from cms.api.v1.views.base import ApiView
from cms.publication.enums import Kind
from cms.publication.following.followers import get_head_position

LONGEST_WAIT_SECONDS = 25
POLL_SECONDS = 0.1
# A held request keeps one of the process' four threads; the others have to stay free for readers.
MOST_HELD = 2
RETRY_AFTER_SECONDS = 5

_held_places = threading.BoundedSemaphore(MOST_HELD)


@dataclass(frozen=True)
class FeedParts:
    """A page's bytes before and after the cursor, which is sealed anew for every answer."""

    before: bytes
    after: bytes
    cursor: FeedCursor

    def build_body(self) -> bytes:
        """Build the body with a fresh cursor; its length is always the same."""
        return self.before + orjson.dumps(self.cursor.seal()) + self.after


class ChangesView(ApiView):
    """The change feed since a cursor: the same number of queries for a change as for a hundred."""

    operation = Operation(
        "changes", "Mirroring", "Read what has changed since a cursor", answer="changes", may_be_gone=True
    )
    parameters = (
        Parameter(
            "cursor", Token(), "From the snapshot, or from the page before.", required=True, remedy=SNAPSHOT_HINT
        ),
        Parameter("limit", Whole(1, HIGHEST_LIMIT), "Changes in a page.", default=HIGHEST_LIMIT),
        Parameter(
            "wait",
            Whole(0, LONGEST_WAIT_SECONDS),
            "Seconds to wait for a change when there is none.",
            default=0,
        ),
    )

    def get(self, request: Request) -> HttpResponse:
        cursor = open_cursor(self.asked["cursor"], self.access)
        page, recalls = self._read(cursor)
        is_turned_away = False
        if not (page.changes or recalls) and self.asked["wait"]:
            is_turned_away = not _held_places.acquire(blocking=False)
            if not is_turned_away:
                try:
                    page, recalls = self._wait(cursor, page)
                finally:
                    _held_places.release()
        parts = _build_parts(page, recalls)
        etag = build_etag([parts.before, parts.after], weak=True)
        caching = "private, no-cache" if request.auth is not None else "no-cache"
        response = build_reply(request, parts.build_body(), etag=etag, cache_control=caching)
        response.feed_parts = parts  # type: ignore[attr-defined]
        if is_turned_away:
            response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return response

    def _read(self, cursor: FeedCursor) -> tuple[FeedPage, list[Recall]]:
        # Recalls first: one that comes in between is told again next time, never missed.
        recalls = list_recalls(cursor, self.access)
        return FeedReader(cursor, self.access).read(self.asked["limit"]), recalls

    def _wait(self, cursor: FeedCursor, page: FeedPage) -> tuple[FeedPage, list[Recall]]:
        """Look at the head of the log until something comes that this caller sees; no transaction is held meanwhile."""
        deadline = time.monotonic() + self.asked["wait"]
        recalls: list[Recall] = []
        seen = page.cursor.position
        while not (page.changes or recalls) and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)
            if (head := get_head_position()) != seen:
                seen = head
                page, recalls = self._read(cursor)
        return page, recalls


def _build_parts(page: FeedPage, recalls: list[Recall]) -> FeedParts:
    positions = [change.document_position for change in page.changes if change.document_position]
    bodies = dict(zip(positions, load_bodies(positions), strict=True)) if positions else {}
    named = [{"id": key, "locale": locale, "version": version} for key, locale, version in recalls]
    changes = b",".join(_build_change(change, bodies) for change in page.changes)
    before = b'{"recalls":' + orjson.dumps(named) + b',"changes":[' + changes + b'],"cursor":'
    return FeedParts(before, b',"more":' + orjson.dumps(page.more) + b"}", page.cursor)


def _build_change(change: FeedEntry, bodies: dict[int, bytes]) -> bytes:
    members = {
        "kind": change.kind,
        "reason": change.reason,
        "moved_to": change.moved_to,
        "id": change.content_id,
        "locale": change.locale,
        "version": change.version,
    }
    if change.kind == Kind.WITHDRAWN:
        members["explanation"] = change.explanation
    document = bodies[change.document_position] if change.document_position else b"null"
    return orjson.dumps(members)[:-1] + b',"document":' + document + b"}"
