"""Deviations of the source: a stored text reads otherwise where it came from.

What counts is words. A text read from another form of the same source may differ in blanks (lines of an import file have
"CO 2" where XML has "CO2"), and of an amending act lines give only the sections it inserts elsewhere; neither is a move.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.utils import timezone

from cms.core.unicode_text import INVISIBLE, WHITESPACE
from legal.differences.section_diffs import build_diff
from legal.differences.section_matching import DiffSection
from legal.intake.printed_provisions import PrintedProvision
from legal.lines.act_lines import ActLine
from legal.models import Expression, Provision, SourceDeviation
from legal.reviews.law_changes import store_moved_text


def hash_wording(texts: Iterable[str]) -> str:
    """Build a hash of the words of a text that blanks and invisible characters do not change."""
    seen = hashlib.sha256()
    for text in texts:
        seen.update(WHITESPACE.sub("", INVISIBLE.sub("", text)).encode())
    return seen.hexdigest()


def load_provisions(expressions: Collection[int]) -> dict[int, list[Provision]]:
    """Load the stored sections of texts in printed order. One query."""
    stored: dict[int, list[Provision]] = defaultdict(list)
    if expressions:
        for provision in Provision.objects.filter(expression__in=expressions).order_by("expression_id", "ordinal"):
            stored[provision.expression_id].append(provision)
    return stored


def store_deviation(
    expression: Expression, stored: Sequence[Provision], line: ActLine, printed: Sequence[PrintedProvision]
) -> None:
    """Record that a text, still as it is stored, is about to be replaced by what the source now gives.

    The same move found again is one row, open again.
    """
    SourceDeviation.objects.update_or_create(
        eli_uri=expression.eli_uri,
        stored_hash=expression.text_hash,
        found_hash=line.text_hash,
        defaults={"found_at": timezone.now(), "resolved_at": None},
    )
    store_moved_text(expression, line.text_hash, build_diff(_list_sections(stored), _list_sections(printed)))


def _list_sections(provisions: Iterable[Provision | PrintedProvision]) -> list[DiffSection]:
    return [
        DiffSection(entry.section, entry.chapter, entry.text, entry.label)
        for entry in provisions
        if entry.section and not entry.is_transitional
    ]
