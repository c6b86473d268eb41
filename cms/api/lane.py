"""The read lane: answers plain public reads of documents and changes before Django is entered.

What Django has answered once is answered again from memory, as long as nothing was appended to the log (asked on every request with
one tiny query), the Copenhagen day is the same and the reply's own lifetime has not passed. There is no window of staleness, and a
reply from the lane is the one Django would give, byte by byte. What is not plain goes to Django: a key, a body, a range, an unknown
host, another scheme than the site's, an unusual ``Accept``.
"""

import time
from collections.abc import Callable, Hashable, Iterable
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.core.handlers.wsgi import get_str_from_wsgi
from django.http import HttpResponse
from django.http.request import split_domain_port, validate_host

from cms.api.conditional import drop_body_headers, is_unmodified
from cms.api.lane_store import ReplyStore, StoredReply
from cms.api.log_head import read_head
from cms.api.problems import Problem
from cms.api.v1.feed_cursor import open_cursor
from cms.api.v1.quiet_feed import QUIET_FEED, QuietFeed
from cms.api.v1.replies import FRESH_SECONDS
from cms.core.calendar import seconds_until_midnight
from cms.publication.access.access_scope import PUBLIC_ACCESS

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

DOCUMENTS = "/api/v1/documents/"
CHANGES = "/api/v1/changes/"
PLAIN_ACCEPTS = frozenset([None, "", "*/*", "application/json", "application/json, */*"])
UNUSUAL = (
    "HTTP_AUTHORIZATION",
    "HTTP_RANGE",
    "HTTP_IF_MATCH",
    "HTTP_EXPECT",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_TRANSFER_ENCODING",
)
LONGEST_KEY = 1000
LONGEST_BODY = 4_000_000
MOST_BYTES = 64 * 1024 * 1024
MOST_REPLIES = 20_000
MOST_HOSTS = 100
LONGEST_LIFE_SECONDS = 600.0


class ReadLane:
    """A WSGI application in front of Django's."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.store = ReplyStore(MOST_BYTES, MOST_REPLIES)
        self._hosts: dict[tuple[str, str], bool] = {}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        key = self.build_key(environ)
        position = read_head() if key is not None else None
        if key is None or position is None:
            return self.application(environ, start_response)
        reply = self.find(key, position)
        if reply is None:
            return self._ask_django(environ, start_response, key, position)
        return _send(environ, start_response, reply)

    def build_key(self, environ: Environ) -> Hashable | None:
        """Build what the answer to a request is remembered by; ``None`` for whatever is Django's alone."""
        path = environ["PATH_INFO"]
        if not (path.startswith(DOCUMENTS) or path == CHANGES) or not self._is_plain(environ):
            return None
        return _build_key(environ, path)

    def find(self, key: Hashable, position: int) -> StoredReply | None:
        """Find the reply made at a position of the log, within its lifetime."""
        reply = self.store.get(key, position)
        return reply if reply is not None and reply.made_at <= time.time() < reply.expires_at else None

    def _is_plain(self, environ: Environ) -> bool:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ.get("SCRIPT_NAME"):
            return False
        if environ.get("HTTP_ACCEPT") not in PLAIN_ACCEPTS or environ.get("CONTENT_LENGTH") not in (None, "", "0"):
            return False
        if any(name in environ for name in UNUSUAL):
            return False
        return self._is_known_host(environ)

    def _is_known_host(self, environ: Environ) -> bool:
        """Say whether Django would answer this host over this scheme; any other is Django's to refuse or redirect."""
        seen = (environ.get("HTTP_HOST", ""), _find_scheme(environ))
        known = self._hosts.get(seen)
        if known is None:
            if len(self._hosts) >= MOST_HOSTS:
                self._hosts.clear()
            domain, _port = split_domain_port(seen[0])
            is_redirected = settings.SECURE_SSL_REDIRECT and seen[1] != "https"
            known = bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS) and not is_redirected
            self._hosts[seen] = known
        return known

    def _ask_django(
        self, environ: Environ, start_response: StartResponse, key: Hashable, position: int
    ) -> Iterable[bytes]:
        """Let Django answer without the condition, remember what it said, and look at the condition here."""
        if environ["REQUEST_METHOD"] == "HEAD":
            return self.application(environ, start_response)
        begun: list[tuple[str, list[tuple[str, str]]]] = []

        def remember_start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
            begun.append((status, headers))

        unconditional = {name: value for name, value in environ.items() if name != "HTTP_IF_NONE_MATCH"}
        response = self.application(unconditional, remember_start)
        status, headers = begun[0]
        reply = _build_reply(status, headers, response, unconditional.get(QUIET_FEED))
        if reply is None:
            start_response(status, headers)
            return response
        if reply.expires_at > reply.made_at and len(reply.body) <= LONGEST_BODY:
            self.store.put(key, position, reply)
        response.close()  # type: ignore[attr-defined]
        return _send(environ, start_response, reply)


def _build_key(environ: Environ, path: str) -> Hashable | None:
    """Build what a reply is remembered by: the address and the scheme; for changes what the cursor says instead of its letters."""
    query = environ.get("QUERY_STRING", "")
    if len(path) + len(query) > LONGEST_KEY:
        return None
    scheme = _find_scheme(environ)
    if path != CHANGES:
        return (scheme, path, query)
    asked = parse_qsl(query, keep_blank_values=True, max_num_fields=5) if query.count("&") < 5 else []
    values = dict(asked)
    if len(values) != len(asked) or "cursor" not in values or values.keys() - {"cursor", "limit"}:
        return None
    try:
        cursor = open_cursor(values["cursor"], PUBLIC_ACCESS)
    except Problem:
        return None
    return (scheme, path, cursor.position, cursor.selection, values.get("limit"), cursor.access_mark)


def _find_scheme(environ: Environ) -> str:
    """Find the scheme as Django's ``HttpRequest.scheme`` does; it decides on transport security headers."""
    if settings.SECURE_PROXY_SSL_HEADER:
        header, secure_value = settings.SECURE_PROXY_SSL_HEADER
        value = environ.get(header)
        if value is not None:
            return "https" if value.split(",", 1)[0].strip() == secure_value else "http"
    return str(environ["wsgi.url_scheme"])


def _build_reply(
    status: str, headers: list[tuple[str, str]], response: Any, quiet_feed: QuietFeed | None
) -> StoredReply | None:
    """Build what may be given again: a complete public 200 with an ETag, within its lifetime."""
    if not status.startswith("200") or not isinstance(response, HttpResponse) or response.cookies:
        return None
    etag = response.headers.get("ETag")
    if etag is None:
        return None
    now = time.time()
    # In the last half minute of the day the caching headers differ from second to second.
    life = min(LONGEST_LIFE_SECONDS, seconds_until_midnight() - FRESH_SECONDS - 1)
    return StoredReply(
        headers=headers,
        headers_of_304=drop_body_headers(headers),
        etag=etag,
        body=response.content,
        made_at=now,
        expires_at=now + max(life, 0),
        quiet_feed=quiet_feed,
    )


def _send(environ: Environ, start_response: StartResponse, reply: StoredReply) -> Iterable[bytes]:
    environ[QUIET_FEED] = reply.quiet_feed
    if is_unmodified(_read_header(environ, "HTTP_IF_NONE_MATCH"), reply.etag):
        start_response("304 Not Modified", reply.headers_of_304)
        return []
    start_response("200 OK", reply.headers)
    if environ["REQUEST_METHOD"] == "HEAD":
        return []
    return [reply.body]


def _read_header(environ: Environ, name: str) -> str | None:
    value = environ.get(name)
    return str(get_str_from_wsgi(environ, name, "")) if value else None
