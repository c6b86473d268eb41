"""Resolution of relations and amendments to the works they name, as soon as these are known here.

A name is looked for again whenever a work is called by it anew, so that what it is resolved to depends on what is known and
not on the order in which it came.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import batched
from typing import Any, NamedTuple

from django.db.models import F, Q

from legal.enums import RelationKind
from legal.grouping.work_names import choose_work, find_named
from legal.language.act_titles import build_name_key
from legal.models import Amendment, Expression, Relation

ROWS_IN_BATCH = 500
LINKING = (RelationKind.AMENDS, RelationKind.REPEALS, RelationKind.COMMENCES, RelationKind.BASED_ON)


class TouchedWorks(NamedTuple):
    """The works one batch concerns: those texts point to now, and those that are amended now or no longer."""

    pointed_to: set[int]
    amended: set[int]


def store_numbered_targets() -> Iterator[TouchedWorks]:
    """Resolve relations that give an ELI URI or an accession number, batch by batch."""
    known = Relation.objects.filter(related__isnull=True).filter(
        Q(target__in=Expression.objects.filter(work__isnull=False).values("eli_uri"))
        | Q(
            target__in=Expression.objects.filter(work__isnull=False)
            .exclude(accession_number="")
            .values("accession_number")
        )
    )
    moved = Relation.objects.filter(related__work__isnull=False).exclude(work__isnull=False, work=F("related__work"))
    keys = [*known.values_list("pk", flat=True), *moved.values_list("pk", flat=True)]
    for batch in batched(sorted(set(keys)), ROWS_IN_BATCH, strict=False):
        relations = list(Relation.objects.filter(pk__in=batch))
        targets = {relation.target for relation in relations}
        texts = Expression.objects.filter(Q(eli_uri__in=targets) | Q(accession_number__in=targets), work__isnull=False)
        found = {}
        for text in texts:
            found[text.accession_number] = text
            found[text.eli_uri] = text
        for relation in relations:
            relation.related = found.get(relation.target)
            relation.work_id = relation.related.work_id if relation.related else None
        Relation.objects.bulk_update(relations, ["related", "work"], batch_size=100)
        yield TouchedWorks({relation.work_id for relation in relations if relation.work_id}, set())


def store_named_targets(keys: Collection[str]) -> Iterator[TouchedWorks]:
    """Resolve relations and amendments that give a name, batch by batch: those not resolved, and those whose name is in
    ``keys``.
    """
    unnumbered = ~Q(target__startswith="http") & ~Q(target__regex=r"^[A-Z]\d{11}$")
    relations = Relation.objects.filter(unnumbered, related__isnull=True, kind__in=LINKING)
    wanted = [
        pk
        for pk, target, work_id in relations.values_list("pk", "target", "work_id")
        if _is_open(target, work_id, keys)
    ]
    for batch in batched(wanted, ROWS_IN_BATCH, strict=False):
        rows = list(Relation.objects.filter(pk__in=batch).select_related("expression"))
        named = find_named(row.target for row in rows)
        works = [choose_work(row.target, named, row.expression.signed_date) for row in rows]
        yield TouchedWorks(_apply(Relation, rows, works), set())
    amendments = Amendment.objects.values_list("pk", "named", "work_id")
    wanted = [pk for pk, name, work_id in amendments if _is_open(name, work_id, keys)]
    for batch in batched(wanted, ROWS_IN_BATCH, strict=False):
        entries = list(Amendment.objects.filter(pk__in=batch).select_related("expression"))
        numbered = _load_amended([entry.expression_id for entry in entries])
        named = find_named(entry.named for entry in entries)
        works = [
            numbered.get((entry.expression_id, entry.named))
            or choose_work(entry.named, named, entry.expression.signed_date)
            for entry in entries
        ]
        amended = _apply(Amendment, entries, works)
        yield TouchedWorks(amended, amended)


def _is_open(name: str, work_id: int | None, keys: Collection[str]) -> bool:
    return work_id is None or (bool(keys) and build_name_key(name)[:400] in keys)


def _apply(model: type[Relation] | type[Amendment], rows: Sequence[Any], works: Sequence[int | None]) -> set[int]:
    """Set the works and return those that rows came to or left."""
    touched: set[int] = set()
    changed = []
    for row, work_id in zip(rows, works, strict=True):
        if row.work_id != work_id:
            touched.update(key for key in (row.work_id, work_id) if key)
            row.work_id = work_id
            changed.append(row)
    model._default_manager.bulk_update(changed, ["work"], batch_size=200)
    return touched


def _load_amended(expression_ids: Collection[int]) -> dict[tuple[int, str], int]:
    """Load what is known by number of the acts that amending texts name, by text and name."""
    amends = Relation.objects.filter(expression__in=expression_ids, kind=RelationKind.AMENDS, work__isnull=False)
    return {
        (expression_id, text.partition(", jf.")[0].strip()): work_id
        for expression_id, text, work_id in amends.values_list("expression_id", "text", "work_id")
    }
