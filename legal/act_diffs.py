"""Differences between stored texts of an act."""

from legal.diffing import ActDiff, build_diff
from legal.models import Expression, Provision
from legal.section_matching import DiffSection


def diff_expressions(before: Expression, after: Expression) -> ActDiff:
    """Build the difference between two texts over their own sections, transitional clauses left out. Two queries."""
    return build_diff(_load_sections(before), _load_sections(after))


def _load_sections(expression: Expression) -> list[DiffSection]:
    rows = Provision.objects.served().filter(expression=expression).order_by("ordinal")
    return [DiffSection(*row) for row in rows.values_list("section", "chapter", "text", "label")]
