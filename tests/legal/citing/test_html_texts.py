"""The words of HTML, and the way back into it."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.core.allowed_html import sanitise_html
from legal.citing.html_texts import HtmlText, is_balanced

FRAGMENTS = [
    "udl. § 9 a",
    " ",
    "æ",
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "&amp;",
    "&nbsp;",
    '<a href="/x">',
    "</a>",
    "<h2>",
    "</h2>",
    "<br>",
]


def test_passages_are_read_on_their_own():
    text = HtmlText("<h2>Om</h2><ul><li>udl. <b>§ 9</b></li><li>A &amp; B</li></ul>")

    assert [passage for _start, passage in text.list_passages()] == ["Om", "udl. § 9", "A & B"]
    assert all(text.text[start:].startswith(passage) for start, passage in text.list_passages())


@pytest.mark.parametrize(
    ("html", "is_whole"),
    [("a <b>b</b>", True), ("<b>a", False), ("a</b>", False), ("<b><i>a</b></i>", False), ("a<br>", False)],
)
def test_part_of_html_is_whole_when_what_it_opens_is_closed(html, is_whole):
    assert is_balanced(html) == is_whole


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=20).map("".join), st.data())
def test_slice_of_any_html_shows_the_words_asked_for(written, data):
    html = sanitise_html(written)
    text = HtmlText(html)
    start = data.draw(st.integers(0, max(0, len(text.text) - 1)))
    end = data.draw(st.integers(start + 1, max(start + 1, len(text.text))))
    words = text.text[start:end]

    found = text.find_slice(start, end) if words and not set(words) & {"\n", "\x00"} else None

    assert found is None or unescape(re.sub(r"<[^>]+>", "", html[found[0] : found[1]])) == words
