"""The days of law notes, on their pages and in lists."""

from datetime import date, timedelta
from typing import Any

import pytest

from cms.core.calendar import today, write_day
from frontend.portal.law_days import build_law_days
from tests.frontend.drafts import release

TODAY = date(2026, 11, 26)
WHOLE_PAST = {"date": "2026-01-01", "provisions": None, "note": ""}
PART_PAST = {"date": "2026-03-01", "provisions": ["9 a"], "note": ""}
WHOLE_COMING = {"date": "2027-01-01", "provisions": None, "note": ""}
LATER_COMING = {"date": "2027-07-01", "provisions": ["2"], "note": ""}
UNDATED = {"date": None, "provisions": None, "note": ""}


@pytest.mark.parametrize(
    ("commencements", "lead", "is_upcoming"),
    [
        ([], None, False),
        ([WHOLE_PAST, PART_PAST], date(2026, 3, 1), False),
        ([LATER_COMING, WHOLE_PAST, WHOLE_COMING], date(2027, 1, 1), True),
        ([{**WHOLE_PAST, "date": "2026-11-26"}], TODAY, False),
        ([UNDATED, WHOLE_PAST], date(2026, 1, 1), True),
    ],
)
def test_next_day_to_come_leads_else_the_latest(
    commencements: list[dict[str, Any]], lead: date | None, is_upcoming: bool
) -> None:
    days = build_law_days({"commencements": commencements}, TODAY)

    assert (days.lead.day if days.lead else None, days.is_upcoming) == (lead, is_upcoming)


def test_day_that_is_not_set_leads_where_there_is_no_other() -> None:
    lead = build_law_days({"commencements": [UNDATED]}, TODAY).lead

    assert lead is not None
    assert (lead.day, lead.is_past) == (None, False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("provisions", "shift", "sentence"),
    [
        (None, 30, "Loven træder i kraft {}"),
        (["9 a"], 30, "Dele af loven træder i kraft {}"),
        (None, 0, "I kraft siden {}"),
        (["9 a"], -30, "Dele af loven i kraft siden {}"),
    ],
)
def test_note_leads_with_the_days_of_its_law(
    read: Any, provisions: list[str] | None, shift: int, sentence: str
) -> None:
    day = today() + timedelta(days=shift)
    commencement = {"date": day.isoformat(), "provisions": provisions, "note": ""}
    release("law-note", fields={"commencements": [commencement], "deadline": None})

    page = read("/da/law-note-1/")

    lines = [line.get_text().strip() for line in page.soup.select(".version-line li")]
    written = write_day(day)
    assert lines[:2] == [sentence.format(written), f"Denne tekst er fra {write_day(today())}"]
    assert "Gælder fra" not in page.text_shown


@pytest.mark.django_db
def test_note_without_a_day_yet_says_so(read: Any) -> None:
    release("law-note", fields={"commencements": [UNDATED]})

    page = read("/da/law-note-1/")

    assert page.soup.select_one(".law-lead").get_text() == "Det er ikke fastsat, hvornår loven træder i kraft"


@pytest.mark.django_db
def test_dates_to_know_stand_together_between_plain_words_and_what_to_do(read: Any) -> None:
    release("law-note", fields={"applicable_from": "2027-02-01", "before": "<p>Før.</p>", "after": "<p>Nu.</p>"})

    page = read("/da/law-note-1/")

    titles = [title.get_text() for title in page.soup.select(".document-body h2")]
    assert titles == [
        *("Kort fortalt", "Vigtige datoer", "Hvad skal du gøre", "Hvad er ændret", "Sådan var det", "Sådan er det nu"),
        *("Hvem det gælder", "Overgang"),
    ]
    terms = [term.get_text(" ", strip=True) for term in page.soup.select(".law-days dt")]
    assert terms == ["Træder i kraft den (§\u00a09 a)", "Træder i kraft den", "Skal følges fra", "Frist"]


@pytest.mark.django_db
def test_section_lists_coming_law_first_and_once(read: Any) -> None:
    release("page", slug="lovnyt", fields={"layout": "section"})
    day = today()
    shifts = {"Senere": 60, "Snart": 30, "Gammel": -30}
    for number, (title, shift) in enumerate(shifts.items()):
        commencement = {"date": (day + timedelta(days=shift)).isoformat(), "provisions": None, "note": ""}
        release("law-note", slug=f"lovnyt/{number}", fields={"title": title, "commencements": [commencement]})
    release("law-note", slug="lovnyt/uden", fields={"title": "Uden dag", "commencements": [UNDATED]})

    page = read("/da/lovnyt/")

    titles = [entry.get_text() for entry in page.soup.select(".entry h3")]
    assert titles == ["Snart", "Senere", "Uden dag", "Gammel"]
    assert [entry.get_text() for entry in page.soup.select(".coming-law h3")] == titles[:3]
    assert len(page.soup.select(".badge-upcoming")) == 3


@pytest.mark.django_db
@pytest.mark.parametrize("type_name", ["page", "contact-point", "article"])
def test_page_whose_own_day_says_nothing_does_not_name_it(read: Any, type_name: str) -> None:
    release(type_name)

    assert "Gælder fra" not in read(f"/da/{type_name}-1/").text_shown


@pytest.mark.django_db
def test_article_of_another_day_than_its_release_names_it(read: Any) -> None:
    release(applies_from=date(2026, 1, 1))

    assert "Gælder fra 1. januar 2026" in read("/da/article-1/").text_shown
