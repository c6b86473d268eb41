"""The sections a phrase names."""

import pytest

from legal.language.cited_sections import list_cited_sections

OWN = [("1", "1"), ("2", "1"), ("2 a", "1"), ("3", "2"), ("4", "3")]


@pytest.mark.parametrize(
    ("phrase", "sections"),
    [
        ("§ 1, nr. 3 og 5, og §§ 14-16", ["1", "14", "15", "16"]),
        ("§§ 2 og 3 samt § 9 a", ["2", "3", "9 a"]),
        ("I § 9 a ændres", ["9 a"]),
        ("§ 9 i lov om integration", ["9"]),
        ("§ 9 i, stk. 2", ["9 i"]),
        ("§§ 1-2 a", ["1", "2", "2 a"]),
        ("kapitel 1 og 3", ["1", "2", "2 a", "4"]),
        ("bilag 1", []),
    ],
)
def test_phrase_names_sections(phrase: str, sections: list[str]) -> None:
    assert list_cited_sections(phrase, OWN) == sections
