"""Sections of every expression with the days on which they are the law, for indexing."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import batched
from uuid import UUID

from cms.core.unicode_text import clean_text
from legal.models import Expression, Provision, Work
from legal.models.act_references import build_url
from legal.models.applying_texts import build_windows

WORKS_IN_QUERY = 200


@dataclass(frozen=True)
class ProvisionEntry:
    """One section in one window. ``ends`` is the first day it no longer applies, ``None`` while nothing newer is known.

    ``text`` is for matching: nothing invisible, single blanks. ``title`` is the label with the act's short title.
    """

    content_id: UUID
    expression_id: int
    section: str
    label: str
    chapter: str
    text: str
    starts: date
    ends: date | None
    url: str
    title: str


def iterate_provisions(
    work_ids: Collection[UUID] | None = None, expression_ids: Collection[int] | None = None
) -> Iterator[ProvisionEntry]:
    """Iterate over the served sections of works, given by API id (``None``: all), one window for each expression.

    With ``expression_ids`` only the sections of these expressions are read; their windows depend on the others all the same.
    Streams: three queries for 200 works, texts are never held beyond a chunk.
    """
    works = Work.objects.released().order_by("pk")
    if work_ids is not None:
        works = works.filter(content_id__in=work_ids)
    for keys in batched(works.values_list("pk", flat=True), WORKS_IN_QUERY, strict=False):
        yield from _iterate_batch(Work.objects.in_bulk(keys), expression_ids)


def _iterate_batch(works: dict[int, Work], expression_ids: Collection[int] | None) -> Iterator[ProvisionEntry]:
    by_work: dict[int, list[Expression]] = defaultdict(list)
    for expression in Expression.objects.filter(work__in=works):
        by_work[expression.work_id or 0].append(expression)
    windows = {
        window.expression.pk: window for expressions in by_work.values() for window in build_windows(expressions)
    }
    wanted = [key for key in windows if expression_ids is None or key in expression_ids]
    provisions = Provision.objects.served().filter(expression__in=wanted).order_by("expression_id", "ordinal")
    for provision in provisions.iterator(chunk_size=1000):
        window = windows[provision.expression_id]
        work = works[window.expression.work_id or 0]
        yield ProvisionEntry(
            content_id=work.content_id,
            expression_id=provision.expression_id,
            section=provision.section,
            label=provision.label,
            chapter=provision.chapter,
            text=clean_text(provision.text),
            starts=window.starts,
            ends=window.ends,
            url=build_url(work.build_section_path(provision.section)),
            title=f"{provision.label} {work.short_title}",
        )
