"""The child processes of ``make run``: each in a session of its own, so that only we decide when they end."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
GRACE_SECONDS = 20


class CommandFailedError(Exception):
    """A preparing command has failed; it has said why itself."""


class Child:
    """A command of manage.py that runs beside us."""

    def __init__(self, name: str, *arguments: str) -> None:
        self.name = name
        self._arguments = arguments
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, environment: Mapping[str, str]) -> None:
        """Start the command; what it prints is seen."""
        self._process = subprocess.Popen(
            build_command(*self._arguments),
            cwd=REPOSITORY,
            env=environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def find_exit_code(self) -> int | None:
        """Return the exit code if the command was started and has ended."""
        return self._process.poll() if self._process else None

    def ask_to_end(self) -> None:
        """Send the request to end and return at once."""
        if self._process and self._process.poll() is None:
            self._process.terminate()

    def wait(self) -> None:
        """Wait for the end that was asked for; what takes too long is killed with everything it has started."""
        if self._process is None:
            return
        try:
            self._process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def stop_children(children: Sequence[Child]) -> None:
    """End the children side by side."""
    for child in children:
        child.ask_to_end()
    for child in children:
        child.wait()


def build_command(*arguments: str) -> list[str]:
    """Build the command line of a command of manage.py."""
    return [sys.executable, "manage.py", *arguments]


def run_command(*arguments: str, environment: Mapping[str, str]) -> None:
    """Run a command of manage.py to its end.

    Raises:
        CommandFailedError: if it fails.
    """
    finished = subprocess.run(
        build_command(*arguments), cwd=REPOSITORY, env=environment, stdin=subprocess.DEVNULL, check=False
    )
    if finished.returncode:
        raise CommandFailedError(f"'manage.py {' '.join(arguments)}' failed (exit code {finished.returncode}).")
