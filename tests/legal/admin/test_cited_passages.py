"""Places of a text that cite a section are marked for who reviews it."""

import pytest

from legal.admin.cited_passages import mark_citations
from legal.models import Work

LINK = '<a href="https://x.dk/da/acts/{path}/" class="law-citation" rel="noopener noreferrer">{words}</a>'
SECTION = LINK.format(path="loven/9-a", words="lovens § 9 a, stk. 1")
OTHER_ACT = LINK.format(path="anden-lov/9-a", words="anden lovs § 9 a")
ACT = LINK.format(path="loven", words="loven")
# An act whose text is not known here has no page of its own for a section.
BARE = LINK.format(path="loven", words="lovens §\xa09\xa0a")


@pytest.mark.parametrize(
    ("html", "sections", "words"),
    [
        (f"<p>Efter {SECTION}.</p>", ["9 a"], ["lovens § 9 a, stk. 1"]),
        (f"<p>Efter {BARE}.</p>", ["9 a"], ["lovens § 9 a"]),
        (f"<p>Efter {OTHER_ACT}.</p>", ["9 a"], []),
        (f"<p>Efter {ACT}.</p>", ["9 a"], []),
        (f"<p>Efter {ACT} og {SECTION}.</p>", [], ["loven", "lovens § 9 a, stk. 1"]),
        ("<p>Efter § 14, stk. 1, nr. 8.</p>", ["14"], ["§ 14"]),
        ("<p>Efter § 14 a.</p>", ["14"], []),
        ("<p>Efter §§ 12-15 gælder det.</p>", ["14"], ["§§ 12-15"]),
        ("<p>Efter § 9.</p><p>Og § 9.</p>", ["9"], ["§ 9", "§ 9"]),
        ('<p class="x14">Intet.</p>', ["14"], []),
    ],
)
def test_what_cites_the_section_is_marked(html: str, sections: list[str], words: list[str]) -> None:
    marked = mark_citations(html, Work(slug="loven"), sections)

    assert [word.replace("\xa0", " ") for word in marked.words] == words
    assert [f'id="cited-{number}"' in marked.html for number in range(1, len(words) + 2)] == [True] * len(words) + [
        False
    ]
