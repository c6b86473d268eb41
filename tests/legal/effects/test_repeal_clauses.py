"""Repeals, in the sentences of Danish orders and acts."""

from datetime import date

import pytest

from legal.effects.repeal_clauses import find_own_end, find_repeal_day, find_repeals

LTA = "https://www.retsinformation.dk/eli/lta"


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("§ 7. Stk. 2. Samtidig ophæves bekendtgørelse nr. 1302 af 15. december 2009 om årsrapporter.", ["2009/1302"]),
        (
            "§ 2. Bekendtgørelse nr. 826 af 25. august 2009 om energikrav til taxier ophæves 1. marts 2012.",
            ["2009/826"],
        ),
        (
            "§ 6. Lov om udbygning af lufthavnen, jf. lovbekendtgørelse nr. 252 af 9. april 1992, ophæves.",
            ["1992/252"],
        ),
        (
            "§ 9. Bekendtgørelse nr. 1008 af 4. juli 2007 om jagttegn og bekendtgørelse nr. 869 af 4. juli 2007 om buejagt "
            "ophæves.",
            ["2007/1008", "2007/869"],
        ),
        (
            "§ 11. Følgende bekendtgørelser ophæves: 1) Bekendtgørelse nr. 1461 af 29. november 2022 om vitaminer. 2) "
            "Bekendtgørelse nr. 629 af 31. maj 2023 om mineraler.",
            ["2022/1461", "2023/629"],
        ),
        (
            "§ 3. Bekendtgørelse nr. 5 af 1. maj 2010 om fisk, som ændret ved bekendtgørelse nr. 7 af 2. maj 2011, ophæves.",
            ["2010/5"],
        ),
        ("§ 3. Kapitel 1 i bekendtgørelse nr. 299 af 25. marts 2010 om hjemmehjælp ophæves.", []),
        ("§ 3. § 1 og §§ 3-5 i bekendtgørelse nr. 773 af 22. august 1996 om tandplejere ophæves.", []),
        ("§ 3. Ministeren fastsætter tidspunktet for ophævelse af lov nr. 434 af 31. maj 2000 om et register.", []),
        (
            "§ 3. Regler udstedt i medfør af lov nr. 434 af 31. maj 2000 forbliver i kraft, indtil de ophæves.",
            [],
        ),
        (
            "§ 2. Bekendtgørelse nr. 582 af 5. juni 2006 om retningslinier, efter hvilke der kan udarbejdes dokumentation, "
            "ophæves.",
            ["2006/582"],
        ),
    ],
)
def test_whole_texts_are_repealed_and_parts_are_not(text: str, targets: list[str]) -> None:
    assert [entry.target.removeprefix(f"{LTA}/") for entry in find_repeals([text])] == targets


def test_act_without_a_number_is_known_by_its_name() -> None:
    [found] = find_repeals(["§ 12. Lov om Danmarks Journalisthøjskole ophæves."])

    assert found.target == "Lov om Danmarks Journalisthøjskole"


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Bekendtgørelse nr. 873 af 7. juli 2010 ophæves den 1. august 2014.", date(2014, 8, 1)),
        ("Bekendtgørelse nr. 1351 af 6. december 2007 ophæves med virkning fra den 1. januar 2009.", date(2009, 1, 1)),
        ("Den 1. februar 2010 ophæves bekendtgørelse nr. 532 af 18. juni 2003 om renserier.", date(2010, 2, 1)),
        ("Bekendtgørelse nr. 1 af 1. maj 2009 ophæves, men finder anvendelse til den 1. maj 2010.", None),
        ("Samtidig ophæves bekendtgørelse nr. 740 af 23. juni 2010.", None),
    ],
)
def test_day_that_the_sentence_gives(sentence: str, day: date | None) -> None:
    assert find_repeal_day(sentence) == day


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Bekendtgørelsen ophæves den 7. januar 2022.", date(2022, 1, 7)),
        ("Loven ophæves den 1. januar 2022, jf. dog stk. 3.", date(2022, 1, 1)),
        ("Bekendtgørelsen ophæves med udgangen af den 31. december 2021.", date(2022, 1, 1)),
        ("Bekendtgørelsen ophæves automatisk den 14. juni 2016, såfremt kommunen ikke har vedtaget en plan.", None),
        ("Bekendtgørelse nr. 9 af 2. maj 2011 ophæves den 1. maj 2012.", None),
    ],
)
def test_text_ends_by_its_own_words(sentence: str, day: date | None) -> None:
    assert find_own_end(sentence) == day
