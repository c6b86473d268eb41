"""The child processes of ``make run``: each behind a guard, so that none of them outlives us, however we end."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
# So long a command may take to end when it is asked to.
GRACE_SECONDS = 20


class CommandFailedError(Exception):
    """A preparing command has failed; it has said why itself."""


class Lifeline:
    """A pipe of which this process alone holds the end for writing: the guards at the other end see it break when we end."""

    def __init__(self) -> None:
        # Python's pipes are not inherited unless they are named: a guard gets the reading end of this one as standard input,
        self._reading, self._writing = os.pipe()
        # and the writing end of this one, so that reading from it ends when the last guard does.
        self._ended, self._guarding = os.pipe()

    def start(
        self, command: Sequence[str], environment: Mapping[str, str], grace_seconds: int = GRACE_SECONDS
    ) -> subprocess.Popen[bytes]:
        """Start a command behind a guard; what it prints is seen. The process returned is the guard."""
        return subprocess.Popen(
            [sys.executable, "-m", "deploy.local.guard", str(grace_seconds), *command],
            cwd=REPOSITORY,
            env=environment,
            stdin=self._reading,
            pass_fds=[self._guarding],
            # Ctrl-C and a closed terminal reach us alone; the guards hear of it through the pipe.
            start_new_session=True,
        )

    def cut(self) -> None:
        """Let every guard end its command, and wait until all have."""
        os.close(self._writing)
        os.close(self._guarding)
        os.read(self._ended, 1)


class Child:
    """A command of manage.py that runs beside us."""

    def __init__(self, lifeline: Lifeline, name: str, *arguments: str, grace_seconds: int = GRACE_SECONDS) -> None:
        self.name = name
        self._lifeline = lifeline
        self._command = build_command(*arguments)
        self._grace_seconds = grace_seconds
        self._guard: subprocess.Popen[bytes] | None = None

    def start(self, environment: Mapping[str, str]) -> None:
        """Start the command, or start it again after ``stop``."""
        self._guard = self._lifeline.start(self._command, environment, self._grace_seconds)

    def find_exit_code(self) -> int | None:
        """Return the exit code if the command was started and has ended."""
        return self._guard.poll() if self._guard else None

    def stop(self) -> None:
        """End the command and wait; its guard sees to it that the end comes."""
        if self._guard:
            self._guard.terminate()
            self._guard.wait()


def build_command(*arguments: str) -> list[str]:
    """Build the command line of a command of manage.py."""
    return [sys.executable, "manage.py", *arguments]
