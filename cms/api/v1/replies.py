"""Answers made of finished bytes, with their validators and caching rules."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpResponse
from django.utils.http import http_date
from rest_framework.request import Request

from cms.api.conditional import build_etag, drop_body_headers, is_unmodified
from cms.core.calendar import seconds_until_midnight

JSON_MEDIA_TYPE = "application/json"
FRESH_SECONDS = 30


def build_cache_control(request: Request) -> str:
    """Build ``Cache-Control``: public answers keep for half a minute, never past midnight; keyed ones belong to their caller."""
    if request.auth is not None:
        return "private, no-cache"
    return f"public, max-age={int(min(FRESH_SECONDS, seconds_until_midnight()))}"


def build_reply(
    request: Request,
    body: bytes,
    *,
    etag: str | None = None,
    last_modified: datetime | None = None,
    headers: Mapping[str, str] | None = None,
    media_type: str = JSON_MEDIA_TYPE,
    cache_control: str | None = None,
) -> HttpResponse:
    """Build the 200 with ``body``, or the 304 when the caller has it already; without ``etag`` the body's hash is taken."""
    etag = etag or build_etag([body])
    all_headers = {
        "Content-Length": str(len(body)),
        "ETag": etag,
        "Cache-Control": cache_control or build_cache_control(request),
        "Vary": "Authorization",
        **({"Last-Modified": http_date(last_modified.timestamp())} if last_modified else {}),
        **(headers or {}),
    }
    if is_unmodified(request.META.get("HTTP_IF_NONE_MATCH"), etag):
        response = HttpResponse(status=304, headers=dict(drop_body_headers(all_headers.items())))
        del response.headers["Content-Type"]
        return response
    sent = b"" if request.method == "HEAD" else body
    return HttpResponse(sent, content_type=media_type, headers=all_headers)


def build_json_reply(request: Request, value: Any, **options: Any) -> HttpResponse:
    """Build the reply for a value that is not stored as bytes."""
    return build_reply(request, orjson.dumps(value), **options)


def build_address(path: str, query: str = "") -> str:
    """Build an absolute address on the site's own name, never on the one the request claims."""
    return f"{settings.PUBLIC_URL}{path}{f'?{query}' if query else ''}"
