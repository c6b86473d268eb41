"""Run the test suite as ``make test`` does: get what takes long first, with progress shown, then start pytest.

The servers themselves are started by the suite (``tests/servers``), so that ``pytest tests/x.py`` works as well.
"""

import os
import signal
import subprocess
import sys

from deploy.local.elasticsearch import ConsoleReport, EngineError
from deploy.local.elasticsearch.account import find_unprivileged_account
from deploy.local.elasticsearch.distribution import get_distribution
from deploy.local.elasticsearch.jdk import get_jdk
from tests.servers.chromium import get_chromium
from tests.servers.postgres import get_programs, start_postgres
from tests.servers.shared import ServerError, get_shared, hold_servers


def main(arguments: list[str]) -> int:
    """Return pytest's exit code, or 1 if a server cannot be had."""
    try:
        if "TEST_ELASTICSEARCH_URL" not in os.environ:
            get_distribution(get_jdk(account=find_unprivileged_account()), ConsoleReport())
        os.environ["CHROMIUM_PATH"] = get_chromium()
        if "TEST_DATABASE_URL" not in os.environ:
            get_programs()
        with hold_servers():
            if os.environ.get("DATABASE") == "postgresql" and "TEST_DATABASE_URL" not in os.environ:
                os.environ["TEST_DATABASE_URL"] = get_shared("postgres", start_postgres)
            return run_pytest(arguments)
    except (EngineError, ServerError) as error:
        sys.stderr.write(f"{error}\n")
        return 1


def run_pytest(arguments: list[str]) -> int:
    """Run pytest and leave it to deal with an interruption, which a terminal sends to both of us."""
    pytest = subprocess.Popen([sys.executable, "-m", "pytest", "-n", "auto", *arguments])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: pytest.send_signal(signal.SIGINT))
    return pytest.wait()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
