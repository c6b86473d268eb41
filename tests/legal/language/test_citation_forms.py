"""The written form of citations."""

from typing import Any

import pytest

from legal.language.citation_forms import write_citation, write_place

TITLE = "Bekendtgørelse om ophold efter reglerne om fri bevægelighed (EU-opholdsbekendtgørelsen)"


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        ({"section": "9 m", "stk": [1, 3]}, "§ 9 m, stk. 1 og 3"),
        ({"section": "9 a", "stk": [1, 2, 8]}, "§ 9 a, stk. 1, 2 og 8"),
        ({"section": "14", "stk": [1], "nr": [2, "5 c"], "litra": ["b"]}, "§ 14, stk. 1, nr. 2 og 5 c, litra b"),
        ({"section": "9 m", "stk": [1, 3], "language_code": "pl"}, "§ 9 m, stk. 1, 3"),
        ({"section": "", "stk": [2]}, "stk. 2"),
        ({"section": ""}, ""),
    ],
)
def test_place_is_written_as_danish_law_writes_it(parts: dict[str, Any], written: str) -> None:
    assert write_place(**parts) == written


@pytest.mark.parametrize(
    ("name", "place", "danish", "other"),
    [
        ("Udlændingeloven", "§ 9 m", "Udlændingelovens § 9 m", "Udlændingeloven § 9 m"),
        ("CPR-loven", "§ 6, stk. 1", "CPR-lovens § 6, stk. 1", "CPR-loven § 6, stk. 1"),
        ("Lov om ferie", "§ 2", "§ 2 i lov om ferie", "Lov om ferie § 2"),
        ("Lov om ferie", "§ 2, stk. 1", "§ 2, stk. 1, i lov om ferie", "Lov om ferie § 2, stk. 1"),
        ("LBK 1183/2025", "§ 9", "§ 9 i LBK 1183/2025", "LBK 1183/2025 § 9"),
        (TITLE, "§ 21", "EU-opholdsbekendtgørelsens § 21", "EU-opholdsbekendtgørelsen § 21"),
        (TITLE, "", TITLE, TITLE),
        ("", "§ 2", "§ 2", "§ 2"),
    ],
)
def test_citation_is_a_danish_sentence_and_a_name_to_look_up_elsewhere(
    name: str, place: str, danish: str, other: str
) -> None:
    assert (write_citation(name, place, "da"), write_citation(name, place, "pl")) == (danish, other)
