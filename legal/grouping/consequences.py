"""Stored consequences of relations between texts: repeals, commencements by order, amendments consolidated."""

import re
from collections import defaultdict
from collections.abc import Collection
from datetime import date

from legal.effects.repeal_clauses import find_own_end, find_repeal_day
from legal.enums import RelationKind
from legal.language.cited_sections import is_finer, list_cited_sections
from legal.models import Amendment, Commencement, Expression, Relation, Work
from legal.works.act_commencements import find_first_day
from legal.works.statuses import build_citation_line

# Example: "‹Lov› om ferie sættes i kraft for Grønland"
# Example: "‹Anordning› nr. 5"
WHOLE_TEXT = re.compile(r"(?:Lov|Anordning|Kongelig anordning)\b", re.IGNORECASE)
BY_ORDER = "Sat i kraft ved "
# Example: "‹§ 2. ›§ 1, nr. 3, i lov nr. 5 træder i kraft"
OWN_SECTION = re.compile(r"^§+ ?(\d+ ?[a-zæøå]?)\.? ")
# Example: "§ 1, nr. 3‹, i lov nr. 5 af 3. maj 2019 træder i kraft›"
NUMBERED_TEXT = re.compile(r",? (?:i )?(?:lov|anordning) nr\. .*$", re.IGNORECASE | re.DOTALL)
NOTE_LENGTH = 400


def store_consequences(work_ids: Collection[int]) -> set[int]:
    """Settle these works and return those of which something is known that was not before. Nine queries for any number."""
    works = Work.objects.in_bulk(work_ids)
    return _settle_commencements(works) | _settle_consolidated(works) | _settle_repeals(works)


def _settle_commencements(works: Collection[int]) -> set[int]:
    """Store the commencements that orders give to texts of these works."""
    relations = Relation.objects.filter(kind=RelationKind.COMMENCES, work__in=works).select_related(
        "related", "work__current"
    )
    wanted: dict[int, list[Commencement]] = defaultdict(list)
    changed: set[int] = set()
    for relation in relations.prefetch_related("expression__commencements").order_by("pk"):
        target = relation.related or (relation.work.current if relation.work else None)
        if target is not None:
            wanted[target.pk] += _build_by_order(relation, target)
    stored: dict[int, list[Commencement]] = defaultdict(list)
    for row in Commencement.objects.filter(expression__work__in=works, note__startswith=BY_ORDER).select_related(
        "expression"
    ):
        stored[row.expression_id].append(row)
    for key in {*wanted, *stored}:
        before = {(row.date, str(row.provisions), row.note) for row in stored[key]}
        after = {(row.date, str(row.provisions), row.note) for row in wanted[key]}
        if before != after:
            Commencement.objects.filter(pk__in=[row.pk for row in stored[key]]).delete()
            Commencement.objects.bulk_create(wanted[key])
            changed |= {row.expression.work_id or 0 for row in [*wanted[key], *stored[key]]}
    return changed


def _build_by_order(relation: Relation, target: Expression) -> list[Commencement]:
    """Build what an order puts into force: the day is that of the order's own section in which it says so."""
    order = relation.expression
    days = list(order.commencements.all())
    built = []
    for phrase in relation.text.split("\n"):
        own = OWN_SECTION.match(phrase)
        said = phrase[own.end() :] if own else phrase
        section = own[1] if own else ""
        of_part = next((entry.date for entry in days if entry.provisions and section in entry.provisions), None)
        day = of_part or next((entry.date for entry in days if entry.provisions is None and entry.date), None)
        part = NUMBERED_TEXT.sub("", said)
        # "§ 45 b i lov om …, som affattet ved § 1, nr. 4, i lov nr. …": what commences is the amending text's own § 1.
        part = part.partition("affattet ved ")[2] or part
        sections = None if WHOLE_TEXT.match(said) else list_cited_sections(part)
        if sections == []:
            continue
        told = f": {part}" if is_finer(part) else f": {said}" if "undtagelse" in said else ""
        note = f"{BY_ORDER}{build_citation_line(order)}{told}"[:NOTE_LENGTH]
        built.append(Commencement(expression=target, date=day, provisions=sections, note=note))
    return built


def _settle_consolidated(works: Collection[int]) -> set[int]:
    """Mark the amendments that consolidations of these works say they hold; the earliest consolidation counts."""
    held: dict[tuple[int, int], Expression] = {}
    listed = Relation.objects.filter(
        kind=RelationKind.CONSOLIDATES, expression__work__in=works, related__isnull=False
    ).select_related("expression")
    for relation in listed:
        key = (relation.expression.work_id or 0, relation.related_id or 0)
        if key not in held or relation.expression.order < held[key].order:
            held[key] = relation.expression
    changed = []
    for amendment in Amendment.objects.filter(work__in=works):
        consolidation = held.get((amendment.work_id or 0, amendment.expression_id))
        if amendment.consolidated_in_id != (consolidation.pk if consolidation else None):
            amendment.consolidated_in = consolidation
            changed.append(amendment)
    Amendment.objects.bulk_update(changed, ["consolidated_in"], batch_size=200)
    return {amendment.work_id for amendment in changed if amendment.work_id}


def _settle_repeals(works: dict[int, Work]) -> set[int]:
    """Set since when these works are repealed, and by what.

    The day is the one the repealing sentence gives, else that on which the repealing text commences. A work that got a text
    after that day was not repealed as a whole.
    """
    newest = dict(Work.objects.filter(pk__in=works).values_list("pk", "current__signed_date"))
    found: dict[int, tuple[date, int]] = {}
    relations = Relation.objects.filter(kind=RelationKind.REPEALS, work__in=works).select_related("expression")
    for relation in relations.prefetch_related("expression__commencements"):
        day = _find_end(relation)
        work_id = relation.work_id or 0
        is_later_text = day is not None and newest.get(work_id, day) > day
        if (
            day is not None
            and not is_later_text
            and (work_id not in found or (day, relation.expression_id) < found[work_id])
        ):
            found[work_id] = (day, relation.expression_id)
    changed = []
    for work in works.values():
        day_of, by = found.get(work.pk, (None, None))
        if (work.repealed_on, work.repealed_by_id) != (day_of, by):
            work.repealed_on, work.repealed_by_id = day_of, by
            changed.append(work)
    Work.objects.bulk_update(changed, ["repealed_on", "repealed_by"], batch_size=200)
    return {work.pk for work in changed}


def _find_end(relation: Relation) -> date | None:
    if relation.related_id == relation.expression_id:
        return find_own_end(relation.text)
    return find_repeal_day(relation.text) or find_first_day(relation.expression.commencements.all())
