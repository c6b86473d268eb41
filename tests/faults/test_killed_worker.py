"""A worker that is killed, again and again, while publishing goes on: afterwards the index says what the log says.

``VIDENBRO_KILLS`` sets how often it is killed. More than the suite's few kills also leave the last lease as it is: taking over then
waits for its end.
"""

import json
import os
import random
import signal
import subprocess
import time
from contextlib import contextmanager
from uuid import uuid4

import pytest

from tests.faults.stores import build_environment, run, start

SHORT = 4
KILLS = int(os.environ.get("VIDENBRO_KILLS", SHORT))
SEED = int(os.environ.get("VIDENBRO_SEED", "1"))
LONGEST_LIFE_SECONDS = 1.5
CATCHING_UP_SECONDS = 180
FOLLOWERS = {
    "database": {"search-database", "legal-reviews", "translation-tasks"},
    "elasticsearch": {"search-database", "search-elasticsearch", "legal-reviews", "translation-tasks"},
}


@contextmanager
def publishing(environment):
    """Publish for the length of the block; gives a list that holds the publishers' report afterwards."""
    arguments = ["-m", "tests.faults.publishers", "--publishers", "2", "--longest-pause-ms", "40"]
    process = start(arguments, environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    reports = []
    try:
        yield reports
        reports.append(json.loads(process.communicate("", timeout=120)[0]))
    finally:
        process.kill()


@contextmanager
def working(environment):
    """Run a worker for the length of the block, from the moment it says that it has started."""
    environment = {**environment, "PYTHONUNBUFFERED": "1"}
    process = start(["manage.py", "worker"], environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        assert process.stdout.readline() == "Worker started.\n"
        yield process
    finally:
        process.kill()
        process.wait()


def read_head(database):
    rows = database.query("SELECT position FROM publication_loghead")
    return rows[0][0] if rows else 0


def read_lags(database):
    """Read how far each follower is behind."""
    head = read_head(database)
    return {
        name: head - position
        for name, position in database.query("SELECT name, position FROM publication_followerposition")
    }


def end_leases(database):
    """Let a minute pass for the leases: a killed worker keeps its own until then."""
    database.query("UPDATE publication_followerposition SET leased_until = NULL")


def wait_until_caught_up(database, names):
    """Wait until every follower has taken the whole log."""
    deadline = time.monotonic() + CATCHING_UP_SECONDS
    while time.monotonic() < deadline:
        lags = read_lags(database)
        if set(lags) == names and not any(lags.values()):
            return
        time.sleep(0.2)
    raise AssertionError(f"still behind: {read_lags(database)}")


@pytest.mark.slow
@pytest.mark.django_db  # for the empty database alone
@pytest.mark.parametrize("engine", ["database", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def test_worker_killed_at_random_moments_loses_nothing(engine, database, request, tmp_path):
    values = {}
    if engine == "elasticsearch":
        url = request.getfixturevalue("elasticsearch_url")
        values = {"ELASTICSEARCH_URL": url, "SEARCH_INDEX_PREFIX": f"faults-{uuid4().hex[:8]}"}
    environment = build_environment(tmp_path, DATABASE_URL=database.url, **values)
    moments = random.Random(SEED)
    kills = []

    with publishing(environment) as reports:
        for _ in range(KILLS):
            with working(environment) as worker:
                time.sleep(moments.uniform(0, LONGEST_LIFE_SECONDS))
                worker.send_signal(signal.SIGKILL)
                worker.wait()
            kills.append((read_head(database), read_lags(database)))
            if len(kills) < KILLS or KILLS == SHORT:
                end_leases(database)
    print(kills)  # noqa: T201
    with working(environment):
        wait_until_caught_up(database, FOLLOWERS[engine])

    positions = [row[0] for row in database.query("SELECT position FROM publication_release ORDER BY position")]
    assert positions == [entry[0] for entry in reports[0]["committed"]]
    assert positions == list(range(1, len(positions) + 1))
    assert len({head for head, _lags in kills}) > 1, "nothing was published between the kills"
    print(run(["manage.py", "search_check"], environment))  # noqa: T201
