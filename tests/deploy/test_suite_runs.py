"""Runs of the suite on one database after the other."""

import pytest

from deploy.local.test import run_on_databases
from tests.servers.shared import hold_servers


@pytest.mark.parametrize(
    ("codes", "ended", "told"),
    [
        ([0, 0], 0, "== sqlite: exit code 0, postgresql: exit code 0"),
        ([1, 0], 1, "== sqlite: exit code 1, postgresql: exit code 0"),
        ([0, 3], 3, "== sqlite: exit code 0, postgresql: exit code 3"),
        ([0, 5], 0, "== sqlite: exit code 0, postgresql: exit code 0"),
        ([5, 0], 5, "== sqlite: exit code 5, postgresql: exit code 0"),
    ],
)
@pytest.mark.postgresql
def test_failure_on_either_database_is_a_failure(capsys, codes, ended, told):
    left, asked = iter(codes), []

    def run(arguments, environment):
        asked.append((arguments, environment.get("TEST_DATABASE_URL", "")[:13]))
        return next(left)

    with hold_servers():
        assert run_on_databases(["sqlite", "postgresql"], ["-x"], run) == ended

    once = [
        "-x",
        "--ignore=tests/deploy",
        "--ignore=tests/benchmarks",
        "--ignore=tests/server",
        "--ignore=tests/browser",
    ]
    assert asked == [(["-x"], ""), (once, "postgresql://")]
    assert told in capsys.readouterr().out.splitlines()


def test_who_interrupts_the_first_run_wants_no_second(capsys):
    asked = []

    def run(arguments, environment):
        asked.append(arguments)
        return 2

    assert run_on_databases(["sqlite", "postgresql"], [], run) == 2
    assert len(asked) == 1
