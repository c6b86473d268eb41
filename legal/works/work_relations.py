"""Relations of a work in the API: what its texts say of other acts, and what other texts say of it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from legal.models import Expression, Relation, Work
from legal.models.act_references import build_act_reference

# An act of wide use has thousands of orders; the answer names the newest.
INCOMING_LIMIT = 500


def build_relations(texts: Sequence[Expression]) -> list[dict[str, Any]]:
    """Build ``[{"kind", "target", "text", "expression", "act"}]``: what these texts do to others or take from them. One query."""
    told = _load(Relation.objects.filter(expression__in=texts).exclude(related__in=texts))
    ordered = told.order_by("-expression__signed_date", "-expression__number", "kind", "pk")
    return [
        {
            "kind": relation.kind,
            "target": relation.target,
            "text": relation.text,
            "expression": relation.expression,
            "act": _build_target(relation),
        }
        for relation in ordered
    ]


def build_incoming(work: Work) -> list[dict[str, Any]]:
    """Build ``[{"kind", "text", "expression", "act"}]``: what texts of other works do to this one, the newest first. One query."""
    told = _load(Relation.objects.filter(work=work, expression__work__isnull=False).exclude(expression__work=work))
    newest = told.order_by("-expression__signed_date", "-expression__number", "kind", "pk")[:INCOMING_LIMIT]
    return [
        {
            "kind": relation.kind,
            "text": relation.text,
            "expression": relation.expression,
            "act": build_act_reference(relation.expression.work, relation.expression)
            if relation.expression.work
            else None,
        }
        for relation in newest
    ]


def _load(relations: QuerySet[Relation]) -> QuerySet[Relation]:
    return relations.select_related("expression__work", "related", "work__current")


def _build_target(relation: Relation) -> dict[str, Any] | None:
    text = relation.related or (relation.work.current if relation.work else None)
    return build_act_reference(relation.work, text) if relation.work and text else None
