"""Acts an editor may mean."""

from pathlib import Path
from typing import Any

import pytest

from legal.admin.act_suggestions import suggest_acts
from legal.enums import NameKind
from legal.models import Work, WorkName
from tests.legal.acts import COLLECTION, build_line, build_section, import_lines

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def acts(tmp_path: Path) -> None:
    """Two texts of one act, another act, and an order that has its letters in the middle."""
    import_lines(
        tmp_path,
        build_line("LBK", 1009, "2024-09-02", "Bekendtgørelse af udlændingeloven", [build_section("9 a", "Før.")]),
        build_line("LBK", 1183, "2025-09-25", "Bekendtgørelse af udlændingeloven", [build_section("9 a", "Nu.")]),
        build_line("LBK", 1146, "2020-06-22", "Bekendtgørelse af integrationsloven", [build_section("2", "Tekst.")]),
        build_line("BEK", 1183, "2019-11-01", "Bekendtgørelse om udlån af bøger", [build_section("1", "Tekst.")]),
    )


def list_lines(query: str) -> list[str]:
    return [suggestion.line for suggestion in suggest_acts(query)]


def test_first_letters_suggest_the_newest_text_of_the_act() -> None:
    first = suggest_acts("udl")[0]

    assert (first.title, first.eli_uri, first.is_newest) == ("Udlændingeloven", f"{COLLECTION}/2025/1183", True)


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ("LBK 1183", ["lovbekendtgørelse nr. 1183 af 25. september 2025"]),
        ("1183", ["lovbekendtgørelse nr. 1183 af 25. september 2025", "bekendtgørelse nr. 1183 af 1. november 2019"]),
        ("1009/2024", ["lovbekendtgørelse nr. 1009 af 2. september 2024"]),
        ("lovbekendtgørelse nr. 1009 af 2. september 2024", ["lovbekendtgørelse nr. 1009 af 2. september 2024"]),
        (f"{COLLECTION}/2024/1009/dan/pdf", ["lovbekendtgørelse nr. 1009 af 2. september 2024"]),
        ("findes ikke", []),
        ("", []),
        ("§", []),
    ],
)
def test_number_or_uri_suggests_the_text_that_bears_it(query: str, lines: list[str]) -> None:
    assert list_lines(query) == lines


def test_older_text_says_that_a_newer_one_is_known() -> None:
    assert [suggestion.is_newest for suggestion in suggest_acts("1009/2024")] == [False]


def test_suggestions_cost_two_queries_however_many_there_are(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(2):
        found = suggest_acts("lov")

    assert [suggestion.title for suggestion in found] == ["Integrationsloven", "Udlændingeloven"]


def test_act_of_that_very_name_stands_first() -> None:
    work = Work.objects.get(short_title__startswith="Bekendtgørelse om udlån")
    WorkName.objects.create(work=work, kind=NameKind.ABBREVIATION, name="lov.", key="lov")

    assert suggest_acts("lov")[0].title == work.short_title
