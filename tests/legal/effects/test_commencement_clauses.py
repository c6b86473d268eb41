"""Commencement clauses. The sentences are those of the Danish acts and orders named beside them."""

from datetime import date

import pytest

from legal.effects.commencement_clauses import FoundCommencement, TextDates, parse_commencement_clause

SIGNED = TextDates(date(2021, 6, 1), None, is_act=True)


def read(*texts: str, printed: TextDates = SIGNED) -> list[tuple[date | None, list[str] | None]]:
    """Read the commencements of sections that are printed in one chapter."""
    sections = [(str(place), "3", text) for place, text in enumerate(texts, start=1)]
    found = parse_commencement_clause(sections, printed).commencements
    return [(entry.date, None if entry.sections is None else list(entry.sections)) for entry in found]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("§ 7. Bekendtgørelsen træder i kraft den 15. juli 2016.", date(2016, 7, 15)),
        ("§ 7. Bekendtgørelsen træder i kraft den. 20. juni 2022.", date(2022, 6, 20)),
        ("§ 20. Bekendtgørelsen træder i kraft den 2. januar i 2017.", date(2017, 1, 2)),
        ("§ 3. Denne bekendtgørelse træder i kraft d. 1.juli 2011.", date(2011, 7, 1)),
        ("§ 2. Bekendtgørelsen træder i kraft den 30. marts 2022, klokken 12.00.", date(2022, 3, 30)),
        ("§ 5. Loven træder i kraft den 1. januar 2009 og har virkning for tilskudsåret 2009.", date(2009, 1, 1)),
        ("§ 9. Loven træ\u00adder i kraft den 1. juli\u200b 2021.", date(2021, 7, 1)),
        ("§ 10. Loven træder i kraft den ved bekendtgørelsen i Lovtidende den 17. marts 2020.", date(2020, 3, 17)),
        ("§ 3. Loven har virkning fra ugedagen efter dens stadfæstelse.", date(2021, 6, 8)),
    ],
)
def test_day_of_the_whole_text(text: str, day: date) -> None:
    assert read("§ 1. Om noget.", text) == [(day, None)]


@pytest.mark.parametrize(
    ("text", "published", "day"),
    [
        ("§ 4. Loven træder i kraft dagen efter bekendtgørelsen i Lovtidende.", date(2021, 6, 5), date(2021, 6, 6)),
        ("§ 4. Loven træder i kraft ved bekendtgørelsen i Lovtidende.", date(2021, 6, 5), date(2021, 6, 5)),
        ("§ 4. Loven træder i kraft dagen efter bekendtgørelsen i Lovtidende.", None, None),
    ],
)
def test_day_of_publication_is_taken_where_it_is_known(text: str, published: date | None, day: date | None) -> None:
    assert read(text, printed=TextDates(date(2021, 6, 1), published)) == [(day, None)]


@pytest.mark.parametrize(
    "text",
    [
        "§ 12. Økonomi- og erhvervsministeren fastsætter tidspunktet for lovens ikrafttræden.",
        "§ 8. Lovens ikrafttræden fastsættes af miljøministeren.",
        "§ 24. Finansministeren fastsætter tidspunktet for lovens ikrafttræden og kan bestemme, at forskellige dele af loven "
        "træder i kraft på forskellige tidspunkter.",
    ],
)
def test_day_that_a_minister_fixes_is_open(text: str) -> None:
    assert read(text) == [(None, None)]


def test_parts_with_days_of_their_own() -> None:
    clause = (
        "§ 41. Bekendtgørelsen træder i kraft den 1. juli 2024, jf. dog stk. 2. Stk. 2. Bekendtgørelsens §§ 9-11, § 19 a, "
        "stk. 2, og § 40, stk. 1, nr. 6-11, træder i kraft den 1. juli 2025."
    )

    assert read(clause) == [
        (date(2024, 7, 1), None),
        (date(2025, 7, 1), ["9", "10", "11", "19 a", "40"]),
    ]


def test_part_that_a_minister_puts_into_force() -> None:
    clause = (
        "§ 13. Loven træder i kraft den 1. januar 2021, jf. dog stk. 2. Stk. 2. Skatteministeren fastsætter tidspunktet for "
        "ikrafttræden af § 4, stk. 1, nr. 4, og § 4, stk. 4."
    )

    assert read(clause) == [(date(2021, 1, 1), None), (None, ["4"])]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "§ 7. Bekendtgørelsen træder i kraft den 15. januar 2011. Dog træder § 2, nr. 1, først i kraft den 1. marts 2011.",
            [(date(2011, 1, 15), None), (date(2011, 3, 1), ["2"])],
        ),
        (
            "§ 7. Loven træder i kraft den 1. maj 2021, dog træder § 6 i kraft den 1. juni 2021.",
            [(date(2021, 5, 1), None), (date(2021, 6, 1), ["6"])],
        ),
        (
            "§ 26. Loven træder i kraft den 1. august 2014, jf. dog stk. 2. Stk. 2. § 4, stk. 3, træder dog først i kraft den "
            "1. januar 2015.",
            [(date(2014, 8, 1), None), (date(2015, 1, 1), ["4"])],
        ),
        (
            "§ 9. § 1, nr. 3 og 5, træder i kraft den 1. januar 2022. Stk. 2. Kapitel 3 træder i kraft den 1. februar 2022.",
            [(date(2022, 1, 1), ["1"]), (date(2022, 2, 1), ["1"])],
        ),
        (
            "§ 31. Loven træder i kraft den 17. december 2021. Stk. 2. Lovens § 7 træder i kraft den 17. december 2023.",
            [(date(2021, 12, 17), None), (date(2023, 12, 17), ["7"])],
        ),
    ],
)
def test_exceptions_as_they_are_written(text: str, parts: list[tuple[date, list[str] | None]]) -> None:
    assert read(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "§ 26. Loven gælder ikke for Færøerne og Grønland, men kan ved kongelig anordning sættes i kraft for Færøerne.",
        "§ 104. Regulativerne er gældende, indtil regulativer vedtaget i medfør af kapitel 5 træder i kraft.",
        "§ 3. Fravalg omfattet af stk. 1 træder i kraft 7 dage efter registrering.",
        "§ 2. Lejeforhøjelsen har virkning fra den 1. januar 2020.",
        "§ 1. § 1, nr. 2, i lov nr. 482 af 30. maj 2012 om ændring af lov om køretøjer træder i kraft den 29. oktober 2012.",
    ],
)
def test_sentence_about_something_else_is_no_commencement(text: str) -> None:
    assert read(text) == []


def test_lovens_section_in_an_order_is_that_of_another_text() -> None:
    text = "§ 1. Lovens § 78, nr. 8, træder i kraft den 1. januar 2010."

    assert read(text, printed=TextDates(date(2009, 12, 21))) == []


def test_note_keeps_what_day_and_sections_do_not_tell() -> None:
    clause = (
        "§ 4. Loven træder i kraft den 1. juli 2021, jf. dog stk. 2. Stk. 2. §§ 2 og 3 træder i kraft den 1. januar 2022. "
        "Stk. 3. § 1, nr. 2, træder i kraft den 1. februar 2022."
    )

    found = parse_commencement_clause([("4", "", clause)], SIGNED).commencements

    assert found == (
        FoundCommencement(date(2021, 7, 1), None, "Loven træder i kraft den 1. juli 2021, jf. dog stk. 2."),
        FoundCommencement(date(2022, 1, 1), ("2", "3"), ""),
        FoundCommencement(date(2022, 2, 1), ("1",), "§ 1, nr. 2, træder i kraft den 1. februar 2022."),
    )


def test_effect_from_another_day_and_an_end() -> None:
    clause = (
        "§ 6. Bekendtgørelsen træder i kraft den 15. maj 2021. Stk. 2. Bekendtgørelsen har virkning fra 1. januar 2021. "
        "Stk. 3. Bekendtgørelsen ophæves den 31. december 2021."
    )

    found = parse_commencement_clause([("6", "", clause)], SIGNED)

    assert (found.applicable_from, found.ends_on) == (date(2021, 1, 1), date(2021, 12, 31))
    assert found.ending == "Bekendtgørelsen ophæves den 31. december 2021."


def test_text_without_a_clause_says_nothing() -> None:
    assert read("§ 1. Ressortansvaret overføres.", "") == []
