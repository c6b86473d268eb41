"""Whole copies as lines of JSON, kept ready-compressed for those that many mirrors ask for.

A ready file is named by what it holds (selection, day, the documents' ETags), so hidden activity neither rebuilds it nor shows. Its
cursor may be older than the head of the log: the changes that follow then tell of nothing, or once more of what is in it.
"""

import gzip
import hashlib
import logging
import os
import threading
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

import orjson
from django.conf import settings
from django.utils import timezone

from cms.api.v1.feed_cursor import FeedCursor
from cms.api.v1.reading import load_bodies
from cms.api.v1.selection import Selection
from cms.core.calendar import today
from cms.publication.access.scope import Sight
from cms.publication.following.followers import get_head_position
from cms.publication.log.envelope import format_moment
from cms.publication.models import Window

logger = logging.getLogger(__name__)

CHUNK_DOCUMENTS = 100
CHUNK_BYTES = 1 << 16
COMPRESSION_LEVEL = 6
STREAM_COMPRESSION_LEVEL = 1
GZIP_WINDOW = 31
SUFFIX = ".ndjson.gz"


@dataclass(frozen=True)
class Snapshot:
    """What a snapshot holds: positions of stored documents, in order. The documents themselves are read while it is sent."""

    selection: Selection
    sight: Sight
    head: int
    day: date
    positions: list[int]
    digest: str
    last_released_at: datetime | None

    def write_lines(self) -> Iterator[bytes]:
        """Write the lines, the heading first; bounded memory."""
        cursor = FeedCursor.start(self.head, self.selection, self.sight).seal()
        generated_at = format_moment(timezone.now().replace(microsecond=0))
        heading = {"cursor": cursor, "count": len(self.positions), "generated_at": generated_at}
        yield orjson.dumps(heading, option=orjson.OPT_APPEND_NEWLINE)
        for start in range(0, len(self.positions), CHUNK_DOCUMENTS):
            bodies = load_bodies(self.positions[start : start + CHUNK_DOCUMENTS])
            yield b"\n".join(bodies) + b"\n"

    @property
    def path(self) -> Path:
        """Where a ready file of this snapshot is written."""
        return _get_folder() / f"{_mark(self.selection)}-{self.digest}-{self.head}{SUFFIX}"

    def find_file(self) -> Path | None:
        """Find a ready file with the same documents. One whose cursor lies ahead of the log is of another database."""
        for path in _get_folder().glob(f"{_mark(self.selection)}-{self.digest}-*{SUFFIX}"):
            if int(path.name.removesuffix(SUFFIX).rpartition("-")[2]) <= self.head:
                return path
        return None


def take_snapshot(selection: Selection, sight: Sight) -> Snapshot:
    """Choose what a snapshot holds: present and future versions, within sight and selection. Two queries.

    The head is read before the rows, so what is released in between is in both, and never in neither.
    """
    head, day = get_head_position(), today()
    windows = selection.apply(Window.objects.visible_to(sight).present_and_future(day)).order_by("release_id")
    digest = hashlib.sha256(f"{day} {sight.fingerprint} ".encode() + selection.to_bytes())
    positions: list[int] = []
    last_released_at: datetime | None = None
    for position, etag, released_at in windows.values_list("release_id", "etag", "released_at").iterator(5000):
        positions.append(position)
        digest.update(etag.encode())
        last_released_at = max(released_at, last_released_at or released_at)
    return Snapshot(selection, sight, head, day, positions, digest.hexdigest()[:32], last_released_at)


_building = threading.Lock()


def find_ready_file(snapshot: Snapshot) -> Path | None:
    """Find the ready file of a snapshot, made now if need be; ``None`` where none is kept or none can be written."""
    if not (snapshot.sight.is_public and snapshot.selection.is_plain):
        return None
    with _building:
        try:
            return snapshot.find_file() or _write_file(snapshot)
        except OSError as error:
            logger.warning("no ready snapshot could be written: %s", error)
            return None


def read_plain(path: Path) -> Iterator[bytes]:
    """Read a ready file for a client that takes no compression."""
    with gzip.open(path) as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def compress(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Compress while sending, for what is not kept ready."""
    compressor = zlib.compressobj(STREAM_COMPRESSION_LEVEL, zlib.DEFLATED, GZIP_WINDOW)
    for line in lines:
        if chunk := compressor.compress(line):
            yield chunk
    yield compressor.flush()


def _write_file(snapshot: Snapshot) -> Path:
    folder = _get_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as part:
        try:
            with gzip.GzipFile(fileobj=part, mode="wb", compresslevel=COMPRESSION_LEVEL, filename="", mtime=0) as file:
                for lines in snapshot.write_lines():
                    file.write(lines)
            part.flush()
            os.fsync(part.fileno())
            Path(part.name).replace(snapshot.path)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise
    for old in folder.glob(f"{_mark(snapshot.selection)}-*{SUFFIX}"):
        if old != snapshot.path:
            # Whoever is still being sent the old file keeps it open.
            old.unlink(missing_ok=True)
    return snapshot.path


def _get_folder() -> Path:
    return Path(settings.DATA_DIR) / "snapshots"


def _mark(selection: Selection) -> str:
    return hashlib.sha256(selection.to_bytes()).hexdigest()[:12]
