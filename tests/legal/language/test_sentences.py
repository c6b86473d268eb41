"""Ends of sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.core.sentences import find_sentence_ends


def split(text):
    starts = [0, *find_sentence_ends(text)]
    return [
        text[start:end].strip()
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True)
        if text[start:end].strip()
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Det gælder efter stk. 2, nr. 3, jf. § 9.",
        "Afgørelser efter stk. 1 kan, jf. Folketingets beslutning, påklages.",
        "Gebyret er 3.060 kr. pr. ansøgning.",
        "Loven træder i kraft den 1. Januar 2026.",
        "Det gælder bl.a. Danmark og f.eks. EU.",
        "Skoler m.v. kan søge",
        "Den fyldte 18 år i 9. klasse.",
        "Fristen er 7.5.2026 kl. 12.30.",
        "Han sagde »Nej.« og gik.",
        "Gebyret er 10 pct. 5 dage efter.",
    ],
)
def test_text_of_one_sentence_is_one(text):
    assert split(text) == [text]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Det gælder efter stk. 2.", "Ansøgning indgives digitalt."],
        ["Det gælder skoler m.v.", "Afgørelsen kan påklages."],
        ["Gebyret er 3.060 kr.", "Det betales forud."],
        ["Jf. § 9 a.", "§ 10 gælder ikke."],
        ["Kan jeg arbejde?", "Ja!", "Det kan du ..."],
        ["Se »Vejledning.«", "(Ophævet)"],
        ["Efter 3 år.", "15 dage senere."],
    ],
)
def test_sentences_are_told_apart(sentences):
    assert split(" ".join(sentences)) == sentences


@given(st.text())
def test_ends_stand_in_order_within_the_text(text):
    ends = find_sentence_ends(text)

    assert ends == sorted(set(ends))
    assert all(0 < end <= len(text) for end in ends)
