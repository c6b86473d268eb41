"""The sections of acts, as search sees them: with the days on which the act and this text of it both apply."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import Count

from cms.publication.models import Window
from legal.models import Expression, Provision
from legal.models.applying_texts import build_windows
from legal.works.provision_windows import iterate_provisions

ACT = "act"


class Days(NamedTuple):
    """Days from ``starts`` to the day before ``ends``; ``None`` without end."""

    starts: date
    ends: date | None


@dataclass(frozen=True)
class ProvisionText:
    """One section of one text of an act; ``key`` is its id in an index."""

    key: str
    content_id: UUID
    section: str
    label: str
    path: str
    text: str
    days: Days


def iterate_provision_texts(windows: Iterable[Window]) -> Iterator[ProvisionText]:
    """Yield the sections whose text applies on some day on which their act does; ``windows`` are those of the acts."""
    acts: dict[UUID, list[Window]] = defaultdict(list)
    for window in windows:
        acts[window.content_id].append(window)
    days = {content_id: _span(found) for content_id, found in acts.items()}
    # Orders print a number again in their annexes: the count tells them apart.
    seen: Counter[tuple[int, str]] = Counter()
    for entry in iterate_provisions(list(acts)):
        place = (entry.expression_id, entry.section)
        seen[place] += 1
        shared = intersect(Days(entry.starts, entry.ends), days[entry.content_id])
        if shared is not None:
            yield ProvisionText(
                key=f"{entry.content_id}-{entry.expression_id}-{entry.section}-{seen[place]}",
                content_id=entry.content_id,
                section=entry.section,
                label=entry.label,
                path=entry.url.removeprefix(settings.PUBLIC_URL),
                text=entry.text,
                days=shared,
            )


def intersect(first: Days, second: Days) -> Days | None:
    """Return the days two spans share, ``None`` if there are none."""
    starts = max(first.starts, second.starts)
    ends = min(filter(None, [first.ends, second.ends]), default=None)
    return Days(starts, ends) if ends is None or starts < ends else None


def _span(windows: list[Window]) -> Days:
    """Span the windows of an act: its versions follow one another without gaps."""
    ends = [window.ends for window in windows]
    return Days(min(window.starts for window in windows), None if None in ends else max(filter(None, ends)))


def count_provision_texts(windows: Iterable[Window]) -> Counter[UUID]:
    """Count by act what ``iterate_provision_texts`` would yield, without reading the texts."""
    acts: dict[UUID, list[Window]] = defaultdict(list)
    for window in windows:
        acts[window.content_id].append(window)
    expressions: dict[UUID, list[Expression]] = defaultdict(list)
    for expression in Expression.objects.filter(work__content_id__in=list(acts)).select_related("work"):
        if expression.work is not None:
            expressions[expression.work.content_id].append(expression)
    owners = {
        window.expression.pk: content_id
        for content_id, found in expressions.items()
        for window in build_windows(found)
        if intersect(Days(window.starts, window.ends), _span(acts[content_id])) is not None
    }
    counts: Counter[UUID] = Counter()
    rows = Provision.objects.served().filter(expression__in=list(owners)).order_by().values("expression_id")
    for expression_id, count in rows.annotate(count=Count("pk")).values_list("expression_id", "count"):
        counts[owners[expression_id]] += count
    return counts
