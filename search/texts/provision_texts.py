"""The sections of acts, as search sees them: with the days on which the act and this text of it both apply."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import Count

from cms.publication.models import Window
from legal.models import Expression, Provision, Work
from legal.models.applying_texts import build_windows
from legal.works.provision_windows import iterate_provisions

HASH_LENGTH = 8


class ProvisionDays(NamedTuple):
    """Days from ``starts`` to the day before ``ends``; ``None`` without end."""

    starts: date
    ends: date | None


@dataclass(frozen=True)
class ProvisionPlace:
    """One section of one text of an act without its words; see ``ProvisionText``."""

    key: str
    expression_id: int
    path: str
    days: ProvisionDays

    def is_past(self, day: date) -> bool:
        """Say whether the text had ceased to apply by a day."""
        return self.days.ends is not None and self.days.ends <= day


@dataclass(frozen=True)
class ProvisionText:
    """One section of one text of an act; ``key`` is its id in an index.

    The key holds the hash of the text it was read from: what stands under a key never reads otherwise.
    """

    key: str
    content_id: UUID
    section: str
    label: str
    path: str
    text: str
    days: ProvisionDays


class KeyBook:
    """Gives sections their keys, in printed order."""

    def __init__(self, hashes: Mapping[int, str]) -> None:
        self._hashes = hashes
        # Orders print a number again in their annexes: the count tells them apart.
        self._seen: Counter[tuple[int, str]] = Counter()

    def build_key(self, content_id: UUID, expression_id: int, section: str) -> str:
        """Build the key of the next section of this number in a text."""
        self._seen[expression_id, section] += 1
        text_hash = self._hashes.get(expression_id, "")[:HASH_LENGTH]
        return f"{content_id}-{expression_id}-{text_hash}-{section}-{self._seen[expression_id, section]}"


def iterate_provision_texts(
    windows: Iterable[Window], expression_ids: Collection[int] | None = None
) -> Iterator[ProvisionText]:
    """Yield the sections whose text applies on some day on which their act does; ``windows`` are those of the acts.

    With ``expression_ids`` only the sections of these texts are read.
    """
    acts: dict[UUID, list[Window]] = defaultdict(list)
    for window in windows:
        acts[window.content_id].append(window)
    days = {content_id: _span(found) for content_id, found in acts.items()}
    expressions = Expression.objects.filter(work__content_id__in=list(acts))
    keys = KeyBook(dict(expressions.values_list("pk", "text_hash")))
    for entry in iterate_provisions(list(acts), expression_ids):
        key = keys.build_key(entry.content_id, entry.expression_id, entry.section)
        shared = intersect(ProvisionDays(entry.starts, entry.ends), days[entry.content_id])
        if shared is not None:
            yield ProvisionText(
                key=key,
                content_id=entry.content_id,
                section=entry.section,
                label=entry.label,
                path=entry.url.removeprefix(settings.PUBLIC_URL),
                text=entry.text,
                days=shared,
            )


def list_provision_places(windows: Sequence[Window]) -> list[ProvisionPlace]:
    """List what ``iterate_provision_texts`` would yield for one act, without reading the words."""
    work = Work.objects.filter(content_id__in={window.content_id for window in windows}).first()
    if work is None:
        return []
    expressions = list(Expression.objects.filter(work=work))
    days = {
        found.expression.pk: shared
        for found in build_windows(expressions)
        if (shared := intersect(ProvisionDays(found.starts, found.ends), _span(windows))) is not None
    }
    keys = KeyBook({expression.pk: expression.text_hash for expression in expressions})
    served = Provision.objects.served().filter(expression__in=days).order_by("expression_id", "ordinal")
    return [
        ProvisionPlace(
            key=keys.build_key(work.content_id, expression_id, section),
            expression_id=expression_id,
            path=work.build_section_path(section),
            days=days[expression_id],
        )
        for expression_id, section in served.values_list("expression_id", "section")
    ]


def intersect(first: ProvisionDays, second: ProvisionDays) -> ProvisionDays | None:
    """Return the days two spans share, ``None`` if there are none."""
    starts = max(first.starts, second.starts)
    ends = min(filter(None, [first.ends, second.ends]), default=None)
    return ProvisionDays(starts, ends) if ends is None or starts < ends else None


def _span(windows: Sequence[Window]) -> ProvisionDays:
    """Span the windows of an act: its versions follow one another without gaps."""
    ends = [window.ends for window in windows]
    return ProvisionDays(min(window.starts for window in windows), None if None in ends else max(filter(None, ends)))


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
        if intersect(ProvisionDays(window.starts, window.ends), _span(acts[content_id])) is not None
    }
    counts: Counter[UUID] = Counter()
    rows = Provision.objects.served().filter(expression__in=list(owners)).order_by().values("expression_id")
    for expression_id, count in rows.annotate(count=Count("pk")).values_list("expression_id", "count"):
        counts[owners[expression_id]] += count
    return counts
