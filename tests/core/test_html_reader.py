"""Sanitised HTML is read in one place."""

from hypothesis import given
from hypothesis import strategies as st

from cms.core.allowed_html import sanitise_html
from cms.core.html_reader import (
    END_OF_PASSAGE,
    iterate_elements,
    read_line,
    read_text,
    write_absolute_addresses,
)
from cms.core.ready_html import anchor_headings
from legal.citing.html_texts import HtmlText

FRAGMENTS = [
    *(
        "udl. § 9 a",
        " ",
        "\n",
        "&lt;",
        "&amp;",
        "&nbsp;",
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<br>",
        "<hr>",
        "<h2>",
        "</h2>",
    ),
    *("<table>", "<tr>", "<td>", "</table>", '<img alt="a > b" src="/x.png">', '<a href="/x">', "</a>", "</div>"),
]
HTML = st.lists(st.sampled_from(FRAGMENTS), max_size=20).map("".join).map(sanitise_html)


def test_inline_tags_join_and_the_others_divide():
    assert read_text("<p>op<b>hold</b></p>H<sub>2</sub>O<br>1 &lt; 2") == "\x00ophold\x00H2O\n1 < 2"
    assert read_line("<p>op<b>hold</b></p>\n<ul><li>H<sub>2</sub>O<br>1 &lt; 2</li></ul>") == "ophold H2O 1 < 2"


@given(HTML)
def test_text_is_the_one_citations_are_found_in(html):
    assert read_text(html) == HtmlText(html).text


@given(HTML)
def test_text_of_the_elements_and_between_them_is_the_whole(html):
    elements = list(iterate_elements(html))
    inside = "".join(html[element.start : element.end] for element in elements)
    loose = html
    for element in reversed(elements):
        loose = loose[: element.start] + loose[element.end :]

    assert "<" not in loose
    assert len(inside) + len(loose) == len(html)
    assert all(sanitise_html(html[element.start : element.end]).startswith("<") for element in elements)


def test_elements_are_the_outermost_of_their_name():
    html = sanitise_html("<div><p>A<br></p><ul><li>B<ul><li>C</li></ul></li></ul></div>D<hr>")

    assert [element.name for element in iterate_elements(html)] == ["div", "hr"]
    assert [element.content for element in iterate_elements(html, ("li",))] == ["B<ul><li>C</li></ul>"]


def test_addresses_on_this_site_alone_become_absolute():
    html = '<a href="/da/">A</a><a href="//b.example/">B</a><img alt=" href=" src="/c.png">href="/d"'

    assert write_absolute_addresses(html, "https://v.example") == (
        '<a href="https://v.example/da/">A</a><a href="//b.example/">B</a>'
        '<img alt=" href=" src="https://v.example/c.png">href="/d"'
    )


def test_anchor_says_what_the_heading_says():
    html = sanitise_html("<h2>Skat &amp; told</h2><h3 lang='da'>§&nbsp;9</h3><h3>§ 9</h3><p>x</p>")

    assert anchor_headings(html) == (
        '<h2 id="skat-told">Skat &amp; told</h2><h3 id="9">§&nbsp;9</h3><h3 id="9-2">§ 9</h3><p>x</p>'
    )
    assert END_OF_PASSAGE not in anchor_headings(html)
