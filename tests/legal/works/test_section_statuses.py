"""The force of one section on a day, as its page and its answer tell it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from legal.models import Expression
from legal.works.act_documents import build_act_document, build_provision
from tests.legal.acts import Section, build_line, build_section, import_lines

pytestmark = pytest.mark.django_db

CLAUSE = (
    "Bekendtgørelsen træder i kraft den 1. juli 2019, jf. dog stk. 2 og 3. Stk. 2. § 2 træder i kraft den 1. januar 2020. "
    "Stk. 3. § 3, stk. 2, træder i kraft den 1. marts 2020."
)


def build_order(number: int, signed: str, title: str, clause: str) -> dict[str, Any]:
    sections: list[Section] = [build_section(str(place), "Gebyr.") for place in (1, 2, 3)]
    return build_line("BEK", number, signed, title, [*sections, build_section("4", clause)])


def read(section: str, day: str) -> dict[str, Any]:
    work = Expression.objects.get(number=10).work
    assert work is not None
    provision = build_provision(work, section, date.fromisoformat(day))
    act = build_act_document(work, date.fromisoformat(day))
    assert provision is not None
    assert act is not None
    (in_act,) = [entry["status"] for entry in act["provisions"] if entry["section"] == section]
    assert in_act == provision["status"]
    return dict(in_act)


@pytest.mark.parametrize(
    ("section", "day", "state", "since"),
    [
        # Before the order: nothing is in force.
        ("1", "2019-06-30", "not_in_force", "2019-07-01"),
        ("2", "2019-06-30", "not_in_force", "2020-01-01"),
        # The order has begun, § 2 waits for its own day, of § 3 only stk. 2 does.
        ("1", "2019-07-01", "in_force", "2019-07-01"),
        ("2", "2019-07-01", "not_in_force", "2020-01-01"),
        ("3", "2019-07-01", "partly_in_force", "2020-03-01"),
        ("2", "2020-01-01", "in_force", "2020-01-01"),
        ("3", "2020-02-29", "partly_in_force", "2020-03-01"),
        ("3", "2020-03-01", "in_force", "2020-03-01"),
    ],
)
def test_section_is_in_force_from_its_own_day(tmp_path: Path, section: str, day: str, state: str, since: str) -> None:
    import_lines(tmp_path, build_order(10, "2019-06-03", "Bekendtgørelse om gebyrer", CLAUSE))

    status = read(section, day)

    assert (status["state"], status["since"], status["until"]) == (state, since, None)
    assert status["derived_from"]


def test_section_of_repealed_act_is_repealed_with_its_last_day(tmp_path: Path) -> None:
    repeal = "Bekendtgørelsen træder i kraft den 1. januar 2024. Stk. 2. Bekendtgørelse nr. 10 af 3. juni 2019 ophæves."
    import_lines(
        tmp_path,
        build_order(10, "2019-06-03", "Bekendtgørelse om gebyrer", CLAUSE),
        build_order(20, "2023-12-01", "Bekendtgørelse om betaling", repeal),
    )

    statuses = [read("2", day) for day in ("2023-12-31", "2024-01-01")]

    assert [(status["state"], status["since"], status["until"]) for status in statuses] == [
        ("in_force", "2020-01-01", "2023-12-31"),
        ("repealed", "2020-01-01", "2023-12-31"),
    ]
    assert statuses[1]["derived_from"] == "Ophævet den 1. januar 2024 ved bekendtgørelse nr. 20 af 1. december 2023."


def test_section_of_historic_text_is_historic_without_a_day_that_nobody_knows(tmp_path: Path) -> None:
    line = build_order(10, "2019-06-03", "Bekendtgørelse om gebyrer", CLAUSE)
    import_lines(tmp_path, line | {"source_status": "historic"})

    status = read("1", "2026-01-01")

    assert (status["state"], status["until"]) == ("historic", None)


def test_consolidation_does_not_say_when_a_section_was_inserted(tmp_path: Path) -> None:
    clause = build_section("63", "Loven træder i kraft den 1. oktober 1983.")
    line = build_line(
        "LBK", 10, "2020-01-01", "Bekendtgørelse af udlændingeloven", [build_section("9 a", "A."), clause]
    )
    import_lines(tmp_path, line)

    status = read("9 a", "2026-01-01")

    assert (status["state"], status["since"], status["until"]) == ("in_force", None, None)


def test_section_without_a_day_in_an_act_put_into_force_by_parts_is_unknown(tmp_path: Path) -> None:
    clause = "§ 2 træder i kraft den 1. januar 2020. § 3 træder i kraft den 1. januar 2030."
    import_lines(tmp_path, build_order(10, "2019-06-03", "Bekendtgørelse om gebyrer", clause))

    states = {section: read(section, "2026-01-01")["state"] for section in ("1", "2", "3")}

    assert states == {"1": "unknown", "2": "in_force", "3": "not_in_force"}
