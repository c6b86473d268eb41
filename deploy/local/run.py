"""Open the site as ``make run`` does, and keep it open until Ctrl-C.

The site comes first. Its search engine is fetched and started while the site answers already: the address is settled
beforehand and given to the web server and the worker, which treat an engine that does not answer yet like any engine that is
down, and catch up when it comes. Only if it does not come at all are the two started again without it.
"""

import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

from deploy.local.addresses import build_local_url, store_public_url
from deploy.local.children import REPOSITORY, Child, CommandFailedError, stop_children
from deploy.local.elasticsearch import EngineError, stop_engine
from deploy.local.environment import EnvironmentFile
from deploy.local.preparation import prepare_site
from deploy.local.search import SearchError, SearchPlan, plan_search, store_plan

POLL_SECONDS = 0.25
OPEN_TIMEOUT_SECONDS = 60


class Interrupted(BaseException):
    """Somebody wants us to end."""


class Run:
    """One ``make run``: what was asked for, the processes, and what is still to be stopped."""

    def __init__(self) -> None:
        self.host = os.environ.get("HOST") or "127.0.0.1"
        self.port = _read_port()
        self.data_dir = Path(os.environ.get("DATA_DIR") or REPOSITORY / ".data").resolve()
        self.public_url = self.url = build_local_url(self.host, self.port)
        self.web = Child("web server", "serve")
        self.worker = Child("worker", "worker")
        self.engine: Child | None = None

    def main(self) -> int:
        """Open the site, watch over it, and return the exit code."""
        _check_port(self.host, self.port)
        self.data_dir.mkdir(parents=True, exist_ok=True)
        stored = EnvironmentFile(self.data_dir)
        stored.fill_secrets()
        self.public_url = store_public_url(os.environ, stored, self.url)
        plan = plan_search(os.environ, stored, self.data_dir)
        store_plan(plan, stored)
        environment = self._build_environment(plan, stored)
        try:
            prepare_site(self.data_dir, environment, say)
            self.web.start(environment)
            self.worker.start(environment)
            self._wait_until_open()
            self._print_addresses(plan, stored)
            if plan.port:
                self._start_engine(plan, environment)
            return self._watch(plan, stored)
        finally:
            self._stop()

    def _build_environment(self, plan: SearchPlan, stored: EnvironmentFile) -> dict[str, str]:
        return {
            **os.environ,
            "PUBLIC_URL": self.public_url,
            "HOST": self.host,
            "PORT": str(self.port),
            "DATA_DIR": str(self.data_dir),
            "ELASTICSEARCH_URL": plan.url or "",
            "ADMIN_PASSWORD": stored.find("ADMIN_PASSWORD") or "",
            "PYTHONUNBUFFERED": "1",
        }

    def _start_engine(self, plan: SearchPlan, environment: dict[str, str]) -> None:
        self.engine = Child("search engine", "search_engine", "start", "--port", str(plan.port))
        self.engine.start(environment)

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
                time.sleep(POLL_SECONDS)
            except OSError:
                time.sleep(POLL_SECONDS)
        raise CommandFailedError(f"The web server does not answer at {self.url}.")

    def _watch(self, plan: SearchPlan, stored: EnvironmentFile) -> int:
        is_settled = self.engine is None
        while True:
            self._check_children()
            code = self.engine.find_exit_code() if self.engine else None
            if not is_settled and code is not None:
                is_settled = True
                if code and plan.is_required:
                    raise CommandFailedError("SEARCH=elasticsearch insists on the engine, and it did not start.")
                if code:
                    self._go_on_without_engine(stored)
                else:
                    say(f"The search engine has come up at {plan.url}.")
                    # The worker tries a missing engine ever more rarely; a new one begins to index at once.
                    self._restart([self.worker], self._build_environment(plan, stored))
            time.sleep(POLL_SECONDS)

    def _go_on_without_engine(self, stored: EnvironmentFile) -> None:
        say("The search engine did not start (see above). Search comes from the database; everything else works.")
        self.engine = None
        plan = SearchPlan(None, "")
        store_plan(plan, stored)
        self._restart([self.web, self.worker], self._build_environment(plan, stored))

    def _restart(self, children: Sequence[Child], environment: Mapping[str, str]) -> None:
        stop_children(children)
        for child in children:
            child.start(environment)

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

    def _stop(self) -> None:
        # A second Ctrl-C does not leave processes behind.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        stop_children([self.web, self.worker, *([self.engine] if self.engine else [])])
        if self.engine:
            try:
                stop_engine(self.data_dir)
            except EngineError as error:
                say(str(error))


def say(text: str) -> None:
    """Print for the person at the terminal, at once."""
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


def _interrupt(*_: object) -> None:
    raise Interrupted


if __name__ == "__main__":
    signal.signal(signal.SIGINT, _interrupt)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        sys.exit(Run().main())
    except Interrupted:
        say("Videnbro has ended.")
        sys.exit(0)
    except (CommandFailedError, SearchError) as error:
        say(str(error))
        sys.exit(1)
