"""References with legal effect: consolidations, orders, directives, orders that put into force."""

import pytest

from legal.effects.legal_references import parse_commenced, parse_consolidated, parse_directives, parse_legal_basis

LTA = "https://www.retsinformation.dk/eli/lta"


def test_consolidation_says_what_it_brings_together() -> None:
    introduction = (
        "Herved bekendtgøres udlændingeloven, jf. lovbekendtgørelse nr. 1009 af 2. september 2024, med de ændringer, der følger "
        "af § 4 i lov nr. 1540 af 12. december 2023, § 1 i lov nr. 756 af 20. juni 2025 og lov nr. 757 af 20. juni 2025."
    )

    found = parse_consolidated(introduction)

    assert [(entry.target.removeprefix(f"{LTA}/"), entry.text) for entry in found] == [
        ("2024/1009", "lovbekendtgørelse nr. 1009 af 2. september 2024"),
        ("2023/1540", "§ 4 i lov nr. 1540 af 12. december 2023"),
        ("2025/756", "§ 1 i lov nr. 756 af 20. juni 2025"),
        ("2025/757", "lov nr. 757 af 20. juni 2025"),
    ]


@pytest.mark.parametrize(
    ("introduction", "targets"),
    [
        (
            "I medfør af § 9 a, stk. 3, og § 46 i udlændingeloven, jf. lovbekendtgørelse nr. 1009 af 2. september 2024, som "
            "ændret ved lov nr. 755 af 20. juni 2025, fastsættes:",
            ["2024/1009"],
        ),
        ("I medfør af § 7 i lov nr. 324 af 11. april 2012 om spil fastsættes:", ["2012/324"]),
        (
            "I medfør af § 1 i lov om A, jf. lovbekendtgørelse nr. 5 af 1. maj 2010, og § 3 i lov nr. 7 af 2. maj 2011 "
            "fastsættes:",
            ["2010/5", "2011/7"],
        ),
        ("I medfør af § 46 i udlændingeloven fastsættes:", ["udlændingeloven"]),
        ("Efter forhandling fastsættes:", []),
    ],
)
def test_order_says_what_it_is_issued_under(introduction: str, targets: list[str]) -> None:
    assert [entry.target.removeprefix(f"{LTA}/") for entry in parse_legal_basis(introduction)] == targets


def test_directives_are_known_by_their_eli_uri() -> None:
    text = (
        "§ 1. Noget. 1) Loven gennemfører Rådets direktiv 96/71/EF af 16. december 1996 og dele af Europa-Parlamentets og Rådets "
        "direktiv (EU) 2018/957 af 28. juni 2018."
    )

    assert [entry.target for entry in parse_directives([text])] == [
        "http://data.europa.eu/eli/dir/1996/71/oj",
        "http://data.europa.eu/eli/dir/2018/957/oj",
    ]
    assert parse_directives(["§ 2. Ved ansøgning forstås en ansøgning efter direktiv 2005/36/EF."]) == []


def test_order_puts_parts_of_other_texts_into_force() -> None:
    sections = [
        (
            "1",
            "",
            "§ 1. § 1, nr. 11, 16 og 19, i lov nr. 721 af 27. april 2021 om ændring af udlændingeloven sættes i kraft.",
        ),
        ("2", "", "§ 2. Lov nr. 594 af 18. juni 2012 om afgift sættes i kraft."),
        ("3", "", "§ 3. § 4, nr. 2, i lov om ændring af barselsloven og lov om sygedagpenge (Nyt) sættes i kraft."),
        ("4", "", "§ 4. Bekendtgørelsen træder i kraft den 12. oktober 2025."),
    ]

    found = parse_commenced(sections)

    assert [(entry.target.removeprefix(f"{LTA}/"), entry.text[:22]) for entry in found] == [
        ("2021/721", "§ 1. § 1, nr. 11, 16 o"),
        ("2012/594", "§ 2. Lov nr. 594 af 18"),
        ("lov om ændring af barselsloven og lov om sygedagpenge", "§ 3. § 4, nr. 2, i lov"),
    ]
