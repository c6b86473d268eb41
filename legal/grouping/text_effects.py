"""Storage of the effects read out of texts: commencements, amendments, relations to other texts.

The metadata of the source come first: a text that was read from a file (``source_hash``) keeps the commencements in parts that
the file gives, and a day of the source wins over the day of the clause. What is read again replaces what was read before.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db.models import Q

from legal.effects.amendment_clauses import FoundAmendment, has_own_text, parse_amendments
from legal.effects.commencement_clauses import (
    CommencementClause,
    FoundCommencement,
    TextDates,
    parse_commencement_clause,
)
from legal.effects.legal_references import parse_commenced, parse_consolidated, parse_directives, parse_legal_basis
from legal.effects.repeal_clauses import find_repeals
from legal.enums import ActKind, RelationKind
from legal.grouping.consequences import BY_ORDER
from legal.models import Amendment, Commencement, Expression, Provision, Relation

Section = tuple[str, str, str]
# Only the source's metadata name a text by its accession number; those rows are not ours to replace.
ACCESSION_NUMBER = r"^[A-Z]\d{11}$"
TARGET_LENGTH = 400
PLACE_LENGTH = 20


def store_text_effects(expressions: Sequence[Expression]) -> None:
    """Read and store what these texts do, from the sections stored. Seven statements for any number, in one transaction."""
    ids = [expression.pk for expression in expressions]
    sections = _load_sections(ids)
    clauses = {
        expression.pk: _read_clause(expression, sections[expression.pk])
        for expression in expressions
        if expression.document_type != "LBK"
    }
    Relation.objects.filter(expression__in=ids).exclude(target__regex=ACCESSION_NUMBER).delete()
    Amendment.objects.filter(expression__in=ids).delete()
    _store_commencements(expressions, clauses)
    _store_applicable(expressions, clauses)
    amendments = {
        expression.pk: parse_amendments(expression.title, sections[expression.pk])
        for expression in expressions
        if expression.kind == ActKind.AMENDING
    }
    Amendment.objects.bulk_create(
        [
            Amendment(
                expression_id=key, named=entry.named, place=entry.place[:PLACE_LENGTH], provisions=list(entry.sections)
            )
            for key, entries in amendments.items()
            for entry in {(entry.named, entry.place[:PLACE_LENGTH]): entry for entry in entries}.values()
        ],
        batch_size=500,
    )
    rows: dict[tuple[int, str, str], Relation] = {}
    for expression in expressions:
        clause = clauses.get(expression.pk, CommencementClause())
        for kind, target, text in _list_relations(
            expression, sections[expression.pk], clause, amendments.get(expression.pk, [])
        ):
            key = (expression.pk, kind.value, target[:TARGET_LENGTH])
            rows.setdefault(key, Relation(expression=expression, kind=kind, target=key[2], text=text))
    Relation.objects.bulk_create(rows.values(), batch_size=500, ignore_conflicts=True)


def _load_sections(ids: Sequence[int]) -> dict[int, list[Section]]:
    """Load the own sections; of a consolidation only those that may name a directive."""
    sections: dict[int, list[Section]] = defaultdict(list)
    rows = Provision.objects.filter(
        ~Q(expression__document_type="LBK") | Q(text__contains="irektiv"), expression__in=ids, is_transitional=False
    ).order_by("expression_id", "ordinal")
    values = rows.values_list("expression_id", "section", "chapter", "text")
    for key, section, chapter, text in values.iterator(chunk_size=2000):
        sections[key].append((section, chapter, text))
    return sections


def _is_extract(expression: Expression, sections: Sequence[Section]) -> bool:
    """Say whether the sections are those an amending act inserts elsewhere: some sources give no more of it."""
    return expression.lexdania_type[3:5] == " Æ" and not has_own_text(sections)


def _read_clause(expression: Expression, sections: Sequence[Section]) -> CommencementClause:
    if _is_extract(expression, sections):
        return CommencementClause()
    return parse_commencement_clause(
        sections, TextDates(expression.signed_date, expression.published_date, is_act=expression.document_type == "LOV")
    )


def _store_commencements(expressions: Sequence[Expression], clauses: dict[int, CommencementClause]) -> None:
    given = set(
        Commencement.objects.filter(expression__in=[text.pk for text in expressions if text.source_hash])
        .exclude(note__startswith=BY_ORDER)
        .values_list("expression_id", flat=True)
    )
    ours = [expression for expression in expressions if expression.pk not in given]
    Commencement.objects.filter(expression__in=ours).delete()
    Commencement.objects.bulk_create(
        [
            Commencement(
                expression=expression,
                date=entry.date,
                provisions=None if entry.sections is None else list(entry.sections),
                note=entry.note,
            )
            for expression in ours
            for entry in _combine(clauses.get(expression.pk, CommencementClause()), expression)
        ],
        batch_size=500,
    )


def _combine(clause: CommencementClause, expression: Expression) -> Iterable[FoundCommencement]:
    """Combine the clause with the source's day, which is the earliest one where a text takes effect in parts."""
    day: date | None = expression.in_force_from
    if day is None or expression.document_type == "LBK":
        return clause.commencements
    parts = [entry for entry in clause.commencements if entry.sections is not None]
    whole = next((entry for entry in clause.commencements if entry.sections is None), None)
    if whole is not None and whole.date is not None and any(entry.date == day for entry in parts):
        return clause.commencements
    return [FoundCommencement(day, None, whole.note if whole else ""), *parts]


def _store_applicable(expressions: Sequence[Expression], clauses: dict[int, CommencementClause]) -> None:
    """Fill the day from which a text applies where only the text tells it."""
    told = []
    for expression in expressions:
        day = clauses.get(expression.pk, CommencementClause()).applicable_from
        if day is not None and expression.applicable_from is None:
            expression.applicable_from = day
            told.append(expression)
    Expression.objects.bulk_update(told, ["applicable_from"], batch_size=200)


def _list_relations(
    expression: Expression,
    sections: Sequence[Section],
    clause: CommencementClause,
    amendments: Sequence[FoundAmendment],
) -> Iterator[tuple[RelationKind, str, str]]:
    texts = [text for *_place, text in sections]
    for amendment in amendments:
        if amendment.target:
            yield RelationKind.AMENDS, amendment.target, amendment.text
    if clause.ends_on is not None:
        yield RelationKind.REPEALS, expression.eli_uri, clause.ending
    if expression.document_type == "LBK":
        for entry in parse_consolidated(expression.introduction):
            yield RelationKind.CONSOLIDATES, entry.target, entry.text
    elif not _is_extract(expression, sections):
        for repeal in find_repeals(texts):
            yield RelationKind.REPEALS, repeal.target, repeal.text
        for entry in parse_legal_basis(expression.introduction):
            yield RelationKind.BASED_ON, entry.target, entry.text
    if expression.lexdania_type[3:5] == " I":
        for entry in parse_commenced(sections):
            yield RelationKind.COMMENCES, entry.target, entry.text
    for entry in parse_directives([expression.introduction, *texts]):
        yield RelationKind.IMPLEMENTS, entry.target, entry.text
