"""Differences between stored texts, and the wordings of a section in time."""

from datetime import date
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from legal.differences.act_diffs import build_act_diff, diff_expressions
from legal.differences.wordings import list_wordings
from legal.models import Expression, Work
from tests.legal.acts import build_commencement, build_line, build_section, import_lines

pytestmark = pytest.mark.django_db

TITLE = "Bekendtgørelse af udlændingeloven"


@pytest.fixture
def act(tmp_path: Path) -> Work:
    """Four consolidations; § 9 a reads otherwise from the third on, and § 5 is gone for a while."""
    clause = build_commencement("63", "1. oktober 1983", "10")

    def build(number: int, day: str, *texts: tuple[str, str]) -> dict[str, object]:
        later = [build_section("9 a", f"Loven fra {day} træder i kraft straks.", None)]
        return build_line("LBK", number, day, TITLE, [*(build_section(*text) for text in texts), clause, *later])

    import_lines(
        tmp_path,
        build(1, "2018-01-01", ("5", "Fem."), ("9 a", "Gebyret er 100 kr.")),
        build(2, "2019-01-01", ("5", "Fem."), ("9 a", "Gebyret  er 100\u200b kr.")),
        build(3, "2020-01-01", ("9 a", "Gebyret er 200 kr.")),
        build(4, "2021-01-01", ("5", "Fem."), ("9 a", "Gebyret er 200 kr.")),
    )
    return Work.objects.get()


def get_expression(number: int) -> Expression:
    return Expression.objects.get(number=number)


def test_diff_leaves_out_transitional_clauses_and_takes_two_queries(
    act: Work, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    before, after = get_expression(1), get_expression(3)

    with django_assert_num_queries(2):
        diff = diff_expressions(before, after)

    assert (diff.added, diff.removed, [entry.section for entry in diff.changed]) == ([], ["5"], ["9 a"])


def test_diff_between_two_days_is_built_once(act: Work, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    first = build_act_diff(act, date(2018, 6, 1), date(2020, 6, 1))

    with django_assert_num_queries(2):
        second = build_act_diff(act, date(2018, 6, 1), date(2020, 6, 1))

    assert first == second


def test_diff_before_the_first_text_is_none(act: Work) -> None:
    assert build_act_diff(act, date(2017, 12, 31), date(2020, 1, 1)) is None


def test_wordings_of_a_section_run_on_through_texts_that_change_only_its_spacing(act: Work) -> None:
    wordings = list_wordings(act, "9 a")

    assert [
        (wording.first.number, wording.previous and wording.previous.number, wording.ended and wording.ended.number)
        for wording in wordings
    ] == [(3, 2, None), (1, None, 3)]


def test_wording_ends_where_the_section_is_gone_and_begins_anew_where_it_returns(act: Work) -> None:
    wordings = list_wordings(act, "5")

    assert [
        (wording.first.number, wording.previous and wording.previous.number, wording.ended and wording.ended.number)
        for wording in wordings
    ] == [(4, None, None), (1, None, 3)]


def test_wordings_of_an_unknown_section_are_none(act: Work, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        assert list_wordings(act, "99") == []


def test_wording_of_a_text_that_was_replaced_the_same_day_never_applied(tmp_path: Path) -> None:
    import_lines(
        tmp_path,
        build_line("LBK", 844, "2019-08-19", TITLE, [build_section("9 a", "Fejl.")]),
        build_line("LBK", 901, "2019-08-19", TITLE, [build_section("9 a", "Rettet.")]),
    )

    assert [wording.first.number for wording in list_wordings(Work.objects.get(), "9 a")] == [901]
