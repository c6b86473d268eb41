"""Interchange files as XLIFF 1.2 (OASIS standard, February 2008): one ``file`` a text, one ``trans-unit`` a passage.

Inline elements stand as ``g`` and ``x``, so that a translator's tool can move and count them; the id "a1" is wagtail-localize's
own, "b-1" one that the element does not have. Version 2.0 was tried: ``docs/decisions/0020-interchange.md``.
"""

import re
from collections import Counter
from io import BytesIO
from typing import Any
from uuid import UUID
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _
from translate.storage.xliff import Xliff1File, Xliff1Unit

from cms.translation.interchange.inline_markup import VOID, Nodes, Tag, parse_markup, write_markup
from cms.translation.interchange.po_files import read_digest, read_moment
from cms.translation.interchange.texts import (
    FORMAT,
    NOT_OURS,
    NOT_READABLE,
    FileRefusedError,
    FormerTranslation,
    Passage,
    PassageId,
    TranslationFile,
    TranslationText,
)

EMPTY = b"""<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="NoName" source-language="da" datatype="html"><body/></file></xliff>"""
# What XML 1.0 has no way to write.
# Example: "Før‹\x0b›efter"
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# The element's name in the id of its place.
# Example: "‹a›1"
# Example: "‹strong›-2"
NAME = re.compile(r"[a-z]+(?=-?[0-9]*$)")
CONTEXT_TYPES = {"a": "link", "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "br": "lb"}
TRANSPARENT = frozenset(("mrk", "seg-source"))


def write_xliff(file: TranslationFile) -> bytes:
    """Write a file of translations as XLIFF 1.2."""
    store = Xliff1File.parsestring(EMPTY)
    for text in file.texts:
        original = str(text.content_id)
        store.switchfile(original, createifmissing=True)
        node = store.getfilenode(original)
        for name, value in {
            "source-language": text.source_locale,
            "target-language": file.locale,
            "datatype": "html",
            "date": file.exported_at.isoformat(),
            "product-name": FORMAT,
            "product-version": text.version,
            "build-num": file.export_id,
        }.items():
            node.set(name, value)
        for passage in text.passages:
            _add_unit(store, original, text, passage)
    return bytes(store)


def _add_unit(store: Xliff1File, original: str, text: TranslationText, passage: Passage) -> None:
    unit = store.addsourceunit("", filename=original)
    unit.xmlelement.set("id", f"{passage.id.path}#{passage.id.digest.hex}")
    _write_inline(unit.source_dom, parse_markup(passage.source)[0], Counter())
    unit.target = ""
    _write_inline(unit.target_dom, parse_markup(passage.target)[0], Counter())
    unit.target_dom.set("state", _name_state(passage))
    for note in [text.title, *passage.notes]:
        unit.addnote(UNWRITABLE.sub("", note), "developer")
    if passage.former is not None:
        source, target = (UNWRITABLE.sub("", words) for words in (passage.former.source, passage.former.target))
        unit.addalttrans(target, origin="former", sourcetxt=source)


def _name_state(passage: Passage) -> str:
    if passage.former is not None:
        return "needs-adaptation"
    if not passage.target:
        return "needs-translation"
    return "needs-review-translation" if passage.is_unsure else "translated"


def _write_inline(parent: Any, nodes: Nodes, counted: Counter[str]) -> None:
    """Write a passage's nodes into an element, which is empty."""
    last: Any = None
    for node in nodes:
        if isinstance(node, str):
            words = UNWRITABLE.sub("", node)
            if last is None:
                parent.text = (parent.text or "") + words
            else:
                last.tail = (last.tail or "") + words
            continue
        counted[node.name] += 1
        last = parent.makeelement(
            _name_beside(parent.tag, "x" if node.name in VOID else "g"),
            {
                "id": node.id or f"{node.name}-{counted[node.name]}",
                "ctype": CONTEXT_TYPES.get(node.name, f"x-html-{node.name}"),
            },
        )
        parent.append(last)
        _write_inline(last, node.children, counted)


def _name_beside(tag: str, name: str) -> str:
    """Name an element in the namespace of another."""
    return f"{tag.rpartition('}')[0]}}}{name}"


def read_xliff(content: bytes) -> TranslationFile:
    """Read an XLIFF file that was exported before. Nothing outside the file is read, and no entity is expanded.

    Raises:
        FileRefusedError: if it is no XLIFF 1.2, has a document type or entities, or does not come from an export.
    """
    try:
        # The toolkit's parser would take a document type; this one refuses it, before the other begins.
        for _event, element in iterparse(BytesIO(content), forbid_dtd=True):
            element.clear()
        store = Xliff1File.parsestring(content)
    except DefusedXmlException as error:
        reason = _("it has a document type or entities")
        raise FileRefusedError(NOT_READABLE % {"format": "XLIFF", "reason": reason}) from error
    except ParseError as error:
        line, column = error.position
        reason = _("the XML breaks off or is broken in line %(line)s, column %(column)s") % {
            "line": line,
            "column": column + 1,
        }
        raise FileRefusedError(NOT_READABLE % {"format": "XLIFF", "reason": reason}) from error
    # The toolkit's reader fails in many ways on XML that is no XLIFF.
    except Exception as error:
        reason = _("it is XML of another kind, or of another version")
        raise FileRefusedError(NOT_READABLE % {"format": "XLIFF 1.2", "reason": reason}) from error
    nodes = list(store.document.getroot().iterchildren(store.namespaced("file")))
    if not nodes or any(node.get("product-name") != FORMAT for node in nodes):
        raise FileRefusedError(NOT_OURS % {"missing": "product-name"})
    marks = {(node.get("target-language", ""), node.get("build-num", ""), node.get("date", "")) for node in nodes}
    if len(marks) > 1:
        raise FileRefusedError(_("The file is made of several: their languages or exports differ."))
    locale, export_id, moment = marks.pop()
    units: dict[Any, list[Xliff1Unit]] = {node: [] for node in nodes}
    for unit in store.units:
        units[next(unit.xmlelement.iterancestors(store.namespaced("file")))].append(unit)
    return TranslationFile(
        locale, export_id, read_moment(moment, "date"), [_read_text(node, units[node]) for node in nodes]
    )


def _read_text(node: Any, units: list[Xliff1Unit]) -> TranslationText:
    passages = [_read_unit(unit) for unit in units]
    title = next((unit.getnotes("developer").split("\n")[0] for unit in units), "")
    try:
        content_id = UUID(node.get("original", ""))
    except ValueError as error:
        raise FileRefusedError(NOT_OURS % {"missing": "original"}) from error
    return TranslationText(
        content_id, node.get("source-language", ""), node.get("product-version", ""), title, passages
    )


def _read_unit(unit: Xliff1Unit) -> Passage:
    path, _separator, digest = unit.xmlelement.get("id", "").rpartition("#")
    passage_id = PassageId(path, read_digest(digest))
    faults: list[str] = []
    target = write_markup(_read_inline(unit.target_dom, faults)) if unit.target_dom is not None else ""
    state = unit.target_dom.get("state", "") if unit.target_dom is not None else ""
    former = next(
        (FormerTranslation(str(found.source), str(found.target)) for found in unit.getalttrans(origin="former")), None
    )
    return Passage(
        passage_id,
        write_markup(_read_inline(unit.source_dom, [])),
        target,
        # Not "needs-translation": many tools fill an empty target and leave the state as it was.
        is_unsure=bool(target) and state.startswith("needs-review"),
        notes=unit.getnotes("developer").split("\n")[1:],
        former=former if not target else None,
        fault=faults[0] if faults else "",
    )


def _read_inline(parent: Any, faults: list[str]) -> Nodes:
    nodes: Nodes = [parent.text] if parent.text else []
    for child in parent:
        if isinstance(child.tag, str):
            nodes += _read_element(child, faults)
        if child.tail:
            nodes.append(child.tail)
    return nodes


def _read_element(element: Any, faults: list[str]) -> Nodes:
    kind = element.tag.rpartition("}")[2]
    if kind in TRANSPARENT:
        return _read_inline(element, faults)
    written = element.get("id", "")
    name = NAME.match(written)
    if kind not in ("g", "x") or name is None:
        faults.append(_("<%(tag)s> is not kept") % {"tag": kind})
        return _read_inline(element, faults)
    return [Tag(name[0], "" if "-" in written else written, _read_inline(element, faults))]
