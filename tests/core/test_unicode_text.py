"""One Unicode form: what is composed, what goes and what stays, and that doing it again changes nothing."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cms.core.personal_data import find_cpr_number
from cms.core.unicode_text import clean_text, normalise_text, strip_invisible

FLAG_OF_WALES = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"
FAMILY = "\U0001f469\u200d\U0001f467"
# Letters that compose, marks, brackets, joiners with letters of both kinds, and everything invisible.
PIECES = st.sampled_from([
    *"aAåeéło<>/p \n", "\u0301", "\u030a", "\u0338", "\u0323", "\u1100", "\u1161", "\u06a9", "\u0645", "\u0915", "\u094d",
    "\U0001f469", "\ufe0f", "\U0001f3f4", "\U000e0067", "\U000e007f", *map(chr, range(0x200B, 0x2010)),
    *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2060, 0x2070)), "\u00ad", "\u034f", "\u061c", "\ufeff", "\ufffa",
])  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join))


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        (unicodedata.normalize("NFD", "Åben rådgivning på Årø"), "Åben rådgivning på Årø"),
        ("op\u00adholds\u200btilladelse\ufeff", "opholdstilladelse"),
        ("e\u200b\u0301n", "én"),
        ("a\u034f\u0301", "á"),
        ("x\U000e0041\U000e0042y", "xy"),
        (FLAG_OF_WALES, FLAG_OF_WALES),
        (FAMILY, FAMILY),
        ("می\u200cشود", "می\u200cشود"),
        ("Auf\u200clage", "Auflage"),
        ("\u200eرقم 112", "\u200eرقم 112"),
        ("هاتف \u202a+45 70 10\u202c", "هاتف \u2066+45 70 10\u2069"),
        ("\u202egnp.exe", "gnp.exe"),
        ("\u2066a\u2067b\u2069", "a\u2067b\u2069"),
        ("<p>\u0338x</p>", "<p>\u0338x</p>"),
        ("3 < 5", "3 < 5"),
        ("§\u00a09 a", "§\u00a09 a"),
    ],
)
def test_text_has_one_form(written, stored):
    assert normalise_text(written) == stored


@given(text=TEXTS)
@example(text="\u2066\u202c\u2069\u202a")
def test_normalising_again_changes_nothing(text):
    once = normalise_text(text)

    assert normalise_text(once) == once


@given(text=TEXTS)
def test_decomposed_text_becomes_the_same(text):
    parts = [unicodedata.normalize("NFD", part) for part in text.replace(">", "<").split("<")]

    assert normalise_text("<".join(parts)) == normalise_text(text.replace(">", "<"))


@given(text=TEXTS)
def test_index_and_query_read_stored_text_as_they_read_what_was_written(text):
    assert clean_text(normalise_text(text)) == clean_text(text)


@pytest.mark.parametrize("hidden", ["", "\u200b", "\u00ad", "\u200d", "\u200e", "\u2066", "\U000e0041"])
def test_invisible_characters_do_not_hide_a_cpr_number(hidden):
    assert find_cpr_number(f"født 0102{hidden}03{hidden}-1234") == "010203-1234"


@pytest.mark.parametrize("hyphen", ["‐", "‑"])
def test_another_hyphen_does_not_hide_a_cpr_number(hyphen):
    assert find_cpr_number(f"født 010203{hyphen}1234") == f"010203{hyphen}1234"


def test_nothing_invisible_is_left_for_matching():
    assert strip_invisible("§\u200b 9\u2066 a\ufeff") == "§ 9 a"
