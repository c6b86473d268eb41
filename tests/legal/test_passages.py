"""Sections as HTML."""

from legal.passages import build_provision_html, split_subsections


def test_quoted_subsection_out_of_order_splits_nothing() -> None:
    text = "§ 1. Først. Stk. 2. Ansøgning efter Stk. 5. gælder. Stk. 3-5. (Ophævet) Stk. 6. Sidst."

    assert split_subsections(text) == [
        "§ 1. Først.",
        "Stk. 2. Ansøgning efter Stk. 5. gælder.",
        "Stk. 3-5. (Ophævet)",
        "Stk. 6. Sidst.",
    ]


def test_html_of_hostile_text_is_escaped() -> None:
    assert build_provision_html("§ 1", "§ 1. <script>x</script>") == (
        "<p><strong>§ 1</strong>. &lt;script&gt;x&lt;/script&gt;</p>"
    )
