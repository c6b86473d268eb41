"""Start a server once for all worker processes, and keep its address where the others find it."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local.elasticsearch.file_lock import hold_lock

FOLDER_VARIABLE = "TEST_SERVERS_FOLDER"
REPOSITORY = Path(__file__).resolve().parents[2]
STOP_TIMEOUT_SECONDS = 90


class ServerError(Exception):
    """A server could not be provided; the text says what is missing."""


@contextmanager
def hold_servers() -> Iterator[Path]:
    """Provide the folder the servers live in, and stop them all at the end of the block.

    Stopping is left to a guard process that waits for this one to end, so it also happens after a kill. Inside a folder
    that an outer process holds, nothing is done.
    """
    if FOLDER_VARIABLE in os.environ:
        yield Path(os.environ[FOLDER_VARIABLE])
        return
    folder = Path(tempfile.mkdtemp(prefix="videnbro-servers-"))
    # The servers run as another user when we are root.
    folder.chmod(0o755)
    guard = subprocess.Popen(
        [sys.executable, "-m", "tests.servers.guard", str(folder)],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    os.environ[FOLDER_VARIABLE] = str(folder)
    try:
        yield folder
    finally:
        del os.environ[FOLDER_VARIABLE]
        if guard.stdin:
            guard.stdin.close()
        guard.wait(STOP_TIMEOUT_SECONDS)


def get_shared(name: str, start: Callable[[Path], str]) -> str:
    """Return what ``start`` returned in the first process that asked; ``start`` gets the servers' folder.

    Raises:
        ServerError: if it failed there; the others do not try again.
    """
    folder = Path(os.environ[FOLDER_VARIABLE])
    answer, failure = folder / f"{name}.answer", folder / f"{name}.failure"
    with hold_lock(folder / f"{name}.lock"):
        if failure.exists():
            raise ServerError(failure.read_text(encoding="utf-8"))
        if not answer.exists():
            try:
                answer.write_text(start(folder), encoding="utf-8")
            except Exception as error:
                failure.write_text(f"{name}: {error}", encoding="utf-8")
                raise
        return answer.read_text(encoding="utf-8")
