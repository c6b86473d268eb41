"""The names works are called by: kept in step with their texts, and looked up on a day.

Names are read from the titles of all texts of a work, so that a renamed act is also found under its old name.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min

from legal.enums import ActKind, NameKind
from legal.language.act_titles import build_name_key, parse_title
from legal.models import Expression, Work, WorkName

KEY_LENGTH = 400
KEYS_IN_QUERY = 500


@dataclass(frozen=True)
class NamedWork:
    """A work under one of its names. ``since`` is the signature of its first text known here, ``until`` of its last one."""

    work_id: int
    since: date
    until: date
    founded_on: date | None
    is_act: bool
    is_amending: bool


def store_names(members: Mapping[int, Sequence[Expression]]) -> set[str]:
    """Store the names of works, given with their texts in order of time; returns the keys that are new or gone.

    Four queries for any number of works.
    """
    wanted = {(work_id, key): value for work_id, texts in members.items() for key, value in build_names(texts).items()}
    stored = {(row.work_id, row.key): row for row in WorkName.objects.filter(work__in=members)}
    gone = [row for place, row in stored.items() if place not in wanted]
    if gone:
        WorkName.objects.filter(pk__in=[row.pk for row in gone]).delete()
    new = [
        WorkName(work_id=work_id, key=key, kind=kind, name=name)
        for (work_id, key), (kind, name) in wanted.items()
        if (work_id, key) not in stored
    ]
    WorkName.objects.bulk_create(new, batch_size=500)
    changed = []
    for place, row in stored.items():
        if place in wanted and (row.kind, row.name) != wanted[place]:
            row.kind, row.name = wanted[place]
            changed.append(row)
    WorkName.objects.bulk_update(changed, ["kind", "name"], batch_size=200)
    return {row.key for row in [*gone, *new]}


def build_names(texts: Sequence[Expression]) -> dict[str, tuple[str, str]]:
    """Build ``{key: (kind, name)}`` from the titles of a work's texts, the newest spelling first."""
    names: dict[str, tuple[str, str]] = {}

    def add(kind: NameKind, name: str) -> None:
        names.setdefault(build_name_key(name)[:KEY_LENGTH] or name[:KEY_LENGTH], (kind.value, name))

    parsed = [
        (parse_title(title, document_type), popular)
        for title, document_type, popular in dict.fromkeys(
            (text.title, text.document_type, text.popular_title) for text in reversed(texts)
        )
    ]
    for titles, _popular in parsed:
        add(NameKind.OFFICIAL, titles.title)
    for titles, popular in parsed:
        if titles.short_title != titles.title:
            add(NameKind.SHORT, titles.short_title)
        for name in filter(None, [titles.popular, popular]):
            add(NameKind.POPULAR, name)
        if titles.main and titles.main != titles.title:
            add(NameKind.OFFICIAL, titles.main)
        for abbreviation in titles.abbreviations:
            add(NameKind.ABBREVIATION, abbreviation)
    return names


def find_named(names: Iterable[str]) -> dict[str, list[NamedWork]]:
    """Find the works that bear one of the names, by key. Two queries for every 500 names."""
    keys = sorted({build_name_key(name)[:KEY_LENGTH] for name in names} - {""})
    found: dict[str, list[NamedWork]] = defaultdict(list)
    for start in range(0, len(keys), KEYS_IN_QUERY):
        bearing = list(
            WorkName.objects.filter(
                key__in=keys[start : start + KEYS_IN_QUERY], work__current__isnull=False
            ).values_list("key", "work_id")
        )
        works = _load_works({work_id for _key, work_id in bearing})
        for key, work_id in bearing:
            if work_id in works:
                found[key].append(works[work_id])
    return found


def choose_work(name: str, named: Mapping[str, Sequence[NamedWork]], day: date) -> int | None:
    """Choose the work a text signed on ``day`` means by a name; ``None`` where it cannot be told.

    Of several it is the one whose texts begin last before that day. An act that is known from later consolidations only is
    meant too, unless it says itself that it began later; an order is not.
    """
    of_amending = name.lower().startswith(("lov om ændring", "bekendtgørelse om ændring"))
    candidates = [work for work in named.get(build_name_key(name)[:KEY_LENGTH], ()) if work.is_amending == of_amending]
    before = [work for work in candidates if work.since <= day]
    if before:
        return max(before, key=lambda work: (work.founded_on or work.since, work.since, work.work_id)).work_id
    after = [work for work in candidates if work.is_act and (work.founded_on is None or work.founded_on <= day)]
    return min(after, key=lambda work: (work.since, work.work_id)).work_id if after else None


def _load_works(work_ids: Collection[int]) -> dict[int, NamedWork]:
    rows = Work.objects.filter(pk__in=work_ids).values_list(
        "pk",
        "current__kind",
        Min("expressions__signed_date"),
        Max("expressions__signed_date"),
        Min("expressions__founded_on"),
    )
    return {
        work_id: NamedWork(work_id, since, until, founded, kind == ActKind.MAIN, kind == ActKind.AMENDING)
        for work_id, kind, since, until, founded in rows
        if since is not None
    }
