"""Reading XML that a stranger wrote: a tree of elements within limits, without document types and entities.

A file is read whole or refused whole. The limits are far above what the law needs (the longest acts have about 5 MB,
100,000 elements and a depth of 20).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from django.utils.translation import gettext as _

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 200
MAX_ELEMENTS = 1_000_000
MAX_ATTRIBUTES = 64
MAX_ATTRIBUTE_LENGTH = 10_000
# A tag that is not at its end after so many bytes is no tag of ours; expat would go on collecting it.
MAX_TAG_BYTES = 1024 * 1024
CHUNK_BYTES = 64 * 1024
ENCODINGS = frozenset({"utf-8", "utf-16", "us-ascii", "iso-8859-1", "iso-8859-15", "windows-1252"})
DECLARED_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class XmlError(ValueError):
    """A file that is refused; the message is for the person who imports."""


@dataclass
class Element:
    """One element; ``children`` holds elements and pieces of text in the order of the file."""

    tag: str
    attributes: dict[str, str]
    children: list["Element | str"] = field(default_factory=list)

    def __iter__(self) -> Iterator["Element"]:
        """Iterate over the elements directly inside, without the text between them."""
        return (child for child in self.children if isinstance(child, Element))

    def find(self, tag: str) -> "Element | None":
        """Find the first element of a name directly inside."""
        return next((child for child in self if child.tag == tag), None)


@dataclass(frozen=True)
class ReadXml:
    """The root of a file and what is to be said about the file itself."""

    root: Element
    warnings: tuple[str, ...]


def read_xml(content: bytes) -> ReadXml:
    """Read one file.

    Raises:
        XmlError: if the file is no well-formed XML in the encoding it declares, declares a document type, or goes
            beyond a limit.
    """
    if len(content) > MAX_BYTES:
        raise XmlError(_("longer than %(size)d MB") % {"size": MAX_BYTES // 1024**2})
    encoding, warnings = _choose_encoding(content)
    reader = _Reader(encoding)
    return ReadXml(reader.read(content), warnings)


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


class _Reader:
    """Builds the tree from expat's events and stops at the first that is not wanted."""

    def __init__(self, encoding: str | None) -> None:
        self.parser = expat.ParserCreate(encoding)
        self.parser.buffer_text = True
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.EntityDeclHandler = self._refuse_doctype
        self.parser.ExternalEntityRefHandler = self._refuse_doctype
        self.parser.StartElementHandler = self._open
        self.parser.EndElementHandler = self._close
        self.parser.CharacterDataHandler = self._write
        self.root: Element | None = None
        self.path: list[Element] = []
        self.count = 0

    def read(self, content: bytes) -> Element:
        try:
            for start in range(0, len(content), CHUNK_BYTES):
                end = start + CHUNK_BYTES
                self.parser.Parse(content[start:end], False)
                if end - self.parser.CurrentByteIndex > MAX_TAG_BYTES:
                    raise XmlError(_("a tag is longer than %(size)d MB") % {"size": MAX_TAG_BYTES // 1024**2})
            self.parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise XmlError(_describe(error)) from error
        if self.root is None:
            raise XmlError(_("no XML"))
        return self.root

    def _refuse_doctype(self, *arguments: object) -> int:
        raise XmlError(_("declares a document type or entities, which are not read"))

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MAX_ELEMENTS:
            raise XmlError(_("more than %(limit)d elements") % {"limit": MAX_ELEMENTS})
        if len(self.path) >= MAX_DEPTH:
            raise XmlError(_("elements nested deeper than %(limit)d") % {"limit": MAX_DEPTH})
        if len(attributes) > MAX_ATTRIBUTES or any(len(value) > MAX_ATTRIBUTE_LENGTH for value in attributes.values()):
            raise XmlError(_("<%(tag)s> has too many or too long attributes") % {"tag": tag[:40]})
        element = Element(tag, attributes)
        if self.path:
            self.path[-1].children.append(element)
        else:
            self.root = element
        self.path.append(element)

    def _close(self, tag: str) -> None:
        self.path.pop()

    def _write(self, text: str) -> None:
        self.path[-1].children.append(text)


def _describe(error: expat.ExpatError) -> str:
    place = {"line": error.lineno, "reason": expat.ErrorString(error.code)}
    if error.code in (expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS], expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN]):
        return _("line %(line)d: the file breaks off (%(reason)s)") % place
    if error.code == expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]:
        return _("line %(line)d: damaged, or not in the encoding it declares (%(reason)s)") % place
    return _("line %(line)d: damaged (%(reason)s)") % place
