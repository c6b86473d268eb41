"""Word files before they are read: nothing is unpacked or parsed that is no plain .docx within limits."""

import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, ParseError, tostring
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from cms.exchange.conversion.findings import refuse

MEGABYTE = 1024 * 1024
LARGEST_UNPACKED = 150 * MEGABYTE
# Some thousand pages; in memory the tree of a part takes fifty times as much.
LARGEST_XML = 8 * MEGABYTE
MOST_ENTRIES = 3000
# XML packs to a twentieth, seldom to a fiftieth; an entry of zeros to a thousandth.
HIGHEST_RATIO = 200
SMALL = 100 * 1024
# Compound File Binary: Word before 2007, and every file that Office has encrypted.
COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
DOCUMENT = "word/document.xml"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CONTENT_TYPES = "[Content_Types].xml"

# A RuntimeError is an entry with a password, a NotImplementedError an unknown way of packing.
UNREADABLE = (BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, zlib.error)


@dataclass(frozen=True)
class WordPackage:
    """Parts of a Word file by name; ``roots`` are the parsed ones."""

    files: dict[str, bytes]
    roots: dict[str, Element]

    def get_document(self) -> Element:
        """Return the root of the text."""
        return self.roots[DOCUMENT]

    def build_file(self) -> BytesIO:
        """Build the file anew from its parts, the text as it stands in ``roots``."""
        target = BytesIO()
        with ZipFile(target, "w") as packed:
            for name, content in self.files.items():
                packed.writestr(name, tostring(self.roots[name], "utf-8") if name == DOCUMENT else content)
        target.seek(0)
        return target


def read_package(data: bytes) -> WordPackage:
    """Read the parts of a Word file.

    Raises:
        ConversionRefusedError: if it is another format, encrypted, damaged, too large unpacked, or has macros or entities.
    """
    if data.startswith(COMPOUND_FILE):
        raise refuse("password" if ENCRYPTED in data else "old-word")
    try:
        with ZipFile(BytesIO(data)) as packed:
            _check_entries(packed)
            files = {entry.filename: packed.read(entry) for entry in packed.infolist() if not entry.is_dir()}
    except UNREADABLE as error:
        raise refuse("broken") from error
    if DOCUMENT not in files:
        raise refuse("not-word")
    _refuse_macros(files)
    roots = {name: _parse(name, content) for name, content in files.items() if name.endswith((".xml", ".rels"))}
    return WordPackage(files, roots)


def _check_entries(packed: ZipFile) -> None:
    entries = packed.infolist()
    names = {entry.filename for entry in entries}
    unpacked = sum(entry.file_size for entry in entries)
    dense = [entry for entry in entries if entry.file_size > max(SMALL, HIGHEST_RATIO * entry.compress_size)]
    is_large = unpacked > LARGEST_UNPACKED or any(
        entry.file_size > LARGEST_XML for entry in entries if entry.filename.endswith((".xml", ".rels"))
    )
    if is_large or dense or len(entries) > MOST_ENTRIES:
        raise refuse("unpacked-size")
    if len(names) < len(entries):
        raise BadZipFile("two entries of one name")


def _refuse_macros(files: dict[str, bytes]) -> None:
    has_project = any("vbaproject" in name.lower() for name in files)
    if has_project or b"macroenabled" in files.get(CONTENT_TYPES, b"").lower():
        raise refuse("macros")


def _parse(name: str, content: bytes) -> Element:
    try:
        root: Any = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise refuse("entities") from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise refuse("broken-part", name=name[:100]) from error
    return root  # type: ignore[no-any-return]
