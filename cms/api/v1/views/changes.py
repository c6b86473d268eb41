"""The change feed.

The view never waits. Where there is nothing, it names the quiet feed to the server that called it, which may hold the request and
ask again; one that cannot hold requests answers at once.
"""

import orjson
from django.http import HttpResponse
from rest_framework.request import Request

from cms.api.conditional import build_etag
from cms.api.problems import RETRY_AFTER_SECONDS, SNAPSHOT_HINT
from cms.api.v1.applying_documents import load_bodies
from cms.api.v1.declarations import HIGHEST_LIMIT
from cms.api.v1.feed import FeedEntry, FeedPage, FeedReader
from cms.api.v1.feed_cursor import FeedCursor, open_cursor
from cms.api.v1.openapi import Operation
from cms.api.v1.parameters import Parameter
from cms.api.v1.quiet_feed import QUIET_FEED, QuietFeed
from cms.api.v1.recalls import Recall, list_recalls
from cms.api.v1.replies import build_cache_control, build_reply
from cms.api.v1.values import Token, Whole
from cms.api.v1.views.base import ApiView
from cms.publication.enums import Kind

LONGEST_WAIT_SECONDS = 25


class ChangesView(ApiView):
    """The change feed since a cursor: the same number of queries for a change as for a hundred."""

    operation = Operation(
        "changes", "Mirroring", "Read what has changed since a cursor", answer="changes", may_be_gone=True
    )
    parameters = (
        Parameter(
            "cursor", Token(), "From the snapshot, or from the page before.", required=True, remedy=SNAPSHOT_HINT
        ),
        Parameter(
            "limit",
            Whole(1, HIGHEST_LIMIT),
            "Changes in a page. What was published in one go is never cut: such a page may hold more.",
            default=HIGHEST_LIMIT,
        ),
        Parameter(
            "wait",
            Whole(0, LONGEST_WAIT_SECONDS),
            "Seconds to wait for a change when there is none. An answer with Retry-After was not waited for: too many are waiting.",
            default=0,
        ),
    )

    def get(self, request: Request) -> HttpResponse:
        page, recalls = self._read(open_cursor(self.asked["cursor"], self.access))
        is_quiet = not (page.changes or recalls)
        before, cursor, after = _build_parts(page, recalls)
        is_public = self.access.is_public
        # Every answer to a caller with a key has another cursor, which makes no other content.
        etag = build_etag([before, cursor if is_public else b"", after], weak=not is_public)
        # What has been told stays true, whatever comes next. That there is nothing does not.
        caching = "no-cache" if request.auth is None and is_quiet else build_cache_control(request)
        response = build_reply(request, before + cursor + after, etag=etag, cache_control=caching)
        if is_quiet:
            request.META[QUIET_FEED] = QuietFeed(page.cursor.selection, self.access, page.read_until)
            if self.asked["wait"]:
                response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return response

    def _read(self, cursor: FeedCursor) -> tuple[FeedPage, list[Recall]]:
        # Recalls first: one that comes in between is told again next time, never missed.
        recalled = list_recalls(cursor, self.access)
        page = FeedReader(cursor, self.access).read(self.asked["limit"])
        if not page.more:
            page.cursor = page.cursor.move(max(page.cursor.position, recalled.read_until))
        return page, recalled.recalls


def _build_parts(page: FeedPage, recalls: list[Recall]) -> tuple[bytes, bytes, bytes]:
    """Build what stands before the cursor, the cursor, and what stands after it."""
    positions = [change.document_position for change in page.changes if change.document_position]
    bodies = dict(zip(positions, load_bodies(positions), strict=True)) if positions else {}
    named = [{"id": key, "locale": locale, "version": version} for key, locale, version in recalls]
    changes = b",".join(_build_change(change, bodies) for change in page.changes)
    before = b'{"recalls":' + orjson.dumps(named) + b',"changes":[' + changes + b'],"cursor":'
    return before, orjson.dumps(page.cursor.seal()), b',"more":' + orjson.dumps(page.more) + b"}"


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
