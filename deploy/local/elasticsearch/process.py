"""Look at processes by id, and end those that are ours."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

POLL_SECONDS = 0.05

# The children this process has started itself; they must be waited for, or they stay as zombies.
_children: dict[int, subprocess.Popen[bytes]] = {}


def adopt(child: subprocess.Popen[bytes]) -> None:
    """Remember a child that outlives the function which started it."""
    _children[child.pid] = child


def is_running(pid: int, mark: str) -> bool:
    """Tell whether the process is there and is the one that was started: ``mark`` is one of its arguments.

    A process id alone proves nothing, since the system hands it out again.
    """
    child = _children.get(pid)
    if child and child.poll() is not None:
        del _children[pid]
        return False
    return mark in _read_arguments(pid)


def end_processes(pids: Sequence[int], mark: str, grace_seconds: float = 30) -> bool:
    """Ask our processes to end, force those that are left after ``grace_seconds``; return whether all are gone."""
    for number, patience_seconds in ((signal.SIGTERM, grace_seconds), (signal.SIGKILL, 5.0)):
        for pid in pids:
            if is_running(pid, mark):
                _send(pid, number)
        deadline = time.monotonic() + patience_seconds
        while any(is_running(pid, mark) for pid in pids):
            if time.monotonic() > deadline:
                break
            time.sleep(POLL_SECONDS)
        else:
            return True
    return False


def _send(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _read_arguments(pid: int) -> list[str]:
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            return []
    listing = subprocess.run(
        ["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return listing.stdout.split()
