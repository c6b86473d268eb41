"""The wish that ``make run`` ends: Ctrl-C, a process manager, a closed terminal, or the end of the make that started us."""

import os
import signal
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
        # Who starts us with nohup wants us to outlive the terminal.
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
            signal.signal(signal.SIGHUP, self._note)
        self._parent = parent

    def pause(self, seconds: float) -> None:
        """Wait for some time.

        Raises:
            InterruptionError: if somebody wants us to end.
        """
        is_orphan = self._parent is not None and os.getppid() != self._parent
        if is_orphan or self._asked.wait(seconds):
            raise InterruptionError

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._asked.set()
