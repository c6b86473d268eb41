"""Names of works: stored in step with the titles of their texts, and looked up for a text signed on a day.

Names are read from the titles of all texts of a work, so that a renamed act is also found under its old name.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Min

from legal.citing.act_choice import NamedAct, choose_act
from legal.enums import ActKind, NameKind
from legal.language.act_titles import KEY_LENGTH, build_name_key, parse_title
from legal.models import Expression, Work, WorkName

KEYS_IN_QUERY = 500


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
        names.setdefault(build_name_key(name) or name[:KEY_LENGTH], (kind.value, name))

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


def find_named(names: Iterable[str]) -> dict[str, list[NamedAct]]:
    """Find the works that bear one of the names, by key. Two queries for every 500 names."""
    keys = sorted({build_name_key(name) for name in names} - {""})
    found: dict[str, list[NamedAct]] = defaultdict(list)
    for start in range(0, len(keys), KEYS_IN_QUERY):
        bearing = list(
            WorkName.objects.filter(
                key__in=keys[start : start + KEYS_IN_QUERY], work__current__isnull=False
            ).values_list("key", "work_id")
        )
        acts = _load_acts({work_id for _key, work_id in bearing})
        for key, work_id in bearing:
            if work_id in acts:
                found[key].append(acts[work_id])
    return found


def choose_work(name: str, named: Mapping[str, Sequence[NamedAct]], day: date) -> int | None:
    """Choose the work a text signed on ``day`` means by a name; ``None`` where it cannot be told (``legal.citing.act_choice``).

    A name that does not begin as that of an amending text never means one, though amending texts carry popular names too.
    """
    is_amending = name.lower().startswith(("lov om ændring", "bekendtgørelse om ændring"))
    bearing = named.get(build_name_key(name), ())
    chosen = choose_act((act for act in bearing if (act.kind == ActKind.AMENDING) == is_amending), day)
    return chosen.work_id if chosen else None


def _load_acts(work_ids: Collection[int]) -> dict[int, NamedAct]:
    rows = Work.objects.filter(pk__in=work_ids).values_list(
        "pk",
        "current__kind",
        "jurisdiction",
        "current__number",
        Min("expressions__signed_date"),
        Min("expressions__founded_on"),
    )
    return {
        work_id: NamedAct(work_id, kind, jurisdiction, number, first_signed, founded_on)
        for work_id, kind, jurisdiction, number, first_signed, founded_on in rows
        if first_signed is not None
    }
