"""Running texts of sections, made of what decides how they are read."""

from hypothesis import strategies as st

PIECES = (
    "§ 9 a. ", "Stk. 2. ", "Stk. 3. ", "Stk. 3 og 4. ", "Stk. 2-4. ", "Stk. 5. ", "Stk.2. ", "stk. 2", "1) ", "2) ", "3) ", "54) ",
    "2 a) ", "a) ", "b) ", "c) ", "h) ", "i) ", "ii) ", "j) ", "å) ", "A) ", "1. ", "2. ", "nr. 2) ", "(30 kg) ", "»Stk. 2. ", "« ",
    "hvis: ", "gives, ", "eller ", "Det gælder. ", "jf. § 9, ", "m.v. ", "den 1. januar ", "\u00ad", "\u200b", " ", "\n", "<b>",
)  # fmt: skip


def marked_texts() -> st.SearchStrategy[str]:
    """Texts in which marks stand in any order."""
    return st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def provision_texts() -> st.SearchStrategy[str]:
    """Texts in which marks stand in any order, and texts of any characters."""
    return marked_texts() | st.text(max_size=60)
