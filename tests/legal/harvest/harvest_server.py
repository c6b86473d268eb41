"""A server on this machine that behaves like the source: the list of changes with its rules, texts, and its troubles.

The rules are those of the harvest service: open from 03:00 to 23:45 Danish time and ten days back (else 400), one call in ten
seconds (else 429), ``[]`` for a day without changes. Time is Django's, so tests move it.
"""

import json
import threading
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from django.utils import timezone

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
LIST_PATH = "/v1/Documents"
HOST = "https://www.retsinformation.dk"


@dataclass
class Source:
    """Answers and troubles of the server, and the calls it got.

    ``troubles`` holds for each path what goes wrong, one entry for each call in turn: a status (``500``), ``(status,
    {header: value})``, ``"stall"``, ``"break off"``, ``"html"``, ``"endless"``.
    """

    url: str = ""
    documents: dict[str, bytes] = field(default_factory=dict)
    changes: dict[date, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    troubles: dict[str, deque[Any]] = field(default_factory=lambda: defaultdict(deque))
    asked: list[str] = field(default_factory=list)
    moments: list[datetime] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    last_list_at: datetime | None = None
    released: threading.Event = field(default_factory=threading.Event)

    def add(
        self,
        day: date,
        path: str,
        content: bytes | None,
        *,
        reason: str = "NewDocument",
        accession: str = "",
        moment: str = "00:00:00",
    ) -> None:
        """Let a text change on a day; ``path`` is ``/eli/lta/2025/1183``, ``None`` a text that is gone."""
        self.documents.pop(f"{path}/xml", None)
        if content is not None:
            self.documents[f"{path}/xml"] = content
        entry = {
            "documentId": "CS002121",
            "accessionsnummer": accession,
            "reasonForChange": reason,
            "changeDate": f"{day.isoformat()}T{moment}",
            "documentType": {"id": 0, "shortName": "LBK H"},
            "href": HOST + path,
        }
        self.changes[day] = [other for other in self.changes[day] if other["href"] != entry["href"]] + [entry]


class Handler(BaseHTTPRequestHandler):
    """Answers as the source does."""

    protocol_version = "HTTP/1.1"
    source: Source

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.source.asked.append(self.path)
        self.source.moments.append(timezone.now())
        self.source.headers.append(dict(self.headers))
        troubles = self.source.troubles[parts.path]
        if troubles and self._make_trouble(troubles.popleft()):
            return
        if parts.path == LIST_PATH:
            self._answer_list(parse_qs(parts.query))
        elif content := self.source.documents.get(parts.path):
            self._answer(200, content, "application/xml; charset=utf-8")
        else:
            self._answer(404, b"No document found matching ELI request")

    def _answer_list(self, query: dict[str, list[str]]) -> None:
        now = timezone.now()
        local = now.astimezone(COPENHAGEN)
        last, self.source.last_list_at = self.source.last_list_at, now
        if not time(3, 0) <= local.time() < time(23, 45):
            self._answer(400, b"The service is available between 03:00 and 23:45.")
        elif last is not None and now - last < timedelta(seconds=10):
            self._answer(429, b"API calls quota exceeded! maximum admitted 1 per 10s.")
        elif (day := date.fromisoformat(query["date"][0])) < local.date() - timedelta(days=10):
            self._answer(400, b"Date can only be within the last 10 days.")
        else:
            self._answer(200, json.dumps(self.source.changes[day]).encode(), "application/json; charset=utf-8")

    def _make_trouble(self, trouble: Any) -> bool:
        """Make trouble; says whether the call is answered by it."""
        match trouble:
            case None:
                return False
            case int():
                self._answer(trouble, b"trouble")
            case (status, headers):
                self._answer(status, b"", **headers)
            case "html":
                self._answer(200, b"<html>Log ind</html>", "text/html")
            case "break off":
                self._begin(200, 5000, "application/xml")
                self.wfile.write(b"<Dokument>")
                self.close_connection = True
            case "endless":
                self._begin(200, None, "application/xml")
                self.close_connection = True
                while not self.source.released.is_set():
                    self.wfile.write(b"<a>" * 100_000)
            case "stall":
                self.source.released.wait(20)
                self.close_connection = True
        return True

    def _answer(self, status: int, body: bytes, content_type: str = "text/plain", **headers: str) -> None:
        self._begin(status, len(body), content_type, **headers)
        self.wfile.write(body)

    def _begin(self, status: int, length: int | None, content_type: str, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        if length is not None:
            self.send_header("Content-Length", str(length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is http.server's
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Drops callers who hang up without a word."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing."""


@contextmanager
def running_source() -> Iterator[Source]:
    """Run a server on a free port of this machine."""
    source = Source()
    server = Server(("127.0.0.1", 0), type("SourceHandler", (Handler,), {"source": source}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    source.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield source
    finally:
        source.released.set()
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
