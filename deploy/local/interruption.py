"""The wish that ``make run`` ends: Ctrl-C, a process manager, a closed terminal, or the end of the make that started us."""

import os
import select
import signal
import sys
import threading
from types import FrameType


class InterruptionError(Exception):
    """Somebody wants us to end."""


class Interruption:
    """Takes note of the wish and tells whoever pauses; nothing is thrown into the middle of a step.

    A wish that comes twice changes nothing: make passes on the SIGTERM that a process manager has sent to both of us.
    """

    def __init__(self, parent: int | None = None) -> None:
        """Listen to signals, and to the end of the process ``parent`` that has started us."""
        self._asked = threading.Event()
        signal.signal(signal.SIGINT, self._note)
        signal.signal(signal.SIGTERM, self._note)
        self._parent = parent
        self._terminal: int | None = None
        # Who starts us with nohup wants us to outlive the terminal.
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
            signal.signal(signal.SIGHUP, self._note)
            self._terminal = sys.stdin.fileno() if sys.stdin and sys.stdin.isatty() else None

    def pause(self, seconds: float) -> None:
        """Wait for some time.

        Raises:
            InterruptionError: if somebody wants us to end.
        """
        is_orphan = self._parent is not None and os.getppid() != self._parent
        if is_orphan or self._is_terminal_closed() or self._asked.wait(seconds):
            raise InterruptionError

    def _is_terminal_closed(self) -> bool:
        """Say whether the terminal has hung up. A make that leads its session is told of it alone, and waits for us."""
        if self._terminal is None:
            return False
        terminal = select.poll()
        terminal.register(self._terminal, 0)
        return bool(terminal.poll(0))

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._asked.set()
