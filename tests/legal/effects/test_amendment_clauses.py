"""Acts that an amending text amends."""

import pytest

from legal.effects.amendment_clauses import FoundAmendment, list_amended_acts, parse_amendments


@pytest.mark.parametrize(
    ("title", "acts"),
    [
        (
            "Lov om ændring af udlændingeloven, integrationsloven og forskellige andre love (Ændring af regler, m.v.)",
            ["udlændingeloven", "integrationsloven"],
        ),
        (
            "Lov om ændring af retsplejeloven, lov om fuldbyrdelse af straf m.v. og straffeloven\\n(Opfølgning)",
            ["retsplejeloven", "lov om fuldbyrdelse af straf m.v.", "straffeloven"],
        ),
        (
            "Lov om ændring af sundhedsloven og lov om autorisation af sundhedspersoner og om sundhedsfaglig virksomhed",
            ["sundhedsloven", "lov om autorisation af sundhedspersoner og om sundhedsfaglig virksomhed"],
        ),
        (
            "Lov om ændring af affalds- og råstofafgiftsloven og momsloven",
            ["affalds- og råstofafgiftsloven", "momsloven"],
        ),
        ("Lov om ændring af lov om spil og om ophævelse af lov om væddemål", ["lov om spil"]),
        ("Bekendtgørelse om ændring af bekendtgørelse om rådighed", ["bekendtgørelse om rådighed"]),
        ("Lov om ændring af forskellige love som følge af Udbetaling Danmark", []),
        ("Lov om integration", []),
    ],
)
def test_title_names_the_acts(title: str, acts: list[str]) -> None:
    assert list_amended_acts(title) == acts


def test_text_names_act_place_and_sections() -> None:
    first = (
        "§ 1. I udlændingeloven, jf. lovbekendtgørelse nr. 1009 af 2. september 2024, som ændret ved lov nr. 414 af 23. april "
        "2024, foretages følgende ændringer: 1. I § 9 a, stk. 2, nr. 1, ændres »375.000 kr.« til: »400.000 kr.« 2. Efter § 9 j "
        "indsættes: »§ 9 k. Der kan gives opholdstilladelse. 1. Efter ansøgning.« 3. § 15 og § 19, stk. 1, ophæves."
    )

    found = parse_amendments("Lov om ændring af udlændingeloven og forskellige andre love", [("1", "", first)])

    assert found == [
        FoundAmendment(
            named="udlændingeloven",
            place="1",
            sections=("9 a", "9 k", "15", "19"),
            target="https://www.retsinformation.dk/eli/lta/2024/1009",
            text="udlændingeloven, jf. lovbekendtgørelse nr. 1009 af 2. september 2024, som ændret ved lov nr. 414 af 23. april "
            "2024",
        )
    ]


def test_extract_of_inserted_sections_tells_them_where_one_act_is_amended() -> None:
    inserted = [("39a", "", "§ 39 a. Ministeren fastsætter regler."), ("193c", "", "§ 193 c. Et nævn nedsættes.")]

    one = parse_amendments("Lov om ændring af sundhedsloven (Apps)", inserted)
    two = parse_amendments("Lov om ændring af sundhedsloven og lægemiddelloven", inserted)

    assert one == [FoundAmendment("sundhedsloven", sections=("39 a", "193 c"))]
    assert two == [FoundAmendment("sundhedsloven"), FoundAmendment("lægemiddelloven")]
