"""Import of acts: texts are checked and stored in batches, then grouped into works and released.

A text that is already stored changes nothing. A document without sections never takes the text away from what has one, and
another text under the same ELI URI replaces the stored one and is recorded as a move of the source.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from cms.core.locking import hold_lock
from legal.enums import ActKind
from legal.grouping.work_groups import LAW_LOCK, release_pending_texts
from legal.intake.import_files import iterate_acts
from legal.intake.import_report import ActImportReport, ImportProblem, ImportProgress, MovedText
from legal.intake.printed_provisions import PrintedProvision, build_printed_provisions
from legal.intake.source_deviations import hash_wording, load_provisions, store_deviation
from legal.intake.source_effects import store_source_effects
from legal.language.act_titles import parse_title
from legal.language.work_lines import find_commencement
from legal.lines.act_lines import ActLine
from legal.models import Expression, Provision

__all__ = ["ActImportReport", "ImportProblem", "ImportProgress", "import_acts", "store_acts"]

DOCUMENTS_IN_TRANSACTION = 200
PROVISIONS_IN_TRANSACTION = 3_000
UNTOUCHED = ("id", "eli_uri", "work", "assessed_at")
REPLACING = frozenset({"text changed", "text completed", "text respelled"})


def import_acts(paths: Sequence[Path], progress: ImportProgress | None = None) -> ActImportReport:
    """Import files of acts; a refused document or a damaged file is reported and the others go in."""
    told = progress or ImportProgress()
    report = ActImportReport()
    with _bounded_memory():
        store_acts((line for path in paths for line in iterate_acts(path, report, told)), report)
        report.released = release_pending_texts(told.on_grouped)
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


def store_acts(lines: Iterable[ActLine], report: ActImportReport) -> None:
    """Store texts in batches, each whole or not at all; what was read before an error is stored.

    They are pending until ``legal.grouping.work_groups.release_pending_texts`` has given them their works.
    """
    batch: dict[str, ActLine] = {}
    try:
        for line in lines:
            if line.eli_uri in batch or _is_full(batch.values()):
                _store_batch(batch, report)
                batch = {}
            batch[line.eli_uri] = line
    finally:
        _store_batch(batch, report)


def _is_full(lines: Iterable[ActLine]) -> bool:
    counts = [len(line.provisions) for line in lines]
    return len(counts) >= DOCUMENTS_IN_TRANSACTION or sum(counts) >= PROVISIONS_IN_TRANSACTION


@dataclass(frozen=True)
class _Arrival:
    """One text beside what is stored of it. ``stored`` is loaded only where the texts are not the same."""

    line: ActLine
    expression: Expression
    stored: Sequence[Provision]

    @property
    def outcome(self) -> str:
        """The outcome, in the words of ``ActImportReport.outcomes``."""
        if self.expression.pk is None:
            return "new"
        text = self._compare_text()
        if text != "unchanged":
            return text
        is_same = all(getattr(self.expression, name) == value for name, value in self.build_metadata(text).items())
        return "unchanged" if is_same else "metadata changed"

    def build_metadata(self, outcome: str) -> Mapping[str, Any]:
        """Build the fields to take over; ``source_hash`` always belongs to the file the stored text was read from."""
        metadata = dict(self.line.metadata)
        if outcome in REPLACING or outcome in ("new", "filled"):
            metadata.setdefault("source_hash", "")
        elif self.line.text_hash != self.expression.text_hash:
            metadata.pop("source_hash", None)
        return metadata

    def _compare_text(self) -> str:
        new, old = self.line.text_hash, self.expression.text_hash
        if not new or new == old:
            return "unchanged"
        if not old:
            return "filled"
        is_file, was_file = "source_hash" in self.line.metadata, bool(self.expression.source_hash)
        is_poorer = was_file and not is_file
        if hash_wording(entry.text for entry in self.stored) == hash_wording(
            text for *_ids, text in self.line.provisions
        ):
            return "unchanged" if is_poorer else "text respelled"
        if self.expression.kind == ActKind.AMENDING and is_file != was_file:
            return "unchanged" if is_poorer else "text completed"
        return "text changed"


def _store_batch(batch: Mapping[str, ActLine], report: ActImportReport) -> None:
    """Store one batch in one transaction; what changed is marked pending for grouping and release.

    The lock keeps two imports from storing the same new text, and the grouping from settling a text that is just changing.
    """
    with transaction.atomic(), hold_lock(LAW_LOCK):
        _store_arrivals(batch, report)


def _store_arrivals(batch: Mapping[str, ActLine], report: ActImportReport) -> None:
    created: list[Expression] = []
    updated: list[Expression] = []
    texts: list[tuple[Expression, list[PrintedProvision]]] = []
    replaced: list[int] = []
    regrouped: list[int] = []
    changed: list[tuple[Expression, ActLine]] = []
    for arrival in _list_arrivals(batch):
        line, expression, outcome = arrival.line, arrival.expression, arrival.outcome
        report.outcomes[outcome] += 1
        if outcome == "unchanged":
            continue
        printed = None
        if outcome in REPLACING or (outcome in ("new", "filled") and line.text_hash):
            printed = build_printed_provisions(line.provisions, line.metadata["document_type"])
            texts.append((expression, printed))
        if outcome in REPLACING:
            replaced.append(expression.pk)
        if outcome == "text changed":
            report.moved.append(MovedText(line.eli_uri, expression.text_hash, line.text_hash))
            store_deviation(expression, arrival.stored, line, printed or [])
        kind = expression.kind
        _take_over(expression, line, arrival.build_metadata(outcome), printed)
        if expression.work_id and expression.kind != kind:
            regrouped.append(expression.work_id)
        (created if expression.pk is None else updated).append(expression)
        changed.append((expression, line))
    Expression.objects.bulk_create(created)
    changeable = [entry.name for entry in Expression._meta.fields if entry.name not in UNTOUCHED]
    Expression.objects.bulk_update(updated, changeable, batch_size=50)
    Expression.objects.filter(work__in=regrouped).update(is_pending=True)
    Provision.objects.filter(expression__in=replaced).delete()
    rows = [
        Provision(expression=expression, ordinal=ordinal, **vars(entry))
        for expression, printed in texts
        for ordinal, entry in enumerate(printed)
    ]
    Provision.objects.bulk_create(rows, batch_size=500)
    store_source_effects(changed)
    report.provisions += len(rows)


def _list_arrivals(batch: Mapping[str, ActLine]) -> Iterator[_Arrival]:
    known = {found.eli_uri: found for found in Expression.objects.filter(eli_uri__in=batch).select_for_update()}
    differing = [
        found.pk
        for found in known.values()
        if found.text_hash and batch[found.eli_uri].text_hash not in ("", found.text_hash)
    ]
    stored = load_provisions(differing)
    for line in batch.values():
        expression = known.get(line.eli_uri) or Expression(eli_uri=line.eli_uri)
        yield _Arrival(line, expression, stored.get(expression.pk, ()))


def _take_over(
    expression: Expression,
    line: ActLine,
    metadata: Mapping[str, Any],
    printed: Sequence[PrintedProvision] | None,
) -> None:
    for name, value in metadata.items():
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
