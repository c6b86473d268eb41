"""Two texts of an act compared in the sections an editor writes about."""

from pathlib import Path

import pytest

from legal.admin.section_comparison import build_comparison, find_neighbouring_texts, shorten_marks
from legal.models import Expression
from tests.legal.acts import build_line, build_section, import_lines

pytestmark = pytest.mark.django_db

TITLE = "Bekendtgørelse af udlændingeloven"
LONG = " ".join(f"ord{number}" for number in range(200))


@pytest.fixture
def texts(tmp_path: Path) -> tuple[Expression, Expression]:
    """Two texts of an act, the older first."""
    old = [
        ("1", "Som før."),
        ("2", "Udlændingeministeren afgør."),
        ("9 a", "Beløbet er 100 kr."),
        ("10", "Udgår helt her."),
    ]
    new = [
        ("1", "Som før."),
        ("2", "Udlændinge- og integrationsministeren afgør."),
        ("9 a", "Beløbet er 200 kr."),
        ("11", "Denne bestemmelse handler om noget ganske andet end de øvrige."),
    ]
    import_lines(
        tmp_path,
        build_line("LBK", 1009, "2024-09-02", TITLE, [build_section(*section) for section in old]),
        build_line("LBK", 1183, "2025-09-25", TITLE, [build_section(*section) for section in new]),
    )
    older, newer = Expression.objects.order_by("signed_date")
    return older, newer


def test_each_section_is_told_what_became_of_it(texts: tuple[Expression, Expression]) -> None:
    comparison = build_comparison(*texts, ["1", "2", "9a", "10", "11", "99"])

    assert {entry.section: entry.state for entry in comparison.sections} == {
        "1": "same",
        "2": "editorial",
        "9 a": "changed",
        "10": "removed",
        "11": "added",
        "99": "missing",
    }


def test_without_sections_all_that_changed_is_shown(texts: tuple[Expression, Expression]) -> None:
    comparison = build_comparison(*texts, [])

    assert [(entry.section, entry.state) for entry in comparison.sections] == [
        ("9 a", "changed"),
        ("11", "added"),
        ("10", "removed"),
    ]


def test_text_named_is_held_against_the_one_before_it(texts: tuple[Expression, Expression]) -> None:
    older, newer = texts

    assert find_neighbouring_texts(newer) == (older, newer)
    assert find_neighbouring_texts(older) == (older, newer)


def test_only_text_of_an_act_is_held_against_nothing(tmp_path: Path) -> None:
    import_lines(tmp_path, build_line("LBK", 1, "2024-09-02", TITLE, [build_section("1", "Tekst.")]))

    assert find_neighbouring_texts(Expression.objects.get()) is None


def test_long_runs_between_changes_are_shortened_and_changes_kept() -> None:
    marks = [
        {"op": "equal", "text": LONG},
        {"op": "delete", "text": "før"},
        {"op": "insert", "text": "nu"},
        {"op": "equal", "text": "kort"},
        {"op": "insert", "text": LONG},
        {"op": "equal", "text": LONG},
    ]

    shortened = shorten_marks(marks)

    assert [mark["op"] for mark in shortened] == [mark["op"] for mark in marks]
    assert shortened[0]["text"].startswith(" … ")
    assert shortened[0]["text"].endswith("ord199")
    assert [mark["text"] for mark in shortened[1:5]] == ["før", "nu", "kort", LONG]
    assert shortened[5]["text"].startswith("ord0")
    assert shortened[5]["text"].endswith(" … ")
