"""Texts named by number: in statutes, in running text, and in a search box."""

from datetime import date

import pytest

from legal.language.numbered_texts import (
    MentionedNumber,
    NumberQuery,
    iterate_numbered,
    list_main_numbered,
    match_dated,
    match_numbered,
    parse_number_query,
)


def test_statute_names_texts_in_full():
    text = "Bekendtgørelsen nr. 123 af 3. maj 2019 og lov nr. 5 af den 2. juni 2020 ophæves."

    found = [(entry.document_type, entry.eli_uri, entry.signed) for entry in iterate_numbered(text)]

    assert found == [
        ("BEK", "https://www.retsinformation.dk/eli/lta/2019/123", date(2019, 5, 3)),
        ("LOV", "https://www.retsinformation.dk/eli/lta/2020/5", date(2020, 6, 2)),
    ]


def test_text_that_changed_another_is_no_main_text():
    text = "lov nr. 5 af 3. maj 2019, som ændret ved lov nr. 7 af 1. juni 2020"

    assert [entry.number for entry in list_main_numbered(text)] == [5]


@pytest.mark.parametrize(
    ("text", "letters", "number", "year", "signed"),
    [
        ("LBK 1183/2025", "LBK", 1183, 2025, None),
        ("lovbek. nr. 1183 af 25/9-2025", "LBK", 1183, 2025, date(2025, 9, 25)),
        ("cirkulæreskrivelse nr. 9 af den 25. sept. 2025", "CIS", 9, 2025, date(2025, 9, 25)),
        ("lagtingslov nr. 4 af 31. februar 2020", "", 4, 2020, None),
    ],
)
def test_running_text_shortens_type_and_day(text: str, letters: str, number: int, year: int, signed: date | None):
    assert match_numbered(text, 0) == MentionedNumber(text, len(text), letters, number, year, signed)


def test_number_without_a_year_names_nothing():
    assert match_numbered("lov nr. 310 gælder", 0) is None


def test_act_without_a_number_is_known_by_its_day():
    found = match_dated("lov af 30. november 1874", 0)

    assert found is not None
    assert (found.number, found.signed) == (None, date(1874, 11, 30))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("lov nr. 548 af 7. maj 2019", NumberQuery("LOV", 548, 2019)),
        ("lovbekendtgørelse nr. 1183 af 25. september 2025", NumberQuery("LBK", 1183, 2025)),
        ("lbk1183/2025", NumberQuery("LBK", 1183, 2025)),
        ("lbk 1183", NumberQuery("LBK", 1183, None)),
        ("1183/2025", NumberQuery("", 1183, 2025)),
        ("1183", NumberQuery("", 1183, None)),
        ("covid19", None),
        ("lov om ferie", None),
    ],
)
def test_query_that_is_a_number(query: str, expected: NumberQuery | None):
    assert parse_number_query(query) == expected
