"""The grouping rule."""

from datetime import date
from random import Random

import pytest

from legal.language.work_lines import LineMember, build_lines, find_commencement

OLD, NEW = date(2003, 7, 1), date(2020, 1, 1)


def build_candidate(
    key: int,
    signed: date,
    founded_on: date | None,
    *,
    name: str = "name",
    popular: str = "",
    is_consolidation: bool = True,
) -> LineMember:
    return LineMember(key, name, popular, founded_on, signed, key, f"eli/{key}", is_consolidation)


def group(*candidates: LineMember) -> list[list[int]]:
    return [[member.id for member in line.members] for line in build_lines(candidates)]


def test_acts_of_one_name_that_replaced_each_other_are_two_lines() -> None:
    found = group(
        build_candidate(1, date(2011, 6, 23), OLD),
        build_candidate(2, date(2016, 11, 21), OLD),
        build_candidate(3, date(2019, 5, 7), NEW, is_consolidation=False),
        build_candidate(4, date(2022, 5, 22), NEW),
    )

    assert found == [[1, 2], [3, 4]]


def test_consolidation_of_the_old_act_after_the_new_one_was_signed_stays_with_the_old() -> None:
    found = group(
        build_candidate(1, date(2011, 6, 23), OLD),
        build_candidate(2, date(2018, 1, 30), NEW, is_consolidation=False),
        build_candidate(3, date(2019, 10, 4), OLD),
        build_candidate(4, date(2019, 10, 5), None),
        build_candidate(5, date(2021, 2, 12), NEW),
    )

    assert found == [[1, 3, 4], [2, 5]]


def test_consolidation_without_a_day_joins_the_latest_before_it() -> None:
    found = group(
        build_candidate(1, date(2011, 1, 1), OLD),
        build_candidate(2, date(2021, 1, 1), NEW),
        build_candidate(3, date(2022, 1, 1), None),
    )

    assert found == [[1], [2, 3]]


def test_consolidation_without_a_day_and_none_before_joins_the_first_after() -> None:
    assert group(build_candidate(1, date(2010, 1, 1), None), build_candidate(2, date(2011, 1, 1), OLD)) == [[1, 2]]


def test_consolidations_that_name_no_day_are_one_line() -> None:
    assert group(build_candidate(1, date(2010, 1, 1), None), build_candidate(2, date(2011, 1, 1), None)) == [[1, 2]]


def test_main_acts_of_one_name_are_never_one_line() -> None:
    found = group(
        build_candidate(1, date(2010, 1, 1), None, is_consolidation=False),
        build_candidate(2, date(2011, 1, 1), None, is_consolidation=False),
        build_candidate(3, date(2011, 6, 1), None),
    )

    assert found == [[1], [2, 3]]


def test_renamed_act_is_one_line_by_popular_name_and_day() -> None:
    found = group(
        build_candidate(1, date(2008, 1, 1), OLD, name="long", popular="popular"),
        build_candidate(2, date(2016, 1, 1), OLD, name="short", popular="popular"),
        build_candidate(3, date(2022, 1, 1), NEW, name="third", popular="popular"),
    )

    assert found == [[1, 2], [3]]


def test_grouping_does_not_depend_on_the_order_of_arrival() -> None:
    chance = Random(7)
    candidates = [
        build_candidate(
            key,
            date(2000 + chance.randrange(20), 1, 1),
            chance.choice([OLD, NEW, None]),
            name=chance.choice("ab"),
            popular=chance.choice(["", "p"]),
            is_consolidation=chance.random() < 0.8,
        )
        for key in range(1, 40)
    ]
    expected = [(line.seed, line.members) for line in build_lines(candidates)]

    for _round in range(20):
        chance.shuffle(candidates)
        assert [(line.seed, line.members) for line in build_lines(candidates)] == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("§ 63. Loven træder i kraft den 1. oktober 1983, jf. dog §§ 64 og 65.", date(1983, 10, 1)),
        ("§ 30. Denne lov, der ikke gælder for Færøerne, træder i kraft den 15. marts 1955.", date(1955, 3, 15)),
        ("§ 63. Lo\u00adven træ\u200bder i kraft den 1. oktober 1983.", date(1983, 10, 1)),
        ("§ 42. Loven træder i kraft dagen efter bekendtgørelsen i Lovtidende.", None),
        ("§ 7. Ministeren fastsætter tidspunktet for lovens ikrafttræden.", None),
        ("§ 7. Loven træder i kraft den 31. februar 2010.", None),
    ],
)
def test_commencement_is_read_from_the_acts_own_clause(text: str, day: date | None) -> None:
    assert find_commencement(["§ 1. Loven gælder alle.", text, "§ 64. (Udelades)"]) == day
