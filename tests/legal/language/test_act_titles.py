"""Titles of acts."""

import pytest

from legal.language.act_titles import parse_title


@pytest.mark.parametrize(
    ("delivered", "document_type", "title", "short_title", "jurisdiction"),
    [
        ("Bekendtgørelse af udlændingeloven", "LBK", "Udlændingeloven", "Udlændingeloven", "dk"),
        (
            "Bekendtgørelse af lov om integration af udlændinge i Danmark (integrationsloven)",
            "LBK",
            "Lov om integration af udlændinge i Danmark (integrationsloven)",
            "Integrationsloven",
            "dk",
        ),
        (
            "Bekendtgørelse for Grønland af lov om dansk indfødsret",
            "LBK",
            "Lov om dansk indfødsret for Grønland",
            "Lov om dansk indfødsret for Grønland",
            "gl",
        ),
        (
            "Bekendtgørelse af retsplejelov for Færøerne",
            "LBK",
            "Retsplejelov for Færøerne",
            "Retsplejelov for Færøerne",
            "fo",
        ),
        (
            "Lov for Grønland om visse spil",
            "LOV",
            "Lov for Grønland om visse spil",
            "Lov for Grønland om visse spil",
            "gl",
        ),
        (
            "Bekendtgørelse om døgnophold i tilbud i Danmark eller på Færøerne",
            "BEK",
            "Bekendtgørelse om døgnophold i tilbud i Danmark eller på Færøerne",
            "Bekendtgørelse om døgnophold i tilbud i Danmark eller på Færøerne",
            "dk",
        ),
        (
            "Bekendtgørelse af lov om dødsboer\\n(boafgiftsloven)",
            "LBK",
            "Lov om dødsboer (boafgiftsloven)",
            "Boafgiftsloven",
            "dk",
        ),
    ],
)
def test_title_gives_the_acts_own_names(
    delivered: str, document_type: str, title: str, short_title: str, jurisdiction: str
) -> None:
    names = parse_title(delivered, document_type)

    assert (names.title, names.short_title, names.jurisdiction) == (title, short_title, jurisdiction)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Udlændingelov", "Bekendtgørelse af udlændingeloven"),
        ("Lov om ferie m.v.", "Bekendtgørelse af lov om ferie mv."),
        ("Lov om barsel (barselloven)", "Bekendtgørelse af lov om barsel (barselsloven)"),
    ],
)
def test_name_key_is_the_same_for_the_act_and_its_consolidation(one: str, other: str) -> None:
    assert parse_title(one, "LOV").name_key == parse_title(other, "LBK").name_key


def test_name_key_of_another_jurisdiction_differs() -> None:
    danish = parse_title("Bekendtgørelse af lov om dansk indfødsret", "LBK")
    faroese = parse_title("Bekendtgørelse for Færøerne af lov om dansk indfødsret", "LBK")

    assert danish.name_key != faroese.name_key


def test_amending_act_is_recognised() -> None:
    assert parse_title("Lov om ændring af udlændingeloven (Gebyrer)", "LOV").is_amending
