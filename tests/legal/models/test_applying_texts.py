"""The text of an act that applies on a day: one rule for texts at hand, for their windows and for the database."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from legal.models import Expression, Work
from legal.models.applying_texts import build_windows, find_applying
from tests.legal.acts import build_commencement, build_line, build_section, import_lines


@dataclass(frozen=True)
class Text:
    """A text as the rule sees it."""

    name: str
    signed_date: date
    number: int = 1

    @property
    def order(self) -> tuple[date, int, int]:
        return (self.signed_date, self.number, 0)


FIRST = Text("first", date(2019, 5, 7))
MORNING = Text("morning", date(2021, 1, 1), 3)
EVENING = Text("evening", date(2021, 1, 1), 4)
LAST = Text("last", date(2025, 9, 25))
TEXTS = [LAST, FIRST, EVENING, MORNING]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2019, 5, 6), None),
        (date(2019, 5, 7), "first"),
        (date(2020, 12, 31), "first"),
        (date(2021, 1, 1), "evening"),
        (date(2025, 9, 24), "evening"),
        (date(2025, 9, 25), "last"),
        (date(2099, 1, 1), "last"),
    ],
)
def test_newest_text_begun_applies(day: date, expected: str | None):
    found = find_applying(TEXTS, day)

    assert (found.name if found else None) == expected


def test_windows_follow_each_other_and_a_text_superseded_on_its_day_has_none():
    windows = [(window.expression.name, window.starts, window.ends) for window in build_windows(TEXTS)]

    assert windows == [
        ("first", date(2019, 5, 7), date(2021, 1, 1)),
        ("evening", date(2021, 1, 1), date(2025, 9, 25)),
        ("last", date(2025, 9, 25), None),
    ]


@pytest.mark.django_db
def test_database_answers_as_the_rule_does(tmp_path: Path):
    sections = [build_section("1", "Loven gælder for ferie."), build_commencement("2", "1. juli 2019")]
    import_lines(
        tmp_path,
        build_line("LOV", 60, "2019-05-07", "Lov om ferie", sections),
        build_line("LBK", 3, "2021-01-01", "Bekendtgørelse af lov om ferie", sections),
        build_line("LBK", 4, "2021-01-01", "Bekendtgørelse af lov om ferie", sections),
    )
    work = Work.objects.get()
    texts = list(Expression.objects.filter(work=work))
    days = [date(2019, 5, 6), *(text.signed_date + timedelta(days=days) for text in texts for days in (-1, 0, 1))]

    assert [Expression.objects.find_at(work, day) for day in days] == [find_applying(texts, day) for day in days]
    assert len({text.signed_date for text in texts}) < len(texts) == 3
