"""Passages of two texts, paired place by place."""

import pytest

from cms.translation.passages.passage_pairs import PassageChange, SourcePassage, pair_passages


def build(*passages: str) -> list[SourcePassage]:
    """Build passages from "path: words"."""
    return [SourcePassage(*passage.split(": ")) for passage in passages]


@pytest.mark.parametrize(
    ("before", "now", "changes"),
    [
        (["title: Bolig"], ["title: Bolig"], ["unchanged"]),
        (["title: Bolig"], ["title: Ny bolig"], ["changed"]),
        ([], ["title: Bolig"], ["new"]),
        (["title: Bolig"], [], ["gone"]),
        # A block that moved keeps its path, and so its words.
        (["body.a: Et", "body.b: To"], ["body.b: To", "body.a: Et"], ["unchanged", "unchanged"]),
        # Of a rich text with many passages at one place, the one in the middle is new.
        (["body.a: Et", "body.a: Tre"], ["body.a: Et", "body.a: To", "body.a: Tre"], ["unchanged", "new", "unchanged"]),
        (["body.a: Et", "body.a: To"], ["body.a: Et", "body.a: Toogtyve"], ["unchanged", "changed"]),
        (
            ["body.a: Et", "body.a: To", "body.a: Tre"],
            ["body.a: Et", "body.a: Tre"],
            ["unchanged", "unchanged", "gone"],
        ),
        # The same words twice at one place are one passage.
        (["body.a: Ja", "body.a: Ja"], ["body.a: Ja", "body.a: Ja"], ["unchanged"]),
    ],
)
def test_passages_are_paired_by_their_place(before: list[str], now: list[str], changes: list[PassageChange]) -> None:
    assert [pair.change for pair in pair_passages(build(*before), build(*now))] == changes


def test_words_that_differ_are_marked() -> None:
    (pair,) = pair_passages(build("title: Beløbet er 100 kr."), build("title: Beløbet er 200 kr."))

    assert [(mark["op"], mark["text"]) for mark in pair.marks] == [
        ("equal", "Beløbet er "),
        ("delete", "100"),
        ("insert", "200"),
        ("equal", " kr."),
    ]


def test_passage_of_which_only_the_link_changed_says_so() -> None:
    (pair,) = pair_passages(build("body.a: Se loven"), build('body.a: Se <a id="a1">loven</a>'))

    assert (pair.change, pair.is_only_markup) == (PassageChange.CHANGED, True)
