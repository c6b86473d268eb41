"""The whole of what a mirror holds."""

import os
from collections.abc import Iterable
from typing import BinaryIO

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import http_date
from rest_framework.request import Request

from cms.api.conditional import drop_body_headers, is_unmodified
from cms.api.v1.declarations import AUDIENCE_FILTER, MUNICIPALITY_FILTER, TYPE_FILTER
from cms.api.v1.negotiation import JsonMedia, LinesMedia, takes_gzip
from cms.api.v1.openapi import Operation
from cms.api.v1.parameters import Parameter
from cms.api.v1.replies import build_cache_control
from cms.api.v1.selection import Selection
from cms.api.v1.snapshots import Snapshot, compress, open_ready_file, read_plain, take_snapshot
from cms.api.v1.values import LOCALE
from cms.api.v1.views.base import ApiView


class SnapshotView(ApiView):
    """Present and future versions in all languages, a line each; the first line says where the changes go on."""

    operation = Operation(
        "snapshot", "Mirroring", "Take a copy of everything", answer="snapshot", media_type=LinesMedia.media_type
    )
    renderer_classes = (LinesMedia, JsonMedia)
    parameters = (
        Parameter("locale", LOCALE, "Only these languages.", several=True),
        Parameter("type", TYPE_FILTER.kind, "Only these types; acts come only when they are asked for.", several=True),
        AUDIENCE_FILTER,
        MUNICIPALITY_FILTER,
    )

    def get(self, request: Request) -> HttpResponseBase:
        snapshot = take_snapshot(Selection.from_asked(self.asked), self.access)
        # Weak: two files with the same documents differ in cursor and time. The day is in it, so that a cursor never grows old.
        etag = f'W/"{snapshot.digest}"'
        headers = {
            "ETag": etag,
            "Cache-Control": build_cache_control(request),
            "Vary": "Authorization, Accept-Encoding",
        }
        if snapshot.last_released_at:
            headers["Last-Modified"] = http_date(snapshot.last_released_at.timestamp())
        if is_unmodified(request.META.get("HTTP_IF_NONE_MATCH"), etag):
            return HttpResponse(status=304, headers=dict(drop_body_headers(headers.items())))
        response = _send(request, snapshot)
        for name, value in headers.items():
            response.headers[name] = value
        return response


def _send(request: Request, snapshot: Snapshot) -> HttpResponseBase:
    zipped = takes_gzip(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    headers = {"Content-Encoding": "gzip"} if zipped else {}
    ready = open_ready_file(snapshot)
    if request.method == "HEAD":
        return _send_headers(ready, headers, zipped=zipped)
    if ready is not None and zipped:
        response = FileResponse(ready, content_type=LinesMedia.media_type, headers=headers)
        # The file's own name holds a position of the log.
        del response.headers["Content-Disposition"]
        return response
    lines: Iterable[bytes] = read_plain(ready) if ready is not None else snapshot.write_lines()
    return StreamingHttpResponse(compress(lines) if zipped else lines, LinesMedia.media_type, headers=headers)


def _send_headers(ready: BinaryIO | None, headers: dict[str, str], *, zipped: bool) -> HttpResponseBase:
    """Answer HEAD: with the length of a file that is sent as it is; what is made while it is sent has none to tell."""
    if ready is not None:
        with ready:
            if zipped:
                headers["Content-Length"] = str(os.fstat(ready.fileno()).st_size)
    # Streamed, since Django would count the bytes of a whole body: none.
    return StreamingHttpResponse((), LinesMedia.media_type, headers=headers)
