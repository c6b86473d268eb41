"""Marks of two texts: exact to the character, and easy to read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.core.word_diffs import Mark, build_marks

WORDS = st.lists(
    st.sampled_from(
        ["og", "stk", ".", "2", "§", "§§", "9 a", ",", "opholds\u00adtilladelse", "\u200b", "375.000", "\ufeffkan", "»"]
    )
)
SPACES = st.sampled_from(["", " ", "  ", "\n", "\u00a0"])
TEXTS = st.builds(lambda words, space, end: space.join(words) + end, WORDS, SPACES, SPACES) | st.text(max_size=40)


def write(marks: list[Mark]) -> str:
    signs = {"equal": "{}", "insert": "[+{}+]", "delete": "[-{}-]"}
    return "".join(signs[mark["op"]].format(mark["text"]) for mark in marks)


@given(TEXTS, TEXTS)
@settings(max_examples=400, deadline=None, derandomize=True)
def test_marks_rebuild_both_texts_exactly(before: str, after: str) -> None:
    marks = build_marks(before, after)

    assert "".join(mark["text"] for mark in marks if mark["op"] != "insert") == before
    assert "".join(mark["text"] for mark in marks if mark["op"] != "delete") == after
    assert all(mark["text"] for mark in marks)


@pytest.mark.parametrize(
    ("before", "after", "written"),
    [
        ("ens tekst", "ens tekst", "ens tekst"),
        ("", "", ""),
        ("", "ny", "[+ny+]"),
        ("Gebyret er 375.000 kr.", "Gebyret er 400.000 kr.", "Gebyret er [-375.000-][+400.000+] kr."),
        ("efter §§ 7 og 8", "efter § 7", "efter [-§§ 7 og 8-][+§ 7+]"),
        (
            "Ophold gives. Stk. 2. Mere.",
            "Ophold gives. Ikke ellers. Stk. 2. Mere.",
            "Ophold gives.[+ Ikke ellers.+] Stk. 2. Mere.",
        ),
        (
            "for en lovovertrædelse, der ville have medført straf",
            "og den pågældende ville være idømt straf",
            "[-for en lovovertrædelse, der ville have medført-][+og den pågældende ville være idømt+] straf",
        ),
        ("op\u00adhold kan", "ophold kan", "[-op\u00adhold-][+ophold+] kan"),
    ],
)
def test_marks_are_set_on_words(before: str, after: str, written: str) -> None:
    assert write(build_marks(before, after)) == written


def test_long_texts_are_held_against_each_other_sentence_by_sentence() -> None:
    sentences = [
        f"Sætning nummer {number} handler om emne {number * 7} og gælder fra dag {number * 13}."
        for number in range(1500)
    ]
    before = " ".join(sentences)
    after = " ".join([*sentences[:300], "Denne sætning er ny.", *sentences[301:900], *sentences[1000:]])

    marks = build_marks(before, after)

    assert write(marks).count("[-") == 2
    assert [mark["text"] for mark in marks if mark["op"] == "insert"] == ["Denne sætning er ny"]
