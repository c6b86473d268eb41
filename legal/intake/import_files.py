"""Reader of files that hold acts: NDJSON or LexDania XML, plain or gzip, zip archives and directories of them.

What a file is shows in its first bytes, whatever its name.
"""

import gzip
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from cms.core.json_lines import strip_byte_order_mark
from legal.intake.import_report import ActImportReport, ImportProblem, ImportProgress
from legal.lexdania.guarded_xml import MAX_BYTES
from legal.lexdania.lexdania_document import parse_document
from legal.lines.act_lines import ActLine, ActLineError, parse_act_line

MAX_LINE_BYTES = 64 * 1024 * 1024
GZIP_MAGIC = b"\x1f\x8b"
LONGEST_BEGINNING = 256
XML_BEGINNINGS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\x00<")
SUFFIXES = (".xml", ".xml.gz", ".ndjson", ".ndjson.gz")


class ImportFileError(Exception):
    """A file that cannot be read further; what stood before the damage is taken in."""


def iterate_acts(path: Path, report: ActImportReport, progress: ImportProgress) -> Iterator[ActLine]:
    """Iterate over the acts of a file or directory; what is refused, and what is doubtful, goes into the report."""
    if path.is_dir():
        for inner in sorted(found for found in path.rglob("*") if found.name.endswith(SUFFIXES)):
            yield from iterate_acts(inner, report, progress)
        return
    if not path.is_file() or not os.access(path, os.R_OK):
        report.problems.append(ImportProblem(path.name, 0, _("no file that can be read")))
        return
    with path.open("rb") as raw:
        if zipfile.is_zipfile(raw):
            yield from _iterate_archive(path.name, raw, report, progress)
        else:
            raw.seek(0)
            yield from _iterate_stream(path.name, raw, report, progress)


def _iterate_archive(name: str, raw: IO[bytes], report: ActImportReport, progress: ImportProgress) -> Iterator[ActLine]:
    with zipfile.ZipFile(raw) as archive:
        for member in archive.infolist():
            if member.is_dir():
                continue
            member_name = f"{name}/{member.filename}"
            try:
                stream = archive.open(member)
            except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:  # damaged, or encrypted
                report.problems.append(ImportProblem(member_name, 0, _("damaged: %(reason)s") % {"reason": error}))
                continue
            with stream:
                yield from _iterate_stream(member_name, stream, report, progress)


def _iterate_stream(name: str, raw: IO[bytes], report: ActImportReport, progress: ImportProgress) -> Iterator[ActLine]:
    try:
        with _unpack(raw) as stream:
            beginning = stream.read(LONGEST_BEGINNING)
            stream.seek(0)
            if beginning.lstrip().startswith(XML_BEGINNINGS):
                yield from _iterate_document(name, stream.read(MAX_BYTES + 1), report, progress)
            else:
                yield from _iterate_lines(name, stream, report, progress)
    except ImportFileError as error:
        report.problems.append(ImportProblem(name, 0, str(error)))
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        report.problems.append(ImportProblem(name, 0, _("damaged: %(reason)s") % {"reason": error}))


@contextmanager
def _unpack(raw: IO[bytes]) -> Iterator[IO[bytes]]:
    magic = raw.read(2)
    raw.seek(0)
    yield gzip.GzipFile(fileobj=raw) if magic == GZIP_MAGIC else raw  # type: ignore[misc]


def _iterate_document(
    name: str, content: bytes, report: ActImportReport, progress: ImportProgress
) -> Iterator[ActLine]:
    progress.on_bytes(name, len(content))
    try:
        line = parse_document(content)
    except ActLineError as error:
        report.problems.append(ImportProblem(name, 0, str(error)))
        return
    report.warnings += [ImportProblem(name, 0, warning) for warning in line.warnings]
    yield line


def _iterate_lines(
    name: str, stream: IO[bytes], report: ActImportReport, progress: ImportProgress
) -> Iterator[ActLine]:
    for number, raw in enumerate(_split_lines(stream), start=1):
        progress.on_bytes(name, len(raw))
        line = strip_byte_order_mark(raw) if number == 1 else raw
        if not line.strip():
            continue
        try:
            yield parse_act_line(line)
        except ActLineError as error:
            report.problems.append(ImportProblem(name, number, str(error)))


def _split_lines(stream: IO[bytes]) -> Iterator[bytes]:
    while line := stream.readline(MAX_LINE_BYTES):
        if len(line) == MAX_LINE_BYTES and not line.endswith(b"\n"):
            raise ImportFileError(_("a line is longer than %(size)d MB") % {"size": MAX_LINE_BYTES // 1024**2})
        yield line
