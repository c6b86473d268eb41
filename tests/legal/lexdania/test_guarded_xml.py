"""Reading XML safely: what is refused before anything is built, and in which encoding a file is read."""

from collections.abc import Callable

import pytest

from legal.lexdania import guarded_xml as reading
from legal.lexdania.guarded_xml import MAX_BYTES, MAX_TAG_BYTES, XmlError, parse_xml

BILLION_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE Dokument [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    b"<Dokument>&c;</Dokument>"
)
EXTERNAL_ENTITY = b'<?xml version="1.0"?><!DOCTYPE Dokument [<!ENTITY secret SYSTEM "file:///etc/hostname">]><Dokument>&secret;</Dokument>'
EXTERNAL_TYPE = b'<!DOCTYPE Dokument SYSTEM "http://127.0.0.1:9/evil.dtd"><Dokument/>'


@pytest.fixture(autouse=True)
def _english(english: None) -> None:
    """Reasons are asserted in the language of the source code."""


@pytest.mark.parametrize(
    ("build", "reason"),
    [
        (lambda: BILLION_LAUGHS, "document type or entities"),
        (lambda: EXTERNAL_ENTITY, "document type or entities"),
        (lambda: EXTERNAL_TYPE, "document type or entities"),
        (lambda: b"<a>&unknown;</a>", "damaged (undefined entity)"),
        (lambda: b"<a>" * 500 + b"</a>" * 500, "deeper than 200"),
        (lambda: b"<a b='" + b"x" * (MAX_TAG_BYTES * 2) + b"'/>", "a tag is longer than 1 MB"),
        (lambda: b"<a b='" + b"x" * 20_000 + b"'/>", "<a> has too many or too long attributes"),
        (lambda: b"<a " + b" ".join(b"b%d='1'" % n for n in range(100)) + b"/>", "<a> has too many or too long attributes"),
        (lambda: b"<a>" + b"<b/>" * reading.MAX_TAGS + b"</a>", "more than 2000000 tags"),
        (lambda: b"<a>" + b"x" * MAX_BYTES + b"</a>", "longer than 64 MB"),
        (lambda: b"", "breaks off"),
        (lambda: b"no xml", "damaged"),
        (lambda: b"<a><b>text", "breaks off"),
        (lambda: b"<a><b></a>", "mismatched tag"),
        (lambda: b"<a><x:b/></a>", "unbound prefix"),
        (lambda: b"<a/><b/>", "junk after document element"),
        (lambda: '<?xml version="1.0" encoding="utf-8"?><a>§ 1. Børn</a>'.encode("iso-8859-1"), "not in the encoding it declares"),
        (lambda: b'<?xml version="1.0" encoding="utf-7"?><a/>', "the encoding “utf-7” is not read"),
        ('<?xml version="1.0" encoding="utf-16"?><a>Børn</a>'.encode, "damaged"),
    ],
)  # fmt: skip
def test_unwanted_file_is_refused_with_the_reason(build: Callable[[], bytes], reason: str) -> None:
    with pytest.raises(XmlError) as refused:
        parse_xml(build())

    assert reason in str(refused.value)


def test_giant_attribute_is_refused_without_waiting_for_its_end() -> None:
    content = b"<a b='" + b"x" * (MAX_BYTES - 100)

    with pytest.raises(XmlError, match="a tag is longer than 1 MB"):
        parse_xml(content)


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252", "utf-16"])
def test_declared_encoding_is_followed(encoding: str) -> None:
    content = f'<?xml version="1.0" encoding="{encoding}"?><a>§ 1. Børn på øen</a>'.encode(encoding)

    read = parse_xml(content)

    assert (read.root.text, read.warnings) == ("§ 1. Børn på øen", ())


def test_utf_8_under_another_declaration_is_read_as_what_it_is_and_told() -> None:
    content = '<?xml version="1.0" encoding="iso-8859-1"?><a>§ 1. Børn</a>'.encode()

    read = parse_xml(content)

    assert read.root.text == "§ 1. Børn"
    assert read.warnings == ("declares the encoding iso-8859-1 but is written in utf-8, and was read so",)
