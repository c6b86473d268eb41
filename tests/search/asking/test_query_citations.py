"""Sections inside queries."""

import pytest

from search.asking.query_citations import SectionReference, find_section_reference


@pytest.mark.parametrize(
    ("text", "sections", "act"),
    [
        ("udlændingeloven § 9 a", ("9 a",), "udlændingeloven"),
        ("§ 9a udlændingeloven", ("9 a",), "udlændingeloven"),
        ("udl. § 9-a, stk. 2, nr. 3", ("9 a",), "udl"),
        ("udl § 9", ("9",), "udl"),
        ("§ 9 i lov om ferie", ("9", "9 i"), "lov om ferie"),
        ("section 9 a of the Aliens Act", ("9 a",), "the Aliens Act"),
        ("LBK 1183/2025 § 9 a", ("9 a",), "LBK 1183/2025"),
        ("paragraf 43 b udlændingeloven", ("43 b",), "udlændingeloven"),
        ("udlændingeloven 9a", ("9 a",), "udlændingeloven"),
        ("§§ 5", ("5",), ""),
        ("§ 9 alt", ("9",), "alt"),
    ],
)
def test_reference_is_read_with_its_act(text, sections, act):
    assert find_section_reference(text) == SectionReference(sections, act)


@pytest.mark.parametrize("text", ["", "§", "9 a", "skat 2026", "paragraf", "lov nr. 548 af 7. maj 2019"])
def test_text_without_a_reference_has_none(text):
    assert find_section_reference(text) is None
