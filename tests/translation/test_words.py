"""Text with words is told from text that is the same in every language."""

import pytest

from cms.translation.passages.words import has_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bring dit pas", True),
        ("9 m", False),
        ("14", False),
        ("§ 9 a, stk. 2", False),
        ("§§ 9 a-9 f, stk. 1, nr. 3, litra c, 2. pkt.", False),
        ("stk. 2", False),
        ("<b>§ 9</b> <i>a</i>", False),
        ("§ 9 a i udlændingeloven", True),
        ("01.07.2026", False),
        ("2026-07-01", False),
        ("1. juli 2026", True),
        ("09:00–15:00", False),
        ("kl. 9", True),
        ("+45 87 11 22 33", False),
        ("post@example.org", False),
        ("https://www.nyidanmark.dk/da?a=1", False),
        ("www.borger.dk/flyt", False),
        ("Skriv til post@example.org", True),
        ("552.000,00", False),
        ("552.000 kr.", True),
        ("5 år", True),
        ("Nr. et", True),
        ("طلب", True),
        ("&nbsp;–&nbsp;", False),
        ("", False),
    ],
)
def test_words_are_told_from_numbers_references_and_addresses(text: str, expected: bool) -> None:
    assert has_words(text) is expected
