"""The cursor of the change feed: a place in the log, for one selection and one access scope, valid for a time.

A key-less caller's cursor depends on nothing but the last change it can see and the day. So callers in the same state ask the same
address, which a cache or proxy can answer for all of them, and what happens out of their access scope shows in nothing. The cursor
of a caller with a key stands where the log ends, and no two of them look alike.
"""

import hashlib
import time
from dataclasses import dataclass, replace
from datetime import datetime
from struct import Struct

from django.conf import settings

from cms.api.problems import SNAPSHOT_HINT, Problem, ProblemError
from cms.api.sealing import BadSealError, seal, unseal
from cms.api.v1.selection import Selection
from cms.core.calendar import COPENHAGEN, today
from cms.publication.access.access_scope import PUBLIC_ACCESS, AccessScope

PURPOSE = "changes"
FIXED = Struct(">QI8s")
DAY_SECONDS = 86_400


@dataclass(frozen=True)
class FeedCursor:
    """A place in the log; ``issued_at`` is in seconds since 1970, for a key-less caller the beginning of the day."""

    position: int
    selection: Selection
    access_mark: bytes
    issued_at: int = 0

    @classmethod
    def start(cls, position: int, selection: Selection, access: AccessScope) -> "FeedCursor":
        """Begin a feed."""
        return cls(position, selection, mark_access(access))

    def seal(self) -> str:
        """Seal the cursor as of now."""
        is_public = self.access_mark == mark_access(PUBLIC_ACCESS)
        issued_at = _get_midnight().timestamp() if is_public else time.time()
        fixed = FIXED.pack(self.position, int(issued_at), self.access_mark)
        return seal(PURPOSE, fixed + self.selection.to_bytes(), repeatable=is_public)

    def move(self, position: int) -> "FeedCursor":
        """Build the cursor for a later place."""
        return replace(self, position=position)

    @property
    def expires_at(self) -> float:
        """Until when the cursor is honoured, in seconds since 1970."""
        return self.issued_at + float(settings.API_CURSOR_DAYS * DAY_SECONDS)


def open_cursor(token: str, access: AccessScope) -> FeedCursor:
    """Open a cursor.

    Raises:
        Problem: 400 when it was not made here or not for this caller, 410 when it is too old.
    """
    try:
        content = unseal(PURPOSE, token)
        position, issued_at, access_mark = FIXED.unpack(content[: FIXED.size])
    except BadSealError as error:
        raise build_cursor_problem("The cursor is not one of ours.") from error
    if access_mark != mark_access(access):
        raise build_cursor_problem("The cursor was given to a caller who sees other things.")
    cursor = FeedCursor(position, Selection.from_bytes(content[FIXED.size :]), access_mark, issued_at)
    if time.time() >= cursor.expires_at:
        detail = f"The cursor is older than {settings.API_CURSOR_DAYS} days. {SNAPSHOT_HINT}"
        errors: list[ProblemError] = [{"parameter": "cursor", "detail": detail}]
        raise Problem(410, "cursor-too-old", "Cursor too old", detail, errors, reason="cursor-too-old")
    return cursor


def build_cursor_problem(detail: str) -> Problem:
    """Build the refusal of a cursor."""
    errors: list[ProblemError] = [{"parameter": "cursor", "detail": detail}]
    return Problem(400, "invalid-cursor", "Invalid cursor", f"{detail} {SNAPSHOT_HINT}", errors)


def mark_access(access: AccessScope) -> bytes:
    """Mark an access scope in eight bytes."""
    return hashlib.sha256(access.fingerprint.encode()).digest()[:8]


def _get_midnight() -> datetime:
    """Return the moment the day in Copenhagen began."""
    return datetime.combine(today(), datetime.min.time(), COPENHAGEN)
