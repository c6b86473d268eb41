"""Liveness and readiness: is the process there, and can it answer."""

from typing import Any

import orjson
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cms.publication.following.followers import count_set_aside, get_head_position
from search.elastic.connection import is_configured
from search.services import circuit, is_degraded


@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """Answer as long as the process does."""
    return _answer(200, {"status": "live"})


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database does. The search engine is named, not needed: the database searches without it."""
    engine = "elasticsearch" if is_configured() else "database"
    try:
        get_head_position()
        set_aside = count_set_aside()
        search = {"engine": engine, "degraded": is_degraded()}
    except DatabaseError:
        search = {"engine": engine, "degraded": circuit.is_open}
        response = _answer(503, {"status": "unready", "database": "down", "search": search})
        response.headers["Retry-After"] = "5"
        return response
    return _answer(200, {"status": "ready", "database": "up", "search": search, "set_aside": set_aside})


def _answer(status: int, value: dict[str, Any]) -> HttpResponse:
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}
    return HttpResponse(orjson.dumps(value), status=status, content_type="application/json", headers=headers)
