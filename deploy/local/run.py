"""Open the site as ``make run`` does, and keep it open until Ctrl-C.

The site comes first. Its search engine is fetched and started while the site answers already: the address is settled
beforehand and given to the web server, which lets the database search and says so until the index holds everything. The worker
hears of the engine when it is there. Only with SEARCH=elasticsearch does the site wait for it.
"""

import argparse
import contextlib
import json
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

from deploy.local.addresses import build_local_url, store_public_url
from deploy.local.children import REPOSITORY, Child, CommandFailedError, Lifeline, build_command
from deploy.local.elasticsearch import find_engine
from deploy.local.elasticsearch.file_lock import hold_lock
from deploy.local.environment import EnvironmentFile
from deploy.local.interruption import Interruption, InterruptionError
from deploy.local.preparation import prepare_site
from deploy.local.search import SearchError, SearchPlan, plan_search, store_plan

POLL_SECONDS = 0.25
COMMAND_POLL_SECONDS = 0.05
OPEN_TIMEOUT_SECONDS = 180
# So long the site waits for an index that is insisted on; one with all Danish law in it takes longer to fill.
INDEX_TIMEOUT_SECONDS = 120
# Longer than Elasticsearch gets to close its index.
ENGINE_GRACE_SECONDS = 45
WITHOUT_ENGINE = SearchPlan(None, "")


class LocalSite:
    """One ``make run``: what was asked for, and the processes."""

    def __init__(self, interruption: Interruption) -> None:
        self.host = os.environ.get("HOST") or "127.0.0.1"
        self.port = _read_port()
        self.data_dir = Path(os.environ.get("DATA_DIR") or REPOSITORY / ".data").resolve()
        self.public_url = self.url = build_local_url(self.host, self.port)
        self._interruption = interruption
        self._lifeline = Lifeline()
        self.web = Child(self._lifeline, "web server", "serve")
        self.worker = Child(self._lifeline, "worker", "worker")
        self.engine: Child | None = None

    def main(self) -> None:
        """Open the site and watch over it until somebody wants it to end; everything that was started ends with it."""
        _check_port(self.host, self.port)
        self.data_dir.mkdir(parents=True, exist_ok=True)
        with hold_lock(self.data_dir / "site.lock", self._refuse_second):
            self._open_and_watch()

    def _refuse_second(self) -> None:
        raise CommandFailedError(
            f"A site is open in {self.data_dir} already; a second one would give its texts other addresses. "
            f"End it, or choose another folder: make run DATA_DIR={self.data_dir}-2 PORT={self.port}"
        )

    def _open_and_watch(self) -> None:
        stored = EnvironmentFile(self.data_dir)
        stored.fill_secrets()
        self.public_url = store_public_url(os.environ, stored, self.url)
        plan = plan_search(os.environ, stored, self.data_dir)
        store_plan(plan, stored)
        environment = self._build_environment(plan, stored)
        try:
            if plan.is_required:
                self._start_engine(plan, environment)
            # The password is for the command that makes the account; web server and worker never hold it.
            preparing = environment | {"ADMIN_PASSWORD": stored.find("ADMIN_PASSWORD") or ""}
            prepare_site(self.data_dir, preparing, lambda *command: self._run_command(command, preparing), say)
            if plan.is_required:
                self._wait_for_engine()
            is_awaited = plan.port is not None and not plan.is_required
            self.web.start(environment)
            self.worker.start(self._build_environment(WITHOUT_ENGINE, stored) if is_awaited else environment)
            self._wait_until_open()
            if plan.is_required:
                self._wait_until_index_is_current()
            self._print_addresses(plan, stored)
            if is_awaited:
                self._start_engine(plan, environment)
            self._watch(plan, stored, is_awaited=is_awaited)
        finally:
            self._lifeline.cut()

    def _build_environment(self, plan: SearchPlan, stored: EnvironmentFile) -> dict[str, str]:
        return {
            **os.environ,
            "PUBLIC_URL": self.public_url,
            "HOST": self.host,
            "PORT": str(self.port),
            "DATA_DIR": str(self.data_dir),
            "ELASTICSEARCH_URL": plan.url or "",
            "PYTHONUNBUFFERED": "1",
        }

    def _run_command(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        guard = self._lifeline.start(build_command(*command), environment)
        while guard.poll() is None:
            self._interruption.pause(COMMAND_POLL_SECONDS)
        if guard.returncode:
            raise CommandFailedError(f"'manage.py {' '.join(command)}' failed (exit code {guard.returncode}).")

    def _start_engine(self, plan: SearchPlan, environment: Mapping[str, str]) -> None:
        """Start the engine unless it is somebody else's or is running already."""
        if plan.port is None:
            return
        command = ("search_engine", "start", "--foreground", "--port", str(plan.port))
        self.engine = Child(self._lifeline, "search engine", *command, grace_seconds=ENGINE_GRACE_SECONDS)
        self.engine.start(environment)

    def _wait_for_engine(self) -> None:
        while self.engine and find_engine(self.data_dir) is None:
            if self.engine.find_exit_code() is not None:
                raise CommandFailedError("SEARCH=elasticsearch insists on the engine, and it did not start.")
            self._interruption.pause(POLL_SECONDS)

    def _wait_until_open(self) -> None:
        deadline = time.monotonic() + OPEN_TIMEOUT_SECONDS
        while time.monotonic() < deadline:
            self._check_children()
            try:
                urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
                    f"{self.url}/livez", timeout=5
                ).close()
                return
            except urllib.error.HTTPError as error:
                if error.code == 400:
                    raise CommandFailedError(
                        f"The web server refuses to answer at {self.url}: ALLOWED_HOSTS does not name the host."
                    ) from error
                self._interruption.pause(POLL_SECONDS)
            except OSError:
                self._interruption.pause(POLL_SECONDS)
        raise CommandFailedError(f"The web server does not answer at {self.url}.")

    def _wait_until_index_is_current(self) -> None:
        say("Filling the index …")
        deadline = time.monotonic() + INDEX_TIMEOUT_SECONDS
        while not self._is_index_current():
            if time.monotonic() > deadline:
                say("The index is still behind the log; until it has caught up, search comes from the database.")
                return
            self._check_children()
            self._interruption.pause(POLL_SECONDS)

    def _is_index_current(self) -> bool:
        """Say whether searches are answered by the engine and by nothing less."""
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
                f"{self.url}/readyz", timeout=5
            ) as response:
                answer = json.load(response)
        except (OSError, ValueError):
            return False
        return bool(answer["search"] == {"engine": "elasticsearch", "degraded": False})

    def _watch(self, plan: SearchPlan, stored: EnvironmentFile, *, is_awaited: bool) -> None:
        is_announced = not is_awaited
        while True:
            self._check_children()
            if self.engine and self.engine.find_exit_code() is not None:
                self.engine = None
                if is_awaited:
                    is_awaited, is_announced = False, True
                    self._go_on_without_engine(stored)
                else:
                    say("The search engine has ended. Search comes from the database; everything else works.")
            elif is_awaited and find_engine(self.data_dir):
                is_awaited = False
                self.worker.stop()
                self.worker.start(self._build_environment(plan, stored))
            elif not is_awaited and not is_announced and self._is_index_current():
                is_announced = True
                say(f"The search engine has come up at {plan.url}, and search comes from it.")
            self._interruption.pause(POLL_SECONDS)

    def _go_on_without_engine(self, stored: EnvironmentFile) -> None:
        say("The search engine did not start (see above). Search comes from the database; everything else works.")
        store_plan(WITHOUT_ENGINE, stored)
        self.web.stop()
        self.web.start(self._build_environment(WITHOUT_ENGINE, stored))

    def _check_children(self) -> None:
        for child in (self.web, self.worker):
            code = child.find_exit_code()
            if code is not None:
                raise CommandFailedError(f"The {child.name} has ended (exit code {code}).")

    def _print_addresses(self, plan: SearchPlan, stored: EnvironmentFile) -> None:
        say(
            f"\nVidenbro is open.\n"
            f"  Portal   {self.url}/\n"
            f"  Editor   {self.url}/admin/    user admin, password {stored.find('ADMIN_PASSWORD')}\n"
            f"  API      {self.url}/api/v1/\n"
            f"  API docs {self.url}/api/v1/docs/\n"
            f"  Data     {self.data_dir}\n"
            f"{plan.note}\n"
            f"Ctrl-C ends it.\n"
        )


def say(text: str) -> None:
    """Print for the person at the terminal, at once."""
    # The terminal may have been closed.
    with contextlib.suppress(OSError):
        print(text, flush=True)


def _read_port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise CommandFailedError(f"PORT={text} is not a port number.")
    return int(text)


def _check_port(host: str, port: int) -> None:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise CommandFailedError(
            f"Cannot listen on {host}, port {port}: {error.strerror or error}. "
            f"Is Videnbro or another program using it already? Choose another one: make run PORT={port + 1}"
        ) from error


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parent", type=int, help="the process that has started this one; the site ends with it")
    wish = Interruption(parser.parse_args().parent)
    try:
        LocalSite(wish).main()
    except InterruptionError:
        say("Videnbro has ended.")
    except (CommandFailedError, SearchError) as error:
        say(str(error))
        sys.exit(1)
