"""Marks of what matched, in the database's answers."""

import pytest

from search.database.highlights import build_fragments, mark, split_words


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
