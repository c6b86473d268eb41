"""Interchange files as PO, the format of gettext: one entry a passage.

The context (``msgctxt``) is "content id|source language|path|digest"; what holds for the whole file stands in the header, and the
source's version beside each entry as its reference. Translate Toolkit reads and writes the format itself.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.utils.translation import gettext as _
from translate.storage import pypo

from cms.translation.interchange.texts import (
    FORMAT,
    NO_DIGEST,
    NOT_OURS,
    NOT_READABLE,
    FileRefusedError,
    FormerTranslation,
    Passage,
    PassageId,
    TranslationFile,
    TranslationText,
)

FORMAT_HEADER = "X-Videnbro-Format"
EXPORT_HEADER = "X-Videnbro-Export"
MOMENT_HEADER = "X-Videnbro-Exported-At"
SEPARATOR = "|"

Entry = tuple[UUID, str, str, str, Passage]


def write_po(file: TranslationFile) -> bytes:
    """Write a file of translations as PO."""
    store = pypo.pofile()
    header = {
        "Project-Id-Version": "Videnbro",
        "Language": file.locale,
        "Content-Type": "text/plain; charset=UTF-8",
        FORMAT_HEADER: FORMAT,
        EXPORT_HEADER: file.export_id,
        MOMENT_HEADER: file.exported_at.isoformat(),
    }
    store.updateheader(add=True, **header)
    for text in file.texts:
        for passage in text.passages:
            store.addunit(_build_entry(store, text, passage))
    return bytes(store)


def _build_entry(store: pypo.pofile, text: TranslationText, passage: Passage) -> pypo.pounit:
    entry = store.UnitClass(passage.source)
    entry.setcontext(SEPARATOR.join([str(text.content_id), text.source_locale, passage.id.path, passage.id.digest.hex]))
    entry.addlocation(f"{text.content_id}@{text.version}")
    for note in [text.title, *passage.notes]:
        entry.addnote(" ".join(note.split()), "developer")
    if passage.former is not None:
        entry.prev_source = passage.former.source
        entry.target = passage.former.target
        entry.markfuzzy(True)
    else:
        entry.target = passage.target
        entry.markfuzzy(passage.is_unsure)
    return entry


def read_po(content: bytes) -> TranslationFile:
    """Read a PO file that was exported before.

    Raises:
        FileRefusedError: if it is no PO in UTF-8, or does not come from an export.
    """
    try:
        content.decode("utf-8")
        store = pypo.pofile.parsestring(content.removeprefix(b"\xef\xbb\xbf"))
    # The toolkit's reader fails in many ways, and says so in its own exceptions or those of the string it was reading.
    except Exception as error:
        reason = _("it is not written as PO, or not in UTF-8")
        raise FileRefusedError(NOT_READABLE % {"format": "PO", "reason": reason}) from error
    header = store.parseheader()
    if header.get(FORMAT_HEADER) != FORMAT:
        raise FileRefusedError(NOT_OURS % {"missing": FORMAT_HEADER})
    entries = [_read_entry(unit) for unit in store.units if not (unit.isheader() or unit.isobsolete())]
    return TranslationFile(
        locale=header.get("Language", ""),
        export_id=header.get(EXPORT_HEADER, ""),
        exported_at=read_moment(header.get(MOMENT_HEADER, ""), MOMENT_HEADER),
        texts=list(_read_texts(entry for entry in entries if not isinstance(entry, str))),
        strays=tuple(entry for entry in entries if isinstance(entry, str)),
    )


def read_moment(written: str, name: str) -> datetime:
    """Read when the file was exported.

    Raises:
        FileRefusedError: if that is not said, or has no time zone.
    """
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise FileRefusedError(NOT_OURS % {"missing": name}) from error
    if moment.tzinfo is None:
        raise FileRefusedError(NOT_OURS % {"missing": name})
    return moment


def read_digest(written: str) -> UUID:
    """Read the digest of a passage; of what no export wrote it is one that no passage has."""
    try:
        return UUID(written)
    except ValueError:
        return NO_DIGEST


def _read_texts(entries: Iterable[Entry]) -> Iterator[TranslationText]:
    # A translator's tool may have its own order.
    ordered = sorted(entries, key=lambda entry: (str(entry[0]), entry[1]))
    for (content_id, source_locale), group in groupby(ordered, key=lambda entry: entry[:2]):
        members = list(group)
        yield TranslationText(
            content_id, source_locale, members[0][2], members[0][3], [passage for *_text, passage in members]
        )


def _read_entry(unit: pypo.pounit) -> Entry | str:
    """Read one entry: its text's id, source language, version and title, and the passage; its words where it names no text."""
    try:
        content_id, source_locale, path, digest = unit.getcontext().split(SEPARATOR)
        identity = UUID(content_id)
    except ValueError:
        return str(unit.source)
    passage_id = PassageId(path, read_digest(digest))
    version = next((place.partition("@")[2] for place in unit.getlocations() if "@" in place), "")
    notes = unit.getnotes("developer").splitlines()
    is_unsure = unit.isfuzzy() and bool(unit.target)
    former = FormerTranslation(str(unit.prev_source), str(unit.target)) if is_unsure and unit.prev_source else None
    passage = Passage(
        passage_id,
        str(unit.source),
        "" if former else str(unit.target),
        is_unsure=is_unsure and former is None,
        notes=notes[1:],
        former=former,
    )
    return identity, source_locale, version, notes[0] if notes else "", passage
