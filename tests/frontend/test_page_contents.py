"""The contents of long pages, and the boxes of a guide."""

from typing import Any

import pytest

from frontend.portal.page_contents import ContentsEntry, build_heading_contents
from tests.frontend.drafts import release

HEADINGS = "".join(f'<h2 id="emne-{number}">Emne <em>{number}</em></h2><p>x</p>' for number in range(1, 6))


def test_headings_of_a_long_text_are_its_contents() -> None:
    contents = build_heading_contents(f'<div lang="da">{HEADINGS}</div>')

    assert contents[0] == ContentsEntry("emne-1", "Emne 1")
    assert len(contents) == 5


def test_short_text_needs_no_contents() -> None:
    assert build_heading_contents('<h2 id="a">A</h2><h2 id="b">B</h2>') == []


@pytest.mark.django_db
def test_article_lists_its_headings_beside_and_above_the_text(read: Any) -> None:
    release(fields={"html": f'<div lang="da">{HEADINGS}</div>'})

    page = read("/da/article-1/")

    targets = [f"#emne-{number}" for number in range(1, 6)]
    assert [link["href"] for link in page.soup.select("nav.toc-side a")] == targets
    assert [link["href"] for link in page.soup.select("details.toc-fold a")] == targets
    assert "open" not in page.soup.select_one("details.toc-fold").attrs
    assert page.soup.select_one(".to-contents a")["href"] == "#page-contents"


@pytest.mark.django_db
def test_guide_has_boxes_to_tick_that_nothing_sends_or_stores(read: Any) -> None:
    release("guide")

    page = read("/da/guide-1/")

    (box,) = page.soup.select("label input[type=checkbox]")
    assert box.attrs == {"type": "checkbox", "autocomplete": "off"}
    assert box.find_parent("label").get_text() == "Pas"
    assert box.find_parent("form") is None
    assert "Intet bliver gemt" in page.text_shown
    assert len(page.soup.select(".guide-step a[href='#page-contents']")) == 2


@pytest.mark.django_db
def test_page_on_paper_says_where_and_when_it_was_found(read: Any) -> None:
    release()

    line = read("/da/article-1/").soup.select_one(".print-line")

    assert line.bdi.get_text() == "http://testserver/da/article-1/"
    assert line.select_one("time") is not None
