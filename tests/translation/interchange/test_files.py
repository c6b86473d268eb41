"""Both formats keep every passage as it was, and refuse what no export wrote."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.translation.interchange.formats import read_file
from cms.translation.interchange.inline_markup import Tag, normalise_markup, parse_markup, write_markup
from cms.translation.interchange.po_files import read_po, write_po
from cms.translation.interchange.texts import (
    FileRefusedError,
    FormerTranslation,
    Passage,
    PassageId,
    TranslationFile,
    TranslationText,
)
from cms.translation.interchange.xliff_files import read_xliff, write_xliff

FORMATS = {"po": (write_po, read_po), "xlf": (write_xliff, read_xliff)}

# Arabic, invisible and combining characters, what HTML and PO escape, placeholders of two kinds, lists in the text.
WORDS = st.lists(
    st.one_of(
        st.sampled_from(
            ["&", "<", ">", '"', "'", "\\", "\n", "\t", "\u200b", "\u200f", "\u0301", "\u00a0", "\u2028", " ", "§ 9 a"]
        ),
        st.sampled_from(["%(count)s", "{name}", "مرحبا", "١٢٣", "łąka", "• 1) a)\n  – b", "#. ", "msgid", "|", "@"]),
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"),
    ),
    min_size=1,
    max_size=8,
).map("".join)


def build_nodes(children):
    """Inline elements around what is there already; a link has the id wagtail-localize gave it."""
    tags = st.builds(Tag, st.sampled_from(["b", "i", "em", "strong", "code", "abbr"]), st.just(""), children)
    links = st.builds(lambda number, inner: Tag("a", f"a{number}", inner), st.integers(1, 9), children)
    return st.lists(st.one_of(WORDS, tags, links, st.builds(Tag, st.just("br"))), max_size=4)


PASSAGES = st.recursive(st.lists(WORDS, min_size=1, max_size=2), build_nodes, max_leaves=6).map(
    lambda nodes: normalise_markup(write_markup(nodes))
)


def build_file(passages, locale="ar"):
    return TranslationFile(
        locale,
        "0123456789ab",
        datetime(2026, 11, 26, 18, 30, 0, 123456, tzinfo=UTC),
        [TranslationText(UUID(int=7), "da", "v1", "Må jeg arbejde?", passages)],
    )


def build_passage(source, target="", number=0, **values):
    return Passage(PassageId(f"body.{UUID(int=3)}.value", UUID(int=number + 1)), source, target, **values)


@pytest.mark.parametrize("extension", FORMATS)
@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(PASSAGES, PASSAGES), min_size=1, max_size=3))
def test_round_trip_loses_nothing(extension, pairs):
    write, read = FORMATS[extension]
    file = build_file([build_passage(*pair, number, notes=["title"]) for number, pair in enumerate(pairs)])

    assert read(write(file)) == file


@pytest.mark.parametrize("extension", FORMATS)
def test_state_and_former_translation_come_back(extension):
    write, read = FORMATS[extension]
    file = build_file(
        [
            build_passage("Ny <b>fed</b>", former=FormerTranslation("Gammel & <b>fed</b>", "قديم"), notes=["answer"]),
            build_passage("Usikker", "ربما", 1, is_unsure=True, notes=["answer"]),
            build_passage("Mangler", "", 2, notes=["answer"]),
        ]
    )

    assert read(write(file)) == file


@pytest.mark.parametrize("extension", FORMATS)
def test_what_xml_cannot_write_still_makes_a_file(extension):
    write, read = FORMATS[extension]
    file = build_file([build_passage("Før\x0befter", "قبل\x0bبعد")])

    (passage,) = read(write(file)).texts[0].passages

    assert passage.id == file.texts[0].passages[0].id


@pytest.mark.parametrize("content", [b"", b"ingen fil", b'msgid "a"\nmsgstr "b"\n', b"\xff\xfe\x00", b'msgid "a\n'])
def test_po_that_no_export_wrote_is_refused(content):
    with pytest.raises(FileRefusedError):
        read_po(content)


def test_po_without_its_moment_is_refused():
    content = write_po(build_file([build_passage("a")])).replace(b"X-Videnbro-Exported-At", b"X-Other")

    with override("en"), pytest.raises(FileRefusedError, match="X-Videnbro-Exported-At is missing"):
        read_po(content)


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="&b;"/></xliff>"""
OUTSIDE = (
    b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><xliff><file>&a;</file></xliff>"""
)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<xliff",
        b"<html/>",
        ENTITIES,
        OUTSIDE,
        ENTITIES.decode().replace("?>", ' encoding="UTF-16"?>', 1).encode("utf-16"),
        b'<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="da"><file id="f"/></xliff>',
        b'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a"><body/></file></xliff>',
        b"<a>" * 5000,
    ],
)
def test_xliff_that_no_export_wrote_is_refused(content):
    with pytest.raises(FileRefusedError):
        read_xliff(content)


def test_entities_are_refused_in_words():
    with override("en"), pytest.raises(FileRefusedError, match="it has a document type or entities"):
        read_xliff(ENTITIES)


def test_elements_of_other_tools_are_faults_of_their_passage_alone():
    content = write_xliff(build_file([build_passage("a", "A"), build_passage("b", "B", 1)]))
    content = content.replace(b">A</", b'>A<ph id="1">%s</ph></').replace(
        b">B</", b'><mrk mtype="seg" mid="0">B</mrk></'
    )

    with override("en"):
        first, second = read_xliff(content).texts[0].passages

    assert (first.fault, second.fault, second.target) == ("<ph> is not kept", "", "B")


def test_markup_that_is_not_closed_is_a_fault():
    with override("en"):
        assert parse_markup("<b>Vigtigt</i>")[1] == ["</i> closes nothing", "<b> is not closed"]


def test_target_that_a_tool_filled_without_touching_its_state_is_taken():
    content = write_xliff(build_file([build_passage("a")]))
    assert b'<target state="needs-translation"></target>' in content

    (passage,) = read_xliff(content.replace(b'translation"></target>', b'translation">A</target>')).texts[0].passages

    assert (passage.target, passage.is_unsure) == ("A", False)


@pytest.mark.parametrize("html", ["<b>" * 5000 + "x" + "</b>" * 5000, "<b/>" * 5000])
def test_elements_within_each_other_without_end_are_a_fault_or_nothing(html):
    with override("en"):
        nodes, faults = parse_markup(html)

    assert faults[:1] in ([], ["too many elements stand within each other"])
    assert write_markup(nodes)


def test_entry_with_another_context_is_told_by_itself():
    content = write_po(build_file([build_passage("a")])).replace(str(UUID(int=7)).encode(), str(uuid4()).encode()[:9])

    file = read_po(content)

    assert (file.texts, file.strays) == ([], ("a",))


@pytest.mark.parametrize(
    ("read", "content", "said"),
    [
        (read_xliff, b"<xliff>\n", "the XML breaks off or is broken in line 2, column 1"),
        (read_po, b"hej\n", "it is not written as PO, or not in UTF-8"),
    ],
)
def test_file_that_cannot_be_read_is_told_in_the_readers_language(read, content, said):
    with override("en"), pytest.raises(FileRefusedError, match=said):
        read(content)
    with override("da"), pytest.raises(FileRefusedError) as refused:
        read(content)

    assert said not in str(refused.value)


@pytest.mark.parametrize(("name", "said"), [("a.docx", "ends neither in .xlf nor in .po"), ("a.po", "which language")])
def test_file_of_another_kind_or_without_language_says_so(name, said):
    content = write_po(build_file([build_passage("a")], locale=""))

    with override("en"), pytest.raises(FileRefusedError, match=said):
        read_file(name, content)
