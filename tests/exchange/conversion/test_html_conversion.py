"""HTML as blocks: structure wherever it stands, no number changed, and nothing stored that the editor would not keep."""

from collections import Counter

import pytest
from django.utils import translation
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from cms.core.blocks import RICH_TEXT_FEATURES
from cms.exchange.conversion.findings import ConversionRefusedError, ConversionReport
from cms.exchange.conversion.html_conversion import convert_html, read_passage
from cms.exchange.conversion.html_tree import parse_html
from cms.exchange.conversion.numbers import count_block_numbers, count_node_numbers
from cms.exchange.conversion.passages import BLOCK_KEY

pytestmark = pytest.mark.usefixtures("english")
LONG = "x" * 201


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def convert(html, title=""):
    report = ConversionReport()
    blocks = convert_html(html, report, title=title)
    return [(block["type"], block["value"]) for block in blocks], [str(finding) for finding in report.findings]


def refuse(html):
    with pytest.raises(ConversionRefusedError) as refusal:
        convert_html(html, ConversionReport())
    return refusal.value.messages


def table(header, *rows, caption="–"):
    return ("table", {"caption": caption, "header": header, "rows": list(rows)})


def paragraph(html):
    return ("paragraph", html)


def heading(text, level):
    return ("heading", {"text": text, "level": level})


FEES = (
    '<table><caption>Gebyrer</caption><tr><td rowspan="2">Type</td><td colspan="2">Gebyr</td></tr><tr><td>Ny</td>'
    '<td>Forlængelse</td></tr><tr><td><a href="https://www.nyidanmark.dk/">Arbejde</a></td>'
    "<td>6.055<sup>1</sup> kr.</td><td>4.405 kr.</td></tr></table>"
)


def test_merged_cells_stand_at_every_place_they_cover_and_are_reported():
    blocks, findings = convert(FEES)

    assert blocks == [
        table(
            ["Type", "Gebyr", "Gebyr"],
            ["Type", "Ny", "Forlængelse"],
            ["Arbejde", "6.055¹ kr.", "4.405 kr."],
            caption="Gebyrer",
        )
    ]
    assert findings == [
        "table 1, row 1, column 1, “Type”: a merged cell (rows: 2, columns: 1); its text is repeated in each of them",
        "table 1, row 1, column 2, “Gebyr”: a merged cell (rows: 1, columns: 2); its text is repeated in each of them",
        "table 1, row 3, column 1: the cell keeps the words of the link, not its address: https://www.nyidanmark.dk/",
        "table 1, row 1: no row is marked as header; the first row was taken for it",
    ]


def test_marked_header_rows_become_one_row_over_their_columns():
    blocks, _findings = convert(
        '<table><caption>Gebyrer</caption><thead><tr><th rowspan="2">Type</th><th colspan="2">Gebyr</th></tr>'
        "<tr><th>Ny</th><th>Forlængelse</th></tr></thead><tr><td>Job</td><td>1</td><td>2</td></tr></table>"
    )

    assert blocks == [table(["Type", "Gebyr – Ny", "Gebyr – Forlængelse"], ["Job", "1", "2"], caption="Gebyrer")]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("6.055<sup>1</sup> kr.", "6.055¹ kr."),
        ("6.055<sup>1, 2</sup> kr.", "6.055¹, ² kr."),
        ("6.055<sup>[1]</sup> kr.", "6.055¹ kr."),
        ("6.055<sup>*</sup>", "6.055*"),
        ("5<sup>Æ</sup>", "5 (Æ)"),
        ("CO<sub>2</sub>", "CO₂"),
        ("6.055<br>4.405", "6.055; 4.405"),
        ("<ul><li>Job</li><li>Studie</li></ul>", "Job; Studie"),
        ("<p>Job.</p><p>Studie</p>", "Job. Studie"),
        ("<b>6</b>.055", "6.055"),
        ("§&nbsp;9 a", "§\xa09 a"),
        ("<q>Ny</q>", "“Ny”"),
    ],
)
def test_cell_keeps_its_words_and_numbers_apart(cell, text):
    blocks, _findings = convert(f"<table><tr><th>A</th></tr><tr><td>{cell}</td></tr></table>")

    assert blocks == [table(["A"], [text])]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<div class="WordSection1"><h2>Krav</h2><p>x</p><table><tr><td>a</td></tr></table></div>',
            [heading("Krav", 2), paragraph("<p>x</p>"), table(["a"])],
        ),
        (
            "<section><span><div>a<p>b</p></div></span>c</section>",
            [paragraph("<p>a</p><p>b</p><p>c</p>")],
        ),
        ("<b><p>a</p><h3>c</h3></b>", [paragraph("<p><b>a</b></p>"), heading("c", 3)]),
        ("<h1>Kapitel</h1><h2>Afsnit</h2>", [heading("Kapitel", 2), heading("Afsnit", 3)]),
        ("<h2>Afsnit</h2><h5>Note</h5><h6>Note</h6>", [heading("Afsnit", 2), heading("Note", 3), heading("Note", 3)]),
        ("<p>a</p> \n <p> b <br> c</p>", [paragraph("<p>a</p><p>b<br/>c</p>")]),
        ("<p>a<table><tr><td>x</table>b", [paragraph("<p>a</p>"), table(["x"]), paragraph("<p>b</p>")]),
        (
            "<blockquote><p>a</p><p>b</p></blockquote>",
            [paragraph("<blockquote>a</blockquote><blockquote>b</blockquote>")],
        ),
        ("<dl><dt>Frist</dt><dd>14 dage</dd></dl>", [paragraph("<p><b>Frist</b></p><p>14 dage</p>")]),
        ("<pre>a\nb</pre>", [paragraph("<p>a<br/>b</p>")]),
        (
            "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
            [paragraph("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>")],
        ),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", [paragraph("<ul><li>a<ul><li>b</li></ul></li></ul>")]),
        ("<ol><li><p>a</p><p>b</p></li></ol>", [paragraph("<ol><li>a<br/>b</li></ol>")]),
        ('<ol start="3"><li>a</li><li><p>b</p></li></ol>', [paragraph("<p>3. a</p><p>4. b</p>")]),
        ('<ol type="a"><li>x</li><li>y</li></ol>', [paragraph("<p>a. x</p><p>b. y</p>")]),
        ('<ol><li value="7">x</li><li>y</li></ol>', [paragraph("<p>7. x</p><p>8. y</p>")]),
        (
            "<ol><li>x</li></ol><ol><li>y</li></ol>",
            [paragraph("<ol><li>x</li></ol>"), paragraph("<ol><li>y</li></ol>")],
        ),
        (
            "<ol><li>x<table><tr><td>1</td></tr></table></li><li>y</li></ol>",
            [paragraph("<p>1. x</p>"), table(["1"]), paragraph("<p>2. y</p>")],
        ),
        # The editor would begin again at 1 after the inner list.
        (
            "<ol><li>x<ul><li>a</li></ul></li><li>y</li></ol>",
            [paragraph("<p>1. x</p><ul><li>a</li></ul><p>2. y</p>")],
        ),
        ("<p>6.055<sup>1</sup> kr., CO<sub>2</sub></p>", [paragraph("<p>6.055<sup>1</sup> kr., CO<sub>2</sub></p>")]),
        ("<p><strong>a</strong><em>b</em></p>", [paragraph("<p><b>a</b><i>b</i></p>")]),
        ('<p><a href="https://example.org/">a</a></p>', [paragraph('<p><a href="https://example.org/">a</a></p>')]),
        ("<table><tr><td><h2>Boks</h2><p>x</p></td></tr></table>", [heading("Boks", 2), paragraph("<p>x</p>")]),
        ("<script>1</script><style>2</style><title>3</title><!-- 4 --><p>a</p>", [paragraph("<p>a</p>")]),
        (
            "<p class=MsoListParagraphCxSpFirst><![if !supportLists]><span><span>§<span>&nbsp;&nbsp; </span></span></span>"
            "<![endif]>Pas</p>\n<p class=MsoListParagraphCxSpLast><span>·<span>&nbsp; </span></span><b>Foto</b></p><p>x</p>",
            [paragraph("<ul><li>Pas</li><li><b>Foto</b></li></ul><p>x</p>")],
        ),
        ("<p class=MsoListParagraph>§ 9 a</p>", [paragraph("<p>§ 9 a</p>")]),
        ("<p class=MsoListParagraph>3.<span>&nbsp; </span>Pas</p>", [paragraph("<p>3.\xa0 Pas</p>")]),
        ("<table></table><p> </p><h2></h2><ul></ul>", []),
    ],
)
def test_structure_is_found_wherever_it_stands(html, expected):
    blocks, _findings = convert(html)

    assert blocks == expected


@pytest.mark.parametrize(
    ("html", "finding"),
    [
        ("<h2>A</h2><h4>B</h4>", "“B”: the heading of level 4 became one of level 3"),
        ("<p>a</p><hr>", "a dividing line was not kept"),
        ("<p><u>vigtigt</u></p>", "“vigtigt”: underlining is not kept"),
        (
            '<p><a href="file:///c:/x.doc">her</a></p>',
            "“her”: the link has no address that can be used (file:///c:/x.doc); its words are kept",
        ),
        ('<p>a<img src="x.png">b</p>', "picture 1: the picture was not kept: it is not in the file (x.png)"),
        ("<iframe>b</iframe>", "“b”: <iframe> was not kept"),
        ("<p>a</p><svg><text>x</text></svg>", "<svg> was not kept"),
        (
            '<h2><a href="https://example.org/">A</a></h2>',
            "“A”: the heading keeps the words of the link, not its address: https://example.org/",
        ),
        (
            '<ol start="3"><li>a</li></ol>',
            "“a”: the numbers or marks of the list are written as words: it does not begin at 1",
        ),
        (
            "<table><tr><th>a<th>b<tr><td>c</table>",
            "table 1, row 2: the row has fewer cells than the others; empty cells were added at its end",
        ),
        (
            '<p class="MsoCaption">Tabel 1</p><p>x</p>',
            "“Tabel 1”: this caption stands at no table and became a paragraph",
        ),
    ],
)
def test_what_is_kept_in_another_form_is_reported_by_its_place(html, finding):
    _blocks, findings = convert(html)

    assert finding in findings


@pytest.mark.parametrize(
    ("html", "message"),
    [
        (
            f"<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>{'y' * 501}</td></tr></table>",
            f"table 1, row 2, column 2, “{'y' * 59}…”: the cell has 501 characters, at most 500 can be kept; "
            "shorten it or move the text out",
        ),
        (f"<h2>{LONG}</h2>", f"“{'x' * 59}…”: the heading has 201 characters, at most 200 can be kept"),
        (
            f"<table><caption>{LONG}</caption><tr><td>a</td></tr></table>",
            "table 1: the caption has 201 characters, at most 200 can be kept",
        ),
        (
            "<table><tr><td>a<td><table><tr><td>b</table></table>",
            "table 1, row 1, column 2: a table stands within a cell; move it out, or make it rows of its own",
        ),
        ("<p><s>500</s> 600 kr.</p>", "“500”: struck-out text cannot be kept; delete it, or take the line off"),
        ("<div></b>" * 400_000 + "a", "the elements stand more than 200 deep within each other"),
        ("<div>" * 300 + "a", "the elements stand more than 200 deep within each other"),
        ("<table>" + '<tr><td colspan="1000">a' * 30 + "</table>", "table 1: the table has more than 20000 cells"),
    ],
)
def test_what_would_be_cut_or_mean_something_else_is_refused_with_its_place(html, message):
    assert message in refuse(html)


def test_cells_stand_under_the_column_a_merged_cell_above_leaves_them():
    blocks, _findings = convert('<table><tr><td rowspan="2">a<td>b<tr><td colspan="2">c<tr><td>d<td>e<td>f</table>')

    assert blocks == [table(["a", "b", ""], ["a", "c", "c"], ["d", "e", "f"])]


def test_heading_that_says_the_title_is_left_out():
    blocks, _findings = convert("<div><h1> Gebyrer\n2027 </h1><h2>Ny</h2></div>", title="gebyrer 2027")

    assert blocks == [heading("Ny", 2)]


def test_caption_of_word_stands_at_its_table():
    blocks, _findings = convert('<p class="MsoCaption">Tabel 1. Gebyrer</p><table><tr><td>a</td></tr></table>')

    assert blocks == [table(["a"], caption="Tabel 1. Gebyrer")]


@pytest.mark.parametrize(
    "html", ["<h2>A</h2>", "<table><tr><td>a</table>", "<p>a</p><hr>", '<p><a href="file:x">a</a></p>']
)
def test_field_of_rich_text_refuses_what_it_cannot_hold(html):
    with pytest.raises(ConversionRefusedError):
        read_passage(html)


FRAGMENTS = (
    *"a b 1 6.055 § \xa0 < & , 9".split(" "),
    " ",
    "\n",
    *"<p> </p> <div> </div> <b> </b> <em> </em> <sup> </sup> <sub> </sub> <u> </u> <q> </q> <br> <span> </span>".split(),
    *"<ul> </ul> <ol> </ol> <li> </li> <blockquote> </blockquote> <h1> </h1> <h2> </h2> <h4> </h4>".split(),
    *"<table> </table> <tr> </tr> <td> </td> <th> </th> <thead> </thead> <dl> <dt> <dd> </dl> <pre> </pre>".split(),
    '<ol start="4">',
    '<td colspan="2">',
    '<td rowspan="2">',
    '<a href="https://example.org/?a=1&amp;b=2">',
    '<a href="/da/">',
    "</a>",
    "<img>",
    "<hr>",
)
HTML = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join)


@settings(max_examples=400, deadline=None)
@given(HTML)
def test_editor_that_opens_and_stores_what_came_in_changes_nothing(html):
    converter = ContentstateConverter(RICH_TEXT_FEATURES)
    try:
        blocks, _findings = convert(html)
    except ConversionRefusedError:
        return
    for kind, value in blocks:
        if kind == "paragraph":
            stored = converter.to_database_format(converter.from_database_format(value))
            assert BLOCK_KEY.sub("", stored) == value
            assert read_passage(value) == value


@settings(max_examples=400, deadline=None)
@given(HTML)
def test_no_conversion_changes_a_number(html):
    # Blocks in raised text in raised text are refused.
    assume(html.count("<sup>") + html.count("<sub>") < 2)
    report = ConversionReport()
    try:
        blocks = convert_html(html, report)
    except ConversionRefusedError as error:
        codes = {finding.code for finding in error.findings}
    else:
        codes = set()
        assert count_block_numbers(blocks) == count_node_numbers(parse_html(html).children) + report.added

    assert "numbers" not in codes


def test_numbers_are_told_apart_where_the_editor_tells_them_apart():
    html = "<p>6.055<sup>1</sup> kr. <b>4</b>.405</p><table><tr><td>1<td>2</table>"

    assert count_node_numbers(parse_html(html).children) == Counter(["6", "055", "1", "4", "405", "1", "2"])
