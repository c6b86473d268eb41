"""Storage of relations and commencements that the source's metadata gives beside the words of a text."""

import re
from collections.abc import Sequence

from legal.lines.act_lines import ActLine
from legal.models import Commencement, Expression, Relation

# Targets of this shape come from the source's metadata; others were read out of a text.
# Example: "‹A20250118329›"
ACCESSION_NUMBER = re.compile(r"^[A-Z]\d{11}$")


def store_source_effects(texts: Sequence[tuple[Expression, ActLine]]) -> None:
    """Store relations and commencements of texts that are already saved. Four queries at most.

    Relations that are still told keep their rows, with what they were resolved to. Commencements in parts replace what was
    known, for the source knows them better than its text does.
    """
    _store_relations([(text, line) for text, line in texts if line.relations is not None])
    _store_commencements([(text, line) for text, line in texts if line.commencements])


def _store_relations(texts: Sequence[tuple[Expression, ActLine]]) -> None:
    if not texts:
        return
    told = {(text.pk, entry.kind, entry.target): entry for text, line in texts for entry in line.relations or ()}
    known = Relation.objects.filter(expression__in=[text for text, _line in texts])
    stale = [
        relation.pk
        for relation in known
        if ACCESSION_NUMBER.match(relation.target)
        and (relation.expression_id, relation.kind, relation.target) not in told
    ]
    if stale:
        Relation.objects.filter(pk__in=stale).delete()
    rows = [
        Relation(expression_id=key, kind=kind, target=target, text=entry.text)
        for (key, kind, target), entry in told.items()
    ]
    Relation.objects.bulk_create(rows, ignore_conflicts=True)


def _store_commencements(texts: Sequence[tuple[Expression, ActLine]]) -> None:
    if not texts:
        return
    Commencement.objects.filter(expression__in=[text for text, _line in texts]).delete()
    Commencement.objects.bulk_create(
        Commencement(
            expression=text,
            date=entry.date,
            provisions=None if entry.provisions is None else list(entry.provisions),
            note=entry.note,
        )
        for text, line in texts
        for entry in line.commencements or ()
    )
