"""Run a command and end it with whoever started it: ``python -m deploy.local.guard GRACE_SECONDS PROGRAM ARGUMENTS``.

Standard input is a pipe that only the starting process holds open for writing. It breaks when that process ends, however it ends:
by itself, by a signal that cannot be caught, with its terminal. The command then gets a request to end and some time for it, and
afterwards whatever is left of its process group is killed. A pipe works alike on Linux and macOS and leaves no moment uncovered,
because the guard has inherited it before the command is there.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence

POLL_SECONDS = 0.1
REQUESTS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def main(grace_seconds: float, command: Sequence[str]) -> int:
    """Run the command to its end, or to ours, and return its exit code."""
    asked = threading.Event()
    for number in REQUESTS:
        # A handler and not SIG_IGN, which the command would inherit.
        signal.signal(number, lambda *_: asked.set())
    threading.Thread(target=_wait_for_break, args=(asked,), daemon=True).start()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, process_group=0)
    try:
        while child.poll() is None and not asked.wait(POLL_SECONDS):
            pass
        if child.poll() is None:
            _end(child, grace_seconds)
    finally:
        _kill_group(child.pid)
        child.wait()
    return 128 - child.returncode if child.returncode < 0 else child.returncode


def _wait_for_break(asked: threading.Event) -> None:
    # Nobody writes to the pipe: reading ends when it breaks. A read through sys.stdin would hold its lock when we exit.
    os.read(0, 1)
    asked.set()


def _end(child: subprocess.Popen[bytes], grace_seconds: float) -> None:
    child.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(grace_seconds)


def _kill_group(group: int) -> None:
    """Kill what the command has left behind; the group's number is not given out again while one of it is there."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), sys.argv[2:]))
