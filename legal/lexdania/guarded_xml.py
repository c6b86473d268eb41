"""Parser of untrusted XML: a tree of elements within limits, without document types and entities.

Two passes over the bytes: the first builds nothing and refuses what is not wanted before anything is built; the second builds
the tree (docs/decisions/0007). A file is read whole or refused whole. The limits are far above what the law needs (the
longest acts have about 5 MB, 100,000 elements and a depth of 20).
"""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, XMLParser
from xml.parsers import expat

from django.utils.translation import gettext as _

MEGABYTE = 1024 * 1024
MAX_BYTES = 64 * MEGABYTE
MAX_DEPTH = 200
MAX_TAGS = 2_000_000
MAX_ATTRIBUTES = 64
MAX_ATTRIBUTE_LENGTH = 10_000
# A tag that is not at its end after so many bytes is no tag of ours; expat would go on collecting it.
MAX_TAG_BYTES = MEGABYTE
CHUNK_BYTES = 64 * 1024
ENCODINGS = frozenset({"utf-8", "utf-16", "us-ascii", "iso-8859-1", "iso-8859-15", "windows-1252"})
# Example: "‹<?xml version='1.0' encoding='iso-8859-1'›?>"
DECLARED_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
BROKEN_OFF = {
    expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
    expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR],
}
BAD_CHARACTER = expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]


class XmlError(ValueError):
    """A file that is refused; the message is for the person who imports."""


@dataclass(frozen=True)
class ParsedXml:
    """The root of a file and what is to be said about the file itself."""

    root: Element
    warnings: tuple[str, ...]


def parse_xml(content: bytes) -> ParsedXml:
    """Read one file.

    Raises:
        XmlError: if the file is no well-formed XML in the encoding it declares, declares a document type, or goes
            beyond a limit.
    """
    if len(content) > MAX_BYTES:
        raise XmlError(_("longer than %(size)d MB") % {"size": MAX_BYTES // MEGABYTE})
    if content.count(b"<") > MAX_TAGS:
        raise XmlError(_("more than %(limit)d tags") % {"limit": MAX_TAGS})
    encoding, warnings = _choose_encoding(content)
    _guard(content, encoding)
    parser = XMLParser(encoding=encoding)  # noqa: S314
    parser.feed(content)
    root: Element = parser.close()
    _check_shape(root)
    return ParsedXml(root, warnings)


def _choose_encoding(content: bytes) -> tuple[str | None, tuple[str, ...]]:
    """Choose the encoding to read in: ``None`` leaves it to the declaration.

    A file whose bytes are valid UTF-8 beyond ASCII is UTF-8 whatever one-byte encoding it declares: Danish text in such an
    encoding is never valid UTF-8 by chance.
    """
    declared = DECLARED_ENCODING.match(content[:1024])
    if declared is None:
        return None, ()
    name = declared[1].decode("ascii").lower()
    if name not in ENCODINGS:
        raise XmlError(_("the encoding “%(name)s” is not read") % {"name": name})
    if name in ("utf-8", "utf-16") or content.isascii() or content.startswith(UTF_16_MARKS):
        return None, ()
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None, ()
    return "utf-8", (_("declares the encoding %(name)s but is written in utf-8, and was read so") % {"name": name},)


def _guard(content: bytes, encoding: str | None) -> None:
    """Go through a file without building anything; refuse document types, entities, endless tags and damage."""
    parser = expat.ParserCreate(
        encoding, "}"
    )  # with names resolved as the second pass does, so that it meets no surprise
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    parser.ExternalEntityRefHandler = _refuse_doctype
    try:
        for start in range(0, len(content), CHUNK_BYTES):
            end = start + CHUNK_BYTES
            parser.Parse(content[start:end], False)
            if end - parser.CurrentByteIndex > MAX_TAG_BYTES:
                raise XmlError(_("a tag is longer than %(size)d MB") % {"size": MAX_TAG_BYTES // MEGABYTE})
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise XmlError(_describe(error)) from error


def _refuse_doctype(*arguments: object) -> int:
    raise XmlError(_("declares a document type or entities, which are not read"))


def _check_shape(root: Element) -> None:
    """Check depth and attributes, one level after the other."""
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise XmlError(_("elements nested deeper than %(limit)d") % {"limit": MAX_DEPTH})
        for element in level:
            values = element.attrib.values()
            if len(values) > MAX_ATTRIBUTES or any(len(value) > MAX_ATTRIBUTE_LENGTH for value in values):
                raise XmlError(_("<%(tag)s> has too many or too long attributes") % {"tag": element.tag[:40]})
        level = [child for element in level for child in element]


def _describe(error: expat.ExpatError) -> str:
    told = {"line": error.lineno, "reason": expat.ErrorString(error.code)}
    if error.code in BROKEN_OFF:
        return _("line %(line)d: the file breaks off (%(reason)s)") % told
    if error.code == BAD_CHARACTER:
        return _("line %(line)d: damaged, or not in the encoding it declares (%(reason)s)") % told
    return _("line %(line)d: damaged (%(reason)s)") % told
