"""Word files and web pages that people upload."""

import pytest
from django.utils import translation

from cms.exchange.conversion.documents import convert_document
from cms.exchange.conversion.findings import ConversionRefusedError
from tests.factories.files import build_picture
from tests.factories.word import (
    W,
    build_word_file,
    cell,
    footnote_mark,
    level,
    paragraph,
    picture,
    raised,
    run,
    table,
)

MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def convert(data, name="gebyrer.docx", **values):
    document = convert_document(name, data, **values)
    return [(block["type"], block["value"]) for block in document.blocks]


def list_findings(data, name="gebyrer.docx"):
    return [str(finding) for finding in convert_document(name, data).report.findings]


def refuse(data, name="gebyrer.docx"):
    with pytest.raises(ConversionRefusedError) as refusal:
        convert_document(name, data)
    return refusal.value.messages


def test_word_file_becomes_title_headings_paragraphs_lists_and_tables():
    data = build_word_file(
        paragraph("Gebyrer 2027", style="Titel"),
        paragraph("Krav", style="Overskrift1"),
        paragraph("Se ", run("loven", "<w:b/>"), ", 6.055", raised("1"), " kr."),
        paragraph("Pas", numbering=(1, 0)),
        paragraph("Foto", numbering=(1, 0)),
        paragraph("Satser", style="Overskrift2"),
        paragraph("Tabel 1. Gebyrer", style="Billedtekst"),
        table(
            [cell(paragraph("Type"), merge="restart"), cell(paragraph("Gebyr"), columns=2)],
            [cell(merge="continue"), "Ny", "Forlængelse"],
            ["Arbejde", cell(paragraph("6.055", raised("1"), " kr.")), "4.405 kr."],
            header_rows=2,
        ),
        lists={1: level(0)},
    )

    document = convert_document("gebyrer.docx", data)

    assert document.title == "Gebyrer 2027"
    assert [(block["type"], block["value"]) for block in document.blocks] == [
        ("heading", {"text": "Krav", "level": 2}),
        ("paragraph", "<p>Se <b>loven</b>, 6.055<sup>1</sup> kr.</p><ol><li>Pas</li><li>Foto</li></ol>"),
        ("heading", {"text": "Satser", "level": 3}),
        (
            "table",
            {
                "caption": "Tabel 1. Gebyrer",
                "header": ["Type", "Gebyr – Ny", "Gebyr – Forlængelse"],
                "rows": [["Arbejde", "6.055¹ kr.", "4.405 kr."]],
            },
        ),
    ]
    assert [str(finding) for finding in document.report.findings] == [
        "table 1, row 1, column 1, “Type”: a merged cell (rows: 2, columns: 1); its text is repeated in each of them",
        "table 1, row 1, column 2, “Gebyr”: a merged cell (rows: 1, columns: 2); its text is repeated in each of them",
        "table 1: the 2 header rows became one; look whether each heading fits its column",
    ]


def test_footnotes_become_a_list_with_their_marks():
    data = build_word_file(
        paragraph("Gebyret er 6.055", footnote_mark(1), " kr."),
        table(["Ny"], [cell(paragraph("4.405", footnote_mark(2), " kr."))]),
        footnotes=("Satsen for 2026.", "Satsen for 2027."),
    )

    assert convert(data) == [
        ("paragraph", "<p>Gebyret er 6.055<sup>[1]</sup> kr.</p>"),
        ("table", {"caption": "–", "header": ["Ny"], "rows": [["4.405² kr."]]}),
        ("heading", {"text": "Noter", "level": 2}),
        ("paragraph", "<ol><li>Satsen for 2026.</li><li>Satsen for 2027.</li></ol>"),
    ]
    assert "2 footnotes became a numbered list at the end" in list_findings(data)


@pytest.mark.parametrize(
    ("levels", "depths", "expected"),
    [
        (level(0), [0, 0], "<ol><li>0</li><li>1</li></ol>"),
        (level(0, "bullet", "•"), [0, 0], "<ul><li>0</li><li>1</li></ul>"),
        (level(0) + level(1), [0, 1, 0], "<ol><li>0<ol><li>1</li></ol></li><li>2</li></ol>"),
        (level(0, start=4), [0, 0], "<p>4. 0</p><p>5. 1</p>"),
        (level(0, "lowerLetter", "%1)"), [0, 0], "<p>a) 0</p><p>b) 1</p>"),
        (level(0, text="§ %1"), [0, 0], "<p>§ 1 0</p><p>§ 2 1</p>"),
        (level(0) + level(1, text="%1.%2"), [0, 1, 1, 0], "<p>1. 0</p><p>1.1 1</p><p>1.2 2</p><p>2. 3</p>"),
        (level(0, "upperRoman"), [0, 0, 0, 0], "<p>I. 0</p><p>II. 1</p><p>III. 2</p><p>IV. 3</p>"),
    ],
)
def test_automatic_numbers_stay_as_word_shows_them(levels, depths, expected):
    items = [paragraph(str(index), numbering=(1, depth)) for index, depth in enumerate(depths)]

    assert convert(build_word_file(*items, lists={1: levels})) == [("paragraph", expected)]


def test_list_that_goes_on_after_a_paragraph_goes_on_counting():
    item = paragraph("krav", numbering=(1, 0))
    data = build_word_file(item, item, paragraph("Desuden:"), item, lists={1: level(0)})

    assert convert(data) == [("paragraph", "<ol><li>krav</li><li>krav</li></ol><p>Desuden:</p><p>3. krav</p>")]


def test_numbered_headings_keep_their_numbers():
    heading = [paragraph(text, style="Overskrift1", numbering=(1, 0)) for text in ("Krav", "Frister")]
    data = build_word_file(*heading, paragraph("x"), lists={1: level(0)})

    assert convert(data)[:2] == [
        ("heading", {"text": "1. Krav", "level": 2}),
        ("heading", {"text": "2. Frister", "level": 2}),
    ]


def test_words_in_fields_are_kept():
    field = '<w:fldSimple w:instr=" SEQ Tabel "><w:r><w:t>7</w:t></w:r></w:fldSimple>'

    assert convert(build_word_file(paragraph("Tabel ", field))) == [("paragraph", "<p>Tabel 7</p>")]


def test_row_that_begins_further_right_stays_there():
    row = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell(paragraph("2"))}</w:tr>'
    data = build_word_file(table(["A", "B"]).replace("</w:tbl>", f"{row}</w:tbl>"))

    assert convert(data)[0][1]["rows"] == [["", "2"]]


def test_pictures_come_along_and_others_are_named():
    data = build_word_file(
        paragraph(picture("rId1", "Et kort")),
        paragraph(picture("rId2"), "Efter"),
        pictures=(("kort.png", build_picture()), ("tegning.emf", b"EMF")),
    )

    document = convert_document("kort.docx", data)

    assert [(block["type"], block["value"]) for block in document.blocks] == [
        ("image", {"image": "picture-1", "alt_text": "Et kort", "caption": ""}),
        ("paragraph", "<p>Efter</p>"),
    ]
    assert (list(document.pictures), document.pictures["picture-1"].content) == (["picture-1"], build_picture())
    assert [str(finding) for finding in document.report.findings] == [
        "picture 2: the picture was not kept: image/x-emf is no kind of picture that browsers show; save it as PNG"
    ]


COMMENTS = f'<w:comments {W}><w:comment w:id="0">{paragraph("Hvorfor?")}</w:comment></w:comments>'
HEADER = f"<w:hdr {W}>{paragraph('Udkast')}</w:hdr>"
MATH = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x</m:t></m:r></m:oMath>'


@pytest.mark.parametrize(
    ("data", "finding"),
    [
        (build_word_file(paragraph("a"), parts={"word/comments.xml": COMMENTS}), "1 comments were not kept"),
        (
            build_word_file(paragraph("a"), parts={"word/header1.xml": HEADER}),
            "page headers and footers were not kept: Udkast",
        ),
        (build_word_file(paragraph("a", MATH)), "“a”: an equation was not kept; write it as text or as a picture"),
        (build_word_file(paragraph(run("a", "<w:vanish/>"))), "“a”: hidden text is visible now"),
        (build_word_file(paragraph(run("a", '<w:u w:val="single"/>'))), "“a”: underlining is not kept"),
    ],
)
def test_what_word_has_besides_is_reported(data, finding):
    assert finding in list_findings(data)


def build_large_file():
    return build_word_file(paragraph("a"), parts={"word/media/foto.png": bytes(30 * MEGABYTE)})


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK" + bytes(30 * MEGABYTE), "the file has 31 MB; at most 20 MB can be read"),
        (build_large_file(), "unpacked, the file would be larger than a Word document can be"),
        (
            build_word_file(paragraph("a"), parts={"word/vbaProject.bin": b"x"}),
            "the file has macros; save it as .docx without them",
        ),
        (
            build_word_file(
                paragraph("Gebyret er ", f"<w:ins>{run('500')}</w:ins>", f"<w:del>{run('400')}</w:del>", " kr.")
            ),
            "“Gebyret er 500400 kr.”: the file has tracked changes; accept or reject them in Word first",
        ),
        (
            build_word_file(paragraph(run("500", "<w:strike/>"))),
            "“500”: struck-out text cannot be kept; delete it, or take the line off",
        ),
        (
            build_word_file(
                paragraph("a"),
                parts={"word/document.xml": f'<!DOCTYPE d [<!ENTITY x "{"y" * 9}">]><w:document {W}>&x;</w:document>'},
            ),
            "the file declares XML entities, as no Word document does",
        ),
        (
            bytes.fromhex("d0cf11e0a1b11ae1"),
            "this is the format of Word before 2007 (.doc); open it in Word and save it as .docx",
        ),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            "the file is protected by a password; save it without one",
        ),
        (build_word_file(paragraph("a"))[:-40], "the file is damaged: it cannot be read"),
        (b"%PDF-1.7", "only Word files (.docx) and web pages (.html) can be read"),
        (build_word_file(paragraph(" ")), "there is no text in the file"),
    ],
)
def test_file_that_cannot_be_read_whole_is_refused_in_words(data, message):
    assert message in refuse(data)


def test_number_of_a_kind_nobody_can_read_is_refused():
    data = build_word_file(paragraph("a", numbering=(1, 0)), lists={1: level(0, "hebrew1")})

    assert refuse(data) == [
        "“a”: the automatic numbers are of a kind that cannot be read (hebrew1); write them as text"
    ]


@pytest.mark.parametrize(
    ("html", "title", "expected"),
    [
        ("<title>Fanen</title><h1>Gebyrer</h1><p>x</p>", "Gebyrer", [("paragraph", "<p>x</p>")]),
        ("<title>Fanen</title><p>x</p>", "Fanen", [("paragraph", "<p>x</p>")]),
        ("<p class=MsoTitle>Gebyrer</p><p>x</p>", "Gebyrer", [("paragraph", "<p>x</p>")]),
        ('<p>x <a href="#_Toc1">y</a></p>', "gebyrer", [("paragraph", "<p>x y</p>")]),
    ],
)
def test_web_page_gives_title_and_text(html, title, expected):
    document = convert_document("gebyrer.html", html.encode())

    assert (document.title, [(block["type"], block["value"]) for block in document.blocks]) == (title, expected)


def test_web_page_is_read_in_the_encoding_it_names():
    html = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252"><p>ældre</p>'

    assert convert(html.encode("cp1252"), name="a.htm") == [("paragraph", "<p>ældre</p>")]
    assert refuse("<p>ældre</p>".encode("cp1252"), name="a.htm") == [
        "the file is not text in UTF-8 or in the encoding it names"
    ]


def test_web_page_of_five_megabytes_is_read():
    # Word writes the form of every word beside it.
    words = f"<p class=MsoNormal style='{'mso-fareast-language:DA;' * 100}'>Gebyret er 6.055<sup>1</sup> kr.</p>"
    html = words * (5 * MEGABYTE // len(words))

    (block,) = convert(html.encode(), name="a.html")

    assert block[1].count("<p>Gebyret er 6.055<sup>1</sup> kr.</p>") == html.count("<sup>")


def test_text_that_no_editor_could_work_with_is_refused():
    assert refuse(b"<h2>a</h2><p>b</p>" * 3000, name="a.html") == [
        "the text has more than 4000 headings, tables and passages; make several pages of it"
    ]
