"""A site that is really open: ``make run`` or the program behind it, and every process that belongs to it."""

import os
import pty
import select
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local.children import REPOSITORY
from deploy.local.elasticsearch.node import find_free_ports

OPEN_TIMEOUT_SECONDS = 600
END_TIMEOUT_SECONDS = 90
MAKE = ["make", "--silent", "--assume-old=packages", "run", f"PYTHON={sys.executable}"]
# A test that is killed takes its site along.
PROGRAM = [sys.executable, "-m", "deploy.local.run", "--parent", str(os.getpid())]


class Site:
    """One run of the site over a data directory. Its processes are known by the directory, which all of them are told."""

    def __init__(self, data_dir: Path, search: str = "embedded") -> None:
        self.data_dir = data_dir
        self.port = find_free_ports(1)[0]
        self.log = data_dir.with_name(f"{data_dir.name}-{self.port}.log")
        dropped = (
            "ELASTICSEARCH_URL",
            "DATABASE_URL",
            "DJANGO_SETTINGS_MODULE",
            "SECRET_KEY",
            "PUBLIC_URL",
            "MAKEFLAGS",
        )
        self._environment = {name: value for name, value in os.environ.items() if name not in dropped}
        self._environment |= {"DATA_DIR": str(data_dir), "PORT": str(self.port), "SEARCH": search}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, command: list[str]) -> int:
        """Start the command in a process group of its own, as a terminal or a process manager does; returns its id."""
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                command,
                cwd=REPOSITORY,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                process_group=0,
            )
        return self.process.pid

    def start_in_terminal(self, command: list[str]) -> threading.Event:
        """Start the command in a terminal, which is closed when the event is set."""
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(REPOSITORY)
            os.execvpe(command[0], command, self._environment)
        closing = threading.Event()
        threading.Thread(target=self._copy, args=(terminal, closing), daemon=True).start()
        threading.Thread(target=os.waitpid, args=(pid, 0), daemon=True).start()
        return closing

    def wait_for(self, text: str) -> None:
        """Wait until the site has said something."""
        deadline = time.monotonic() + OPEN_TIMEOUT_SECONDS
        while text not in self.read_log():
            assert time.monotonic() < deadline, self.read_log()
            assert self.process is None or self.process.poll() is None, self.read_log()
            time.sleep(0.1)

    def read_log(self) -> str:
        """Return what the site has printed."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def find_run(self) -> int:
        """Return the id of the process that watches over the others."""
        (pid,) = [pid for pid, command in self.list_processes() if f"{sys.executable} -m deploy.local.run" in command]
        return pid

    def list_processes(self) -> list[tuple[int, str]]:
        """List ``(pid, command line with environment)`` of the site's processes; those that have only to be reaped are left out."""
        listing = subprocess.run(
            ["ps", "axeww", "-o", "pid=,stat=,command="], capture_output=True, text=True, check=True, errors="replace"
        )
        found = []
        for line in listing.stdout.splitlines():
            pid, state, command = line.split(maxsplit=2)
            if str(self.data_dir) in command and not state.startswith("Z"):
                found.append((int(pid), command))
        return found

    def wait_until_gone(self) -> list[str]:
        """Wait until nothing is left; returns what is, shortened."""
        deadline = time.monotonic() + END_TIMEOUT_SECONDS
        while (left := self.list_processes()) and time.monotonic() < deadline:
            if self.process:
                self.process.poll()
            time.sleep(0.2)
        return [f"{pid} {command[:120]}" for pid, command in left]

    @contextmanager
    def under_load(self) -> Iterator[None]:
        """Ask for pages and search all the time."""
        ended = threading.Event()
        readers = [threading.Thread(target=self._read, args=(ended,)) for _ in range(4)]
        for reader in readers:
            reader.start()
        try:
            yield
        finally:
            ended.set()
            for reader in readers:
                reader.join()

    def kill(self) -> None:
        """Leave nothing of a failed test behind."""
        for pid, _command in self.list_processes():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue

    def _read(self, ended: threading.Event) -> None:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        while not ended.is_set():
            try:
                opener.open(f"http://127.0.0.1:{self.port}/api/v1/search/?q=bolig", timeout=5).read()
            except OSError:
                ended.wait(0.05)

    def _copy(self, terminal: int, closing: threading.Event) -> None:
        with self.log.open("ab") as output:
            while not closing.is_set():
                # A thread that waits inside a read would keep the terminal open.
                if select.select([terminal], [], [], 0.1)[0]:
                    output.write(os.read(terminal, 4096))
                    output.flush()
        os.close(terminal)
