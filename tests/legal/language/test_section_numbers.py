"""Section identifiers."""

import pytest

from cms.core.unicode_text import clean_text
from legal.language.section_numbers import build_anchor, build_label, normalise_section


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("9a", "9 a"),
        ("9-a", "9 a"),
        ("9 a", "9 a"),
        ("§ 9 a.", "9 a"),
        ("§9a", "9 a"),
        ("9\u00a0a", "9 a"),
        ("9\u200c\u00ada", "9 a"),
        ("62æ", "62 æ"),
        ("2A", "2 A"),
        ("2a", "2 a"),
        ("15", "15"),
        ("343ab", "343 ab"),
        ("20-31", "20-31"),
        ("82–84", "82-84"),
        ("67a-67f", "67 a-67 f"),
        ("46g-i", "46 g-i"),
        ("8b-9", "8 b-9"),
        ("3og3A", "3 og 3 A"),
        ("371og372", "371 og 372"),
        ("21,21A", "21, 21 A"),
        ("343tog343u", "343 t og 343 u"),
        ("\u200c", ""),
        ("", ""),
    ],
)
def test_section_in_any_spelling_is_stored_one_way(typed: str, stored: str) -> None:
    assert normalise_section(typed) == stored


@pytest.mark.parametrize("stored", ["9 a", "2 A", "20-31", "67 a-67 f", "3 og 3 A", "21, 21 A", "343 ab", "15"])
def test_section_as_stored_stays_as_it_is(stored: str) -> None:
    assert normalise_section(stored) == stored


def test_anchor_of_section_with_letter_is_written_with_hyphen() -> None:
    assert build_anchor("9 a") == "9-a"


@pytest.mark.parametrize(
    ("section", "text", "label"),
    [
        ("9 a", "§ 9 a. Der kan gives tilladelse.", "§ 9 a"),
        ("20-31", "§§ 20-31. (Ophævet)", "§§ 20-31"),
        ("12", "§12. Uden mellemrum.", "§12"),
        ("1", "1 Denne lov træder i kraft.", "§ 1"),
        ("9", "§ 9.\u200c Med usynligt tegn.", "§ 9"),
    ],
)
def test_label_is_taken_as_printed_where_it_names_the_section(section: str, text: str, label: str) -> None:
    assert build_label(section, text) == label


def test_text_for_matching_has_nothing_invisible_in_it() -> None:
    assert clean_text("op\u00adholds\u200btilladelse,\n jf. §\u00a09\u200d a") == "opholdstilladelse, jf. § 9 a"
