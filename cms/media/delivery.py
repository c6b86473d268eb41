"""Answers that carry a file: sent from here, or left to the proxy or bucket that ``MEDIA_OFFLOAD`` names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase, ResponseHeaders
from django.utils.http import content_disposition_header
from wagtail.coreutils import string_to_ascii
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.utils import send_file

INLINE_TYPES = {"application/pdf", "image/avif", "image/gif", "image/jpeg", "image/png", "image/webp"}
# A file is opened in the site's own origin: it may neither run script nor fetch anything there.
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
# The same but for the sandbox, in which browsers refuse to open their PDF viewer; a PDF's own script never runs as the origin's.
PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
# Example: "bytes=0-499"
# Example: "bytes=500-"
# Example: "bytes=-500"
SINGLE_RANGE = re.compile(r"\s*bytes=(\d*)-(\d*)\s*")
# What is no larger is read at once: the thread is free again before a slow reader has it all.
MOST_BYTES_AT_ONCE = 1024 * 1024
FOR_EVER = "public, max-age=31536000, immutable"
FOR_NOW = "private, no-cache"


@dataclass(frozen=True)
class Delivery:
    """One file to be sent.

    ``stored`` is its name in the storage, ``filename`` the one readers save it under. ``digest`` is given where the address
    holds it; such an answer never changes. ``is_public`` says whether anyone may have it, caches and buckets included.
    """

    stored: str
    filename: str
    content_type: str
    is_public: bool
    digest: str = ""

    def build_headers(self) -> dict[str, str]:
        """Build the headers that do not depend on who sends the file."""
        is_pdf = self.content_type == "application/pdf"
        headers = {
            "Content-Type": self.content_type,
            "Content-Disposition": build_disposition(self.filename, is_inline=self.content_type in INLINE_TYPES),
            "Content-Security-Policy": PDF_POLICY if is_pdf else SANDBOX,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": FOR_EVER if self.is_public and self.digest else FOR_NOW,
        }
        if self.is_public:
            # Sites that show our texts fetch the files from theirs.
            headers |= {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
        return headers


def build_file_response(request: HttpRequest, delivery: Delivery) -> HttpResponseBase:
    """Build the answer to a GET or HEAD.

    Raises:
        Http404: if the file is not there.
        SuspiciousFileOperation: if the name leads out of the storage.
    """
    offload = settings.MEDIA_OFFLOAD
    try:
        path = default_storage.path(delivery.stored)
        if offload.startswith("/"):
            headers = {**delivery.build_headers(), "X-Accel-Redirect": f"{offload}{quote(delivery.stored)}"}
            return HttpResponse(headers=headers)
        if offload and delivery.is_public:
            return _redirect(f"{offload}{quote(delivery.stored)}?{delivery.digest}")
        return _send(request, delivery, path)
    except (OSError, ValueError) as error:  # ValueError: a name that no file system takes
        raise Http404(f"{delivery.stored} is not there.") from error


def build_disposition(filename: str, *, is_inline: bool) -> str:
    """Build ``Content-Disposition``, for old clients with a name in ASCII beside the real one (RFC 6266, appendix D)."""
    plain = string_to_ascii(filename)
    value = str(content_disposition_header(not is_inline, plain))
    return value if plain == filename else f"{value}; filename*=UTF-8''{quote(filename)}"


def _redirect(url: str) -> HttpResponse:
    """Redirect to a bucket. Its names may be used again, so the redirect is kept for a short time only."""
    response = HttpResponseRedirect(url)
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def _send(request: HttpRequest, delivery: Delivery, path: str) -> HttpResponseBase:
    environ = dict(request.META)
    if not _is_single_range(environ.get("HTTP_RANGE", "")):
        environ.pop("HTTP_RANGE", None)
    try:
        sent = send_file(path, environ, mimetype=delivery.content_type, etag=delivery.digest or True)
    except RequestedRangeNotSatisfiable as error:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{error.length}"})
    body, _status, headers = sent.get_wsgi_response(environ)
    response = _build_response(body, sent.status_code, sent.content_length or 0)
    # The server writes the date itself.
    said = {name: value for name, value in headers if name != "Date"} | delivery.build_headers()
    response.headers = ResponseHeaders(said)
    if response.status_code == 304:
        for name in ("Content-Type", "Content-Disposition"):
            response.headers.pop(name, None)
    return response


def _build_response(body: Iterable[bytes], status: int, size_bytes: int) -> HttpResponseBase:
    # Of a body that is not streamed Django says the length, and a 304 would claim that the file is empty.
    if size_bytes > MOST_BYTES_AT_ONCE or status == 304:
        return StreamingHttpResponse(body, status=status)
    try:
        return HttpResponse(b"".join(body), status=status)
    finally:
        body.close()  # type: ignore[attr-defined]


def _is_single_range(asked: str) -> bool:
    """Say whether ``Range`` asks for one part. Anything else is answered with the whole (RFC 9110, section 14.2): several parts,
    other units, and an end before the beginning.
    """
    found = SINGLE_RANGE.fullmatch(asked)
    if found is None or found.groups() == ("", ""):
        return False
    first, last = found.groups()
    return not (first and last) or int(first) <= int(last)
