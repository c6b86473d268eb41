"""Transitional clauses and labels."""

import pytest

from legal.intake.printed_provisions import find_transitional


@pytest.mark.parametrize(
    ("chapters", "sections", "transitional"),
    [
        (["1", "1", "", ""], ["1", "2", "1", "24"], {2, 3}),
        (["1", "1", ""], ["1", "2", "3"], {2}),
        (["1", "1"], ["1", "2"], set()),
        (["", "", ""], ["1", "2", "3"], set()),
        (["", "1", "", "2", "", "", ""], ["1", "2", "3", "4", "5", "6", "2"], {6}),
        (["1", "1", "11", "11", "11"], ["1", "2", "3", "1", "2"], {3, 4}),
        (["1", "2", "2"], ["1", "1", "2"], set()),
    ],
    ids=["collide", "look-like-the-next", "none", "no-chapters", "partly-divided", "repeated-tail", "repeated-inside"],
)
def test_clauses_after_the_last_chapter_are_transitional(
    chapters: list[str], sections: list[str], transitional: set[int]
) -> None:
    assert find_transitional(chapters, sections) == transitional
