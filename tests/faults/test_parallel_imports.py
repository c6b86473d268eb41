"""Two imports of the law at a time, as a person's import beside the worker's harvest: both end well, and nothing is there twice."""

import json
import subprocess

import pytest

from tests.faults.stores import build_environment, run, start
from tests.legal.acts import build_line, build_section

ACTS = 40
LONGEST_RUN_SECONDS = 240

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def build_lines(first, last):
    """Build acts with two texts each, and an order that names each of them."""
    for number in range(first, last):
        title = f"Bekendtgørelse af lov om forhold nummer {number}"
        sections = [build_section("1", f"Gebyret er {number} kr."), build_section("2", "Ministeren fastsætter regler.")]
        yield build_line("LBK", number, "2024-01-02", title, sections)
        yield build_line("LBK", number, "2025-01-02", title, sections)
        order = f"Bekendtgørelse om gebyrer efter forhold nummer {number}"
        told = f"I medfør af § 2 i lov om forhold nummer {number}, jf. lovbekendtgørelse nr. {number} af 2. januar 2025, siges:"
        yield build_line("BEK", 1000 + number, "2025-02-03", order, sections, introduction=told)


def test_two_imports_of_the_same_law_at_a_time_make_every_act_once(database, tmp_path):
    environment = build_environment(tmp_path, DATABASE_URL=database.url)
    # The files overlap by half: some acts are new to both, some to one.
    paths = [tmp_path / "first.ndjson", tmp_path / "second.ndjson"]
    for path, lines in zip(paths, (build_lines(1, ACTS), build_lines(ACTS // 2, ACTS * 3 // 2)), strict=True):
        path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")

    imports = [
        start(["manage.py", "legal_import", str(path)], environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for path in paths
    ]
    ended = [(entry.communicate(timeout=LONGEST_RUN_SECONDS)[0], entry.returncode) for entry in imports]

    assert [code for _told, code in ended] == [0, 0], "\n".join(told[-3000:] for told, _code in ended)
    count = ACTS * 3 // 2 - 1
    assert database.query(
        "SELECT count(*), count(work_id), sum(CASE WHEN is_pending THEN 1 ELSE 0 END) FROM legal_expression"
    ) == [(3 * count, 3 * count, 0)]
    assert database.query("SELECT count(*) FROM legal_work") == [(2 * count,)]
    assert database.query("SELECT count(*) FROM publication_window WHERE type = 'act'") == [(2 * count,)]
    positions = [row[0] for row in database.query("SELECT position FROM publication_release ORDER BY position")]
    assert positions == list(range(1, len(positions) + 1))
    # Everything is in place: importing it once more changes nothing.
    run(["manage.py", "legal_import", *map(str, paths)], environment)
    assert database.query("SELECT position FROM publication_loghead") == [(len(positions),)]
