"""Import of acts: lines are checked and stored in batches, then grouped into works and released.

A line that is already stored changes nothing. A line without provisions never takes the text away from what has one.
"""

import gzip
import os
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from legal.act_lines import ActLine, LineError, parse_act_line
from legal.enums import ActKind
from legal.grouping import group_pending
from legal.lineage import find_commencement
from legal.models import Expression, Provision
from legal.printing import PrintedProvision, build_printed_provisions
from legal.titles import parse_title

DOCUMENTS_IN_TRANSACTION = 200
PROVISIONS_IN_TRANSACTION = 3_000
MAX_LINE_BYTES = 64 * 1024 * 1024
GZIP_MAGIC = b"\x1f\x8b"


class ImportFileError(Exception):
    """A file that cannot be read as lines; what stood before the damage is imported."""


@dataclass(frozen=True)
class Problem:
    """A line that was refused, and why. Lines count from 1; 0 is the file itself."""

    file: str
    line: int
    reason: str


@dataclass
class ImportReport:
    """What an import did. ``outcomes`` counts documents: new, filled, text changed, metadata changed, unchanged."""

    outcomes: Counter[str] = field(default_factory=Counter)
    provisions: int = 0
    released: int = 0
    changed_texts: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Progress:
    """Where an import tells how far it is."""

    on_bytes: Callable[[str, int], None] = lambda file, count: None
    on_grouped: Callable[[int], None] = lambda count: None


def import_acts(paths: Sequence[Path], progress: Progress | None = None) -> ImportReport:
    """Import files of acts; a refused line or a damaged file is reported and the others go in."""
    told = progress or Progress()
    report = ImportReport()
    with _bounded_memory():
        for path in paths:
            try:
                _import_file(path, report, told)
            except ImportFileError as error:
                report.problems.append(Problem(path.name, 0, str(error)))
        report.released = group_pending(told.on_grouped)
    return report


@contextmanager
def _bounded_memory() -> Iterator[None]:
    """Keep SQLite from mapping the growing file into the import's memory; readers profit from it, a bulk write not."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        mapped = cursor.execute("PRAGMA mmap_size").fetchone()
        cursor.execute("PRAGMA mmap_size=0")
        try:
            yield
        finally:
            if mapped:
                cursor.execute(f"PRAGMA mmap_size={int(mapped[0])}")


def _import_file(path: Path, report: ImportReport, progress: Progress) -> None:
    if not path.is_file() or not os.access(path, os.R_OK):
        raise ImportFileError(_("no file that can be read"))
    with _open_lines(path) as stream:
        try:
            _import_lines(path.name, stream, report, progress)
        except (OSError, EOFError, zlib.error) as error:
            raise ImportFileError(_("damaged: %(reason)s") % {"reason": error}) from error


def _import_lines(name: str, stream: BinaryIO, report: ImportReport, progress: Progress) -> None:
    """Import the lines of one file in batches; what was read before damage is stored."""
    batch: dict[str, ActLine] = {}
    try:
        for number, raw in enumerate(_iterate_lines(stream), start=1):
            progress.on_bytes(name, len(raw))
            if not raw.strip():
                continue
            try:
                line = parse_act_line(raw)
            except LineError as error:
                report.problems.append(Problem(name, number, str(error)))
                continue
            if line.eli_uri in batch or _is_full(batch.values()):
                _store_batch(batch, report)
                batch = {}
            batch[line.eli_uri] = line
    finally:
        _store_batch(batch, report)


@contextmanager
def _open_lines(path: Path) -> Iterator[BinaryIO]:
    with path.open("rb") as raw:
        magic = raw.read(2)
        raw.seek(0)
        yield gzip.GzipFile(fileobj=raw) if magic == GZIP_MAGIC else raw  # type: ignore[misc]


def _iterate_lines(stream: BinaryIO) -> Iterator[bytes]:
    while line := stream.readline(MAX_LINE_BYTES):
        if len(line) == MAX_LINE_BYTES and not line.endswith(b"\n"):
            raise ImportFileError(_("a line is longer than %(size)d MB") % {"size": MAX_LINE_BYTES // 1024**2})
        yield line


def _is_full(lines: Iterable[ActLine]) -> bool:
    counts = [len(line.provisions) for line in lines]
    return len(counts) >= DOCUMENTS_IN_TRANSACTION or sum(counts) >= PROVISIONS_IN_TRANSACTION


@transaction.atomic
def _store_batch(batch: dict[str, ActLine], report: ImportReport) -> None:
    """Store one batch in one transaction; what changed is marked pending for grouping and release."""
    stored = {found.eli_uri: found for found in Expression.objects.filter(eli_uri__in=batch).select_for_update()}
    created: list[Expression] = []
    updated: list[Expression] = []
    texts: list[tuple[Expression, list[PrintedProvision]]] = []
    replaced: list[int] = []
    regrouped: list[int] = []
    for line in batch.values():
        expression = stored.get(line.eli_uri) or Expression(eli_uri=line.eli_uri)
        outcome = _classify(expression, line)
        report.outcomes[outcome] += 1
        if outcome == "unchanged":
            continue
        has_new_text = bool(line.text_hash) and line.text_hash != expression.text_hash
        printed = build_printed_provisions(line.provisions, line.metadata["document_type"]) if has_new_text else None
        if outcome == "text changed":
            report.changed_texts.append(line.eli_uri)
            replaced.append(expression.pk)
        kind = expression.kind
        _take_over(expression, line, printed)
        if expression.work_id and expression.kind != kind:
            regrouped.append(expression.work_id)
        (created if expression.pk is None else updated).append(expression)
        if printed is not None:
            texts.append((expression, printed))
    Expression.objects.bulk_create(created)
    changeable = [entry.name for entry in Expression._meta.fields if entry.name not in ("id", "eli_uri", "work")]
    Expression.objects.bulk_update(updated, changeable, batch_size=50)
    Expression.objects.filter(work__in=regrouped).update(is_pending=True)
    Provision.objects.filter(expression__in=replaced).delete()
    rows = [
        Provision(expression=expression, ordinal=ordinal, **vars(entry))
        for expression, printed in texts
        for ordinal, entry in enumerate(printed)
    ]
    Provision.objects.bulk_create(rows, batch_size=500)
    report.provisions += len(rows)


def _classify(expression: Expression, line: ActLine) -> str:
    if expression.pk is None:
        return "new"
    if line.text_hash and line.text_hash != expression.text_hash:
        return "text changed" if expression.text_hash else "filled"
    is_same = all(getattr(expression, name) == value for name, value in line.metadata.items())
    return "unchanged" if is_same else "metadata changed"


def _take_over(expression: Expression, line: ActLine, printed: Sequence[PrintedProvision] | None) -> None:
    for name, value in line.metadata.items():
        setattr(expression, name, value)
    names = parse_title(expression.title, expression.document_type)
    expression.jurisdiction = names.jurisdiction
    expression.name_key = names.name_key
    expression.popular_key = names.popular_key
    expression.kind = _find_kind(expression, is_amending=names.is_amending)
    if printed is not None:
        expression.text_hash = line.text_hash
        is_main = expression.kind == ActKind.MAIN
        own = [entry.text for entry in printed if not entry.is_transitional]
        expression.founded_on = find_commencement(own) if is_main else None
    expression.is_pending = True
    expression.imported_at = timezone.now()


def _find_kind(expression: Expression, *, is_amending: bool) -> ActKind:
    """LexDania marks amending texts with Æ and commencement orders with I: "LOV Æ#LOKDOK02"."""
    if is_amending or expression.lexdania_type[3:5] in (" Æ", " I"):
        return ActKind.AMENDING
    return ActKind.MAIN if expression.document_type in ("LBK", "LOV") else ActKind.OTHER
