"""Run the test suite as ``make test`` does: get what takes long first, with progress shown, then start pytest.

The suite runs on both homes of a site, SQLite and then PostgreSQL; ``DATABASE`` chooses one of them. What starts sites of its own
(``deploy``, ``benchmarks``, ``server``) chooses their database itself, and what a browser sees of a page does not depend on it:
both run once. The servers themselves are started by the suite (``tests/servers``), so that ``pytest tests/x.py`` works as well.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence

from deploy.local.elasticsearch import ConsoleReport, EngineError
from deploy.local.elasticsearch.account import find_unprivileged_account
from deploy.local.elasticsearch.distribution import get_distribution
from deploy.local.elasticsearch.jdk import get_jdk
from tests.servers.chromium import get_chromium
from tests.servers.postgres import get_programs, start_postgres
from tests.servers.shared import ServerError, get_shared, hold_servers

DATABASES = ("sqlite", "postgresql")
BOTH = "both"
RUN_ONCE = ("tests/deploy", "tests/benchmarks", "tests/server", "tests/browser")
INTERRUPTED = 2
NO_TESTS = 5

PytestRunner = Callable[[Sequence[str], Mapping[str, str]], int]


def main(arguments: list[str]) -> int:
    """Return pytest's exit code, of two runs that of the first that failed; 1 if a server cannot be had."""
    chosen = os.environ.get("DATABASE") or BOTH
    if chosen not in (BOTH, *DATABASES):
        sys.stderr.write(f"DATABASE is one of {', '.join((*DATABASES, BOTH))}; it is {chosen!r}.\n")
        return 1
    try:
        if "TEST_ELASTICSEARCH_URL" not in os.environ:
            get_distribution(get_jdk(account=find_unprivileged_account()), ConsoleReport())
        os.environ["CHROMIUM_PATH"] = get_chromium()
        if "TEST_DATABASE_URL" not in os.environ:
            get_programs()
        with hold_servers():
            if "TEST_DATABASE_URL" in os.environ:
                return run_pytest(arguments, {})
            return run_on_databases(DATABASES if chosen == BOTH else [chosen], arguments, run_pytest)
    except (EngineError, ServerError) as error:
        sys.stderr.write(f"{error}\n")
        return 1


def run_on_databases(databases: Sequence[str], arguments: Sequence[str], run: PytestRunner) -> int:
    """Run pytest on one database after the other; a failure on either is a failure, and an interruption ends it all."""
    codes: dict[str, int] = {}
    once = [f"--ignore={folder}" for folder in RUN_ONCE]
    for place, database in enumerate(databases):
        sys.stdout.write(f"\n== The suite on {database}\n")
        sys.stdout.flush()
        url = get_shared("postgres", start_postgres) if database == "postgresql" else ""
        code = run([*arguments, *(once if place else ())], {"TEST_DATABASE_URL": url} if url else {})
        # Whoever asks for tests that run once has had them.
        codes[database] = 0 if place and code == NO_TESTS else code
        if codes[database] == INTERRUPTED:
            break
    if len(codes) > 1:
        sys.stdout.write(f"== {', '.join(f'{database}: exit code {code}' for database, code in codes.items())}\n")
    return next(filter(None, codes.values()), 0)


def run_pytest(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run pytest and leave it to deal with an interruption, which a terminal sends to both of us."""
    pytest = subprocess.Popen(
        [sys.executable, "-m", "pytest", "-n", "auto", *arguments], env={**os.environ, **environment}
    )
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: pytest.send_signal(signal.SIGINT))
    return pytest.wait()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
