"""Differences between stored texts of an act, cached, and as the API answers them."""

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import Any

from legal.differences.diff_serializers import ActDiffSerializer
from legal.differences.section_diffs import ActDiff, build_diff
from legal.differences.section_matching import DiffSection
from legal.models import Expression, Provision, Work
from legal.models.act_references import build_act_reference

# Texts hardly ever change, and a diff of the largest act takes some megabytes.
KEPT_DIFFS = 8


def diff_expressions(before: Expression, after: Expression) -> ActDiff:
    """Build the difference between two texts over their own sections, transitional clauses left out. Two queries."""
    return build_diff(_load_sections(before.pk), _load_sections(after.pk))


def get_diff(before: Expression, after: Expression) -> ActDiff:
    """Return the difference between two texts, built anew only when it was not asked for lately."""
    return _keep_diff(before.pk, before.text_hash, after.pk, after.text_hash)


def build_act_diff(work: Work, start: date, end: date) -> dict[str, Any] | None:
    """Build what differs in an act between two days, as the API answers it; ``None`` before its first text.

    Two queries, and two more for a difference that was not asked for lately.
    """
    before, after = Expression.objects.find_at(work, start), Expression.objects.find_at(work, end)
    if before is None or after is None:
        return None
    diff = get_diff(before, after) if before != after else ActDiff()
    fields = {
        "from": start,
        "to": end,
        "act": build_act_reference(work, after),
        "from_expression": before,
        "to_expression": after,
        "added": diff.added,
        "removed": diff.removed,
        "changed": diff.changed,
        "renumbered": diff.renumbered,
    }
    return dict(ActDiffSerializer().to_representation(fields))


def load_texts(expression: Expression, sections: Collection[str]) -> dict[str, str]:
    """Load texts of some sections; of a number printed twice the first. One query, none for no sections."""
    rows = Provision.objects.served().filter(expression=expression, section__in=sections).order_by("-ordinal")
    return dict(rows.values_list("section", "text")) if sections else {}


@lru_cache(maxsize=KEPT_DIFFS)
def _keep_diff(before_id: int, before_hash: str, after_id: int, after_hash: str) -> ActDiff:
    return build_diff(_load_sections(before_id), _load_sections(after_id))


def _load_sections(expression_id: int) -> list[DiffSection]:
    rows = Provision.objects.served().filter(expression_id=expression_id).order_by("ordinal")
    return [DiffSection(*row) for row in rows.values_list("section", "chapter", "text", "label")]
