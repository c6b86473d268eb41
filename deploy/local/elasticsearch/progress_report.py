"""Tell the waiting person what goes on: lines of text, and how far a download has come."""

import sys
import time
from typing import Protocol, TextIO

MEGABYTE = 1_000_000


class Report(Protocol):
    """Receiver of the engine package's progress messages."""

    def line(self, text: str) -> None:
        """Say one thing."""

    def progress(self, done_bytes: int, total_bytes: int) -> None:
        """Say how many bytes of the download have arrived."""


class SilentReport:
    """Say nothing."""

    def line(self, text: str) -> None:
        """Drop the text."""

    def progress(self, done_bytes: int, total_bytes: int) -> None:
        """Drop the numbers."""


class ConsoleReport:
    """Write to a stream: a terminal gets one line that is rewritten, a log file a line every five seconds."""

    def __init__(self, stream: TextIO | None = None, prefix: str = "") -> None:
        self._stream = stream or sys.stderr
        self._prefix = prefix
        self._last_seconds = 0.0
        self._last_bytes = 0
        self._is_line_open = False

    def line(self, text: str) -> None:
        """Write the text on a line of its own."""
        self._close_line()
        self._stream.write(f"{self._prefix}{text}\n")
        self._stream.flush()

    def progress(self, done_bytes: int, total_bytes: int) -> None:
        """Write the state of the download, not more often than a reader can follow."""
        is_terminal = self._stream.isatty()
        now = time.monotonic()
        if now - self._last_seconds < (0.2 if is_terminal else 5) or done_bytes in (0, self._last_bytes):
            return
        self._last_seconds, self._last_bytes = now, done_bytes
        text = (
            f"{self._prefix}{done_bytes / MEGABYTE:.0f} of {total_bytes / MEGABYTE:.0f} MB "
            f"({min(done_bytes / total_bytes, 1):.0%})"
        )
        if is_terminal:
            self._stream.write(f"\r{text}")
            self._is_line_open = True
        else:
            self._stream.write(f"{text}\n")
        self._stream.flush()

    def _close_line(self) -> None:
        if self._is_line_open:
            self._stream.write("\n")
            self._is_line_open = False
