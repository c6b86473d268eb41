"""On PostgreSQL many publish at once while others read: nothing is lost, and order is the order of commits.

``VIDENBRO_CHANGES`` sets how many changes are published.
"""

import json
import os
import subprocess
from collections import Counter
from itertools import pairwise

import psycopg
import pytest

from tests.faults.stores import build_environment, new_database, run, start

CHANGES = int(os.environ.get("VIDENBRO_CHANGES", "400"))
PUBLISHERS = 8
LONGEST_RUN_SECONDS = 60 + CHANGES * 0.2

pytestmark = [pytest.mark.postgresql, pytest.mark.slow]


@pytest.fixture
def outcome(postgres_url, tmp_path):
    """Let 8 publishers work while two readers poll; what everybody saw, and what the log then holds."""
    with new_database(postgres_url) as database_url:
        environment = build_environment(tmp_path, DATABASE_URL=database_url)
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


def test_parallel_publishers_lose_nothing_and_readers_meet_everything_in_the_order_of_commits(outcome):
    # One test: making its database takes longer than everything that is compared here.
    published, read, log = outcome
    committed = published["committed"]

    positions = [entry[0] for entry in committed]
    overtaken = [(earlier, later) for earlier, later in pairwise(committed) if later[1] <= earlier[2]]
    told_twice = [version for version, times in Counter(read["told_versions"]).items() if times > 1]

    assert len(committed) >= CHANGES // PUBLISHERS * PUBLISHERS
    assert published["rolled_back"] > 0
    assert positions == list(range(1, len(committed) + 1))
    assert (log["positions"], log["head"], log["bodies"]) == (positions, len(committed), log["released"])
    assert overtaken == []
    assert read["positions"] == positions
    assert told_twice == []
    assert read["shown"] == {key: title for key, title in published["expected"].items() if title}
