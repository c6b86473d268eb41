"""Plain text out of documents, and the sections it mentions."""

from search.texts.plain_text import join_sections, list_mentioned_sections, strip_html


def test_inline_tags_leave_no_gap_and_blocks_do():
    assert strip_html("<p>op<b>hold</b></p><p>bolig &amp; skat\u00ad</p>") == "ophold bolig & skat"


def test_mentions_are_read_from_running_text():
    text = "jf. § 9 a, stk. 2, §§ 5 og 7, § 12b, § 9 i lov om ferie og §§ 14-16"

    assert list_mentioned_sections(text) == ["9 a", "5", "7", "12 b", "9", "14", "15", "16"]


def test_sections_are_joined_in_their_stored_form():
    assert join_sections(["9a", "§ 9 a", "", "20-31"]) == ["9 a", "20-31"]
