"""On PostgreSQL many publish at once while others read: nothing is lost, and order is the order of commits.

``VIDENBRO_CHANGES`` sets how many changes are published.
"""

import json
import os
import subprocess

import psycopg
import pytest

from tests.faults.stores import build_environment, new_database, run, start

CHANGES = int(os.environ.get("VIDENBRO_CHANGES", "400"))
PUBLISHERS = 8
LONGEST_RUN_SECONDS = 60 + CHANGES * 0.2

pytestmark = pytest.mark.postgresql


@pytest.fixture(scope="module")
def outcome(postgres_url, tmp_path_factory):
    """Let 8 publishers work while two readers poll; what everybody saw, and what the log then holds."""
    with new_database(postgres_url) as database_url:
        environment = build_environment(tmp_path_factory.mktemp("site"), DATABASE_URL=database_url)
        run(["manage.py", "migrate", "--verbosity", "0"], environment)
        readers = start(["-m", "tests.faults.readers"], environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            assert readers.stdout.readline() == "reading\n"
            arguments = ["--publishers", str(PUBLISHERS), "--changes", str(CHANGES)]
            published = json.loads(run(["-m", "tests.faults.publishers", *arguments], environment))
            read = json.loads(readers.communicate("", timeout=LONGEST_RUN_SECONDS)[0])
        finally:
            readers.kill()
        with psycopg.connect(database_url) as connection:
            rows = connection.execute("SELECT position FROM publication_release ORDER BY position").fetchall()
            head = connection.execute("SELECT position FROM publication_loghead").fetchall()
            bodies = connection.execute("SELECT count(*) FROM publication_releasebody").fetchone()
            released = connection.execute("SELECT count(*) FROM publication_release WHERE kind = 'released'").fetchone()
    log = {"positions": [row[0] for row in rows], "head": head[0][0], "bodies": bodies[0], "released": released[0]}
    return published, read, log


def test_positions_have_no_gaps_and_what_was_rolled_back_left_nothing(outcome):
    published, _read, log = outcome

    committed = len(published["committed"])

    assert published["rolled_back"] > 0
    assert (log["positions"], log["head"]) == (list(range(1, committed + 1)), committed)
    assert log["bodies"] == log["released"]


def test_order_of_positions_is_the_order_of_commits(outcome):
    committed = outcome[0]["committed"]

    pairs = zip(committed, committed[1:], strict=False)
    overtaken = [(earlier, later) for earlier, later in pairs if later[1] <= earlier[2]]

    assert ([entry[0] for entry in committed], overtaken) == (list(range(1, len(committed) + 1)), [])


def test_reader_of_the_log_meets_every_change_once_and_in_order(outcome):
    published, read, _log = outcome

    assert len(published["committed"]) >= CHANGES // PUBLISHERS * PUBLISHERS
    assert read["positions"] == [entry[0] for entry in published["committed"]]


def test_mirror_of_the_api_shows_what_was_committed_last(outcome):
    published, read, _log = outcome

    assert read["shown"] == {key: title for key, title in published["expected"].items() if title}
    assert len(read["told_versions"]) == len(set(read["told_versions"]))
