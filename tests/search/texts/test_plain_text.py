"""Plain text out of documents, and marks in it."""

import pytest

from search.database.highlights import build_fragments, mark, split_words
from search.texts.plain_text import join_sections, list_mentioned_sections, strip_html


def test_inline_tags_leave_no_gap_and_blocks_do():
    assert strip_html("<p>op<b>hold</b></p><p>bolig &amp; skat\u00ad</p>") == "ophold bolig & skat"


def test_mentions_are_read_from_running_text():
    text = "jf. § 9 a, stk. 2, §§ 5 og 7, § 12b, § 9 i lov om ferie og §§ 14-16"

    assert list_mentioned_sections(text) == ["9 a", "5", "7", "12 b", "9", "14", "15", "16"]


def test_sections_are_joined_in_their_stored_form():
    assert join_sections(["9a", "§ 9 a", "", "20-31"]) == ["9 a", "20-31"]


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Ægtefæller & børn", "aegtefælle", ["<mark>Ægtefæller</mark> &amp; børn"]),
        ("Opholdstilladelsen gælder", "opholdstilladelser", ["<mark>Opholdstilladelsen</mark> gælder"]),
        ("<script>bolig</script>", "bolig", ["&lt;script&gt;<mark>bolig</mark>&lt;/script&gt;"]),
        ("Skat", "bolig", []),
        ("a og b", "a", ["<mark>a</mark> og b"]),
    ],
)
def test_words_are_marked_in_escaped_text(text, query, marked):
    assert mark(text, split_words(query)) == marked


def test_fragments_are_cut_around_matches_and_do_not_overlap():
    text = " ".join(["ord"] * 60 + ["bolig"] + ["ord"] * 60 + ["bolig"] + ["ord"] * 60)

    fragments = build_fragments(text, ["bolig"])

    assert [fragment.count("<mark>bolig</mark>") for fragment in fragments] == [1, 1]
    assert all(len(fragment) < 220 for fragment in fragments)
