"""Whole copies as lines of JSON, kept ready-compressed for those that many mirrors ask for.

A ready file is named by what it holds (selection, day, the documents' ETags), so hidden activity neither rebuilds it nor shows. Its
cursor may be older than the head of the log: the changes that follow then tell of nothing, or once more of what is in it.

There is one ready file for the whole site and one for each language, so what anonymous callers can make the disk hold is bounded;
every other selection is compressed while it is sent.
"""

import fcntl
import gzip
import hashlib
import logging
import os
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

import orjson
from django.conf import settings
from django.utils import timezone

from cms.api.v1.applying_documents import load_bodies
from cms.api.v1.feed import FeedReader
from cms.api.v1.feed_cursor import FeedCursor
from cms.api.v1.selection import Selection
from cms.core.calendar import today
from cms.core.languages import LANGUAGES
from cms.publication.access.access_scope import AccessScope
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
PART_SUFFIX = ".part"


@dataclass(frozen=True)
class Snapshot:
    """Content of a snapshot: positions of stored documents, in order. The documents themselves are read while it is sent."""

    selection: Selection
    access: AccessScope
    head: int
    day: date
    positions: list[int]
    digest: str
    last_released_at: datetime | None

    def write_lines(self) -> Iterator[bytes]:
        """Write the lines, the heading first; bounded memory."""
        whole = FeedCursor.start(self.head, self.selection, self.access)
        cursor = whole.move(FeedReader(whole, self.access, self.day).find_start(self.head)).seal()
        generated_at = format_moment(timezone.now().replace(microsecond=0))
        heading = {"cursor": cursor, "count": len(self.positions), "generated_at": generated_at}
        yield orjson.dumps(heading, option=orjson.OPT_APPEND_NEWLINE)
        for start in range(0, len(self.positions), CHUNK_DOCUMENTS):
            bodies = load_bodies(self.positions[start : start + CHUNK_DOCUMENTS])
            yield b"\n".join(bodies) + b"\n"

    @property
    def path(self) -> Path:
        """Name the file in which this snapshot is kept ready."""
        return _get_folder() / f"{_mark(self.selection)}-{self.digest}-{self.head}{SUFFIX}"

    def open_file(self) -> BinaryIO | None:
        """Open a ready file with the same documents. One whose cursor lies ahead of the log is of another database."""
        for path in _get_folder().glob(f"{_mark(self.selection)}-{self.digest}-*{SUFFIX}"):
            if int(path.name.removesuffix(SUFFIX).rpartition("-")[2]) <= self.head:
                try:
                    return path.open("rb")
                except FileNotFoundError:
                    # Another caller has just replaced it by a newer one.
                    continue
        return None


def take_snapshot(selection: Selection, access: AccessScope) -> Snapshot:
    """Choose what a snapshot holds: present and future versions, within access scope and selection. Two queries.

    The head is read before the rows, so what is released in between is in both, and never in neither.
    """
    head, day = get_head_position(), today()
    windows = selection.apply(Window.objects.visible_to(access).present_and_future(day)).order_by("release_id")
    digest = hashlib.sha256(f"{day} {access.fingerprint} ".encode() + selection.to_bytes())
    positions: list[int] = []
    last_released_at: datetime | None = None
    for position, etag, released_at in windows.values_list("release_id", "etag", "released_at").iterator(5000):
        positions.append(position)
        digest.update(etag.encode())
        last_released_at = max(released_at, last_released_at or released_at)
    return Snapshot(selection, access, head, day, positions, digest.hexdigest()[:32], last_released_at)


def open_ready_file(snapshot: Snapshot) -> BinaryIO | None:
    """Open the ready file of a snapshot, made now if need be; ``None`` where none is kept or none can be written.

    A file that is there is opened without waiting for anybody; who needs one that is just being made waits for that one alone.
    """
    if not (snapshot.access.is_public and snapshot.selection in list_ready_selections()):
        return None
    try:
        if ready := snapshot.open_file():
            return ready
        folder = _get_folder()
        folder.mkdir(parents=True, exist_ok=True)
        with _lock_part(folder / f"{_mark(snapshot.selection)}{PART_SUFFIX}") as part:
            return snapshot.open_file() or _write_file(snapshot, part)
    except OSError as error:
        logger.warning("no ready snapshot could be written: %s", error)
        return None


def list_ready_selections() -> list[Selection]:
    """List what many mirrors ask for: all of the site, and all of one language."""
    return [Selection(), *(Selection(locale=((locale,),)) for locale in LANGUAGES)]


def read_plain(file: BinaryIO) -> Iterator[bytes]:
    """Read a ready file for a client that takes no compression."""
    with file, gzip.open(file) as lines:
        while chunk := lines.read(CHUNK_BYTES):
            yield chunk


def compress(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Compress while sending, for what is not kept ready."""
    compressor = zlib.compressobj(STREAM_COMPRESSION_LEVEL, zlib.DEFLATED, GZIP_WINDOW)
    for line in lines:
        if chunk := compressor.compress(line):
            yield chunk
    yield compressor.flush()


@contextmanager
def _lock_part(path: Path) -> Iterator[BinaryIO]:
    """Lock the file in which a selection's ready file is written, against other threads and other processes.

    The system lets the lock of a killed process go, and the next one writes over what that one had written.
    """
    while True:
        with path.open("ab") as part:
            fcntl.flock(part, fcntl.LOCK_EX)
            # Whoever held the lock before may have made a ready file of the one that was opened.
            if _is_at(path, part):
                part.truncate(0)
                yield part
                return


def _is_at(path: Path, file: BinaryIO) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def _write_file(snapshot: Snapshot, part: BinaryIO) -> BinaryIO:
    try:
        with gzip.GzipFile(fileobj=part, mode="wb", compresslevel=COMPRESSION_LEVEL, filename="", mtime=0) as file:
            for lines in snapshot.write_lines():
                file.write(lines)
        part.flush()
        os.fsync(part.fileno())
    except BaseException:
        part.truncate(0)
        raise
    ready = Path(part.name).rename(snapshot.path).open("rb")
    _delete_others(snapshot)
    return ready


def _delete_others(snapshot: Snapshot) -> None:
    """Delete the selection's older files and whatever is no ready file of today's languages.

    Who is just being sent one of them keeps it open.
    """
    marks = {_mark(selection) for selection in list_ready_selections()}
    own = _mark(snapshot.selection)
    for path in _get_folder().iterdir():
        mark = path.name.removesuffix(PART_SUFFIX).partition("-")[0]
        is_older = mark == own and path.suffix != PART_SUFFIX and path != snapshot.path
        if is_older or mark not in marks:
            path.unlink(missing_ok=True)


def _get_folder() -> Path:
    return Path(settings.DATA_DIR) / "snapshots"


def _mark(selection: Selection) -> str:
    return hashlib.sha256(selection.to_bytes()).hexdigest()[:12]
