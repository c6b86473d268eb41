"""Grouping of pending texts into works: applies the grouping rule, stores the consequences, releases what changed.

Four steps, each in batches that are taken up again after an interruption: read what the pending texts do, group them into
works, resolve what texts say of others, release. A text is pending until the work it belongs to is released.

Ids of works are given once. A line keeps the work that its earliest expression already belongs to, the earlier line
where two claim one; a work left without expressions is withdrawn as moved. A new work's id is made from what is
intrinsic to its line, so two installations that import the same files agree on it.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched, chain
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery

from cms.core.locking import hold_lock
from cms.publication.enums import Reason
from cms.publication.following.followers import get_head_position
from cms.publication.log.publication_log import publication_log
from legal.enums import ActKind, RelationKind
from legal.grouping.consequences import BY_ORDER, store_consequences
from legal.grouping.moved_acts import store_moved_citations
from legal.grouping.resolution import TouchedWorks, store_named_targets, store_numbered_targets
from legal.grouping.text_effects import store_text_effects
from legal.grouping.work_names import store_names
from legal.grouping.work_releases import list_namesakes, release_works
from legal.grouping.work_slugs import assign_slugs
from legal.language.act_titles import parse_title
from legal.language.work_lines import LineMember, WorkLine, build_lines
from legal.models import Amendment, Commencement, Expression, Relation, Work
from legal.waiting.unknown_acts import release_waiting_texts

# Held by whoever stores texts of acts or groups them.
LAW_LOCK = "legal-import"
WORKS_IN_TRANSACTION = 100
TEXTS_IN_TRANSACTION = 200
WORKS_IN_SETTLING = 500
DESCRIBED = (
    *("title", "short_title", "document_type", "jurisdiction", "abbreviations", "ministry", "search_text", "current"),
)
CANDIDATE_FIELDS = ("id", "name_key", "popular_key", "founded_on", "signed_date", "number", "eli_uri")


@dataclass
class WorkGroup:
    """The expressions of one work to be, in order of time; ``owner_id`` is the work they keep, ``None`` a new one."""

    seed: str
    expression_ids: list[int]
    held_ids: list[int]
    owner_id: int | None = None


def release_pending_texts(progress: Callable[[int], None] = lambda count: None) -> int:
    """Group every pending expression, release the works touched, and return how many rows the log got.

    Works that were described before names were kept are taken up too. Two at a time would both make the works that are missing:
    the second waits, and finds little left to do.
    """
    with hold_lock(LAW_LOCK):
        return _group_pending(progress)


def _group_pending(progress: Callable[[int], None]) -> int:
    newly_known: set[str] = set()
    names: set[str] = set()
    citing: set[UUID] = set()
    since = get_head_position()
    Expression.objects.filter(work__isnull=False, work__names__isnull=True).update(is_pending=True)
    _read_pending()
    released = 0
    for groups in batched(_list_changed_groups(), WORKS_IN_TRANSACTION, strict=False):
        with transaction.atomic():
            released += _store_groups(groups, newly_known, names, citing)
    _resolve(names)
    released += _release_pending(progress)
    return released + release_waiting_texts(newly_known | names, since, citing)


def _read_pending() -> None:
    pending = list(Expression.objects.filter(is_pending=True).order_by("pk").values_list("pk", flat=True))
    for keys in batched(pending, TEXTS_IN_TRANSACTION, strict=False):
        with transaction.atomic():
            _mark_pending(_list_told_of(keys))
            store_text_effects(list(Expression.objects.filter(pk__in=keys)))


def _list_told_of(keys: Sequence[int]) -> set[int]:
    """List the works of which these texts said something when they were read before."""
    told = (RelationKind.REPEALS, RelationKind.COMMENCES)
    relations = Relation.objects.filter(expression__in=keys, kind__in=told, work__isnull=False)
    amendments = Amendment.objects.filter(expression__in=keys, work__isnull=False)
    return {*relations.values_list("work_id", flat=True), *amendments.values_list("work_id", flat=True)}


def _mark_pending(work_ids: set[int]) -> None:
    if work_ids:
        named = Work.objects.filter(pk__in=work_ids, current__isnull=False).values("current")
        Expression.objects.filter(pk__in=named).update(is_pending=True)


def _resolve(names: set[str]) -> None:
    """Resolve what texts say of others; works of which something became known are pending again."""
    steps = chain(store_numbered_targets(), store_named_targets(names), _list_to_settle())
    while True:
        with transaction.atomic():
            touched = next(steps, None)
            if touched is None:
                return
            changed = store_consequences(touched.pointed_to)
            amended = Amendment.objects.filter(expression__work__in=changed, work__isnull=False)
            _mark_pending({*changed, *touched.amended, *amended.values_list("work_id", flat=True)})


def _list_to_settle() -> Iterator[TouchedWorks]:
    """List pending works that others speak of, or spoke of, or that hold a consolidation."""
    pointed_to = Exists(Relation.objects.filter(work=OuterRef("work")))
    consolidating = Exists(Relation.objects.filter(expression=OuterRef("pk"), kind=RelationKind.CONSOLIDATES))
    by_order = Exists(Commencement.objects.filter(expression=OuterRef("pk"), note__startswith=BY_ORDER))
    is_settled = Q(work__repealed_on__isnull=False) | by_order
    pending = Expression.objects.filter(is_pending=True, work__isnull=False)
    works = sorted(set(pending.filter(pointed_to | consolidating | is_settled).values_list("work_id", flat=True)))
    for keys in batched(works, WORKS_IN_SETTLING, strict=False):
        yield TouchedWorks(set(keys), set())


def _release_pending(progress: Callable[[int], None]) -> int:
    """Release the works of pending texts. Texts of one name follow each other: their status is settled in one release."""
    pending = Expression.objects.filter(is_pending=True, work=OuterRef("pk"))
    works = Work.objects.filter(Exists(pending), current__isnull=False)
    ordered = works.order_by("current__name_key", "current__signed_date", "current__number", "pk")
    released = 0
    for keys in batched(list(ordered.values_list("pk", flat=True)), WORKS_IN_TRANSACTION, strict=False):
        with transaction.atomic():
            batch = list(Work.objects.filter(pk__in=keys).select_related("current"))
            released += release_works([*batch, *list_namesakes(batch)])
            progress(Expression.objects.filter(work__in=keys, is_pending=True).update(is_pending=False))
    return released


def _list_changed_groups() -> Iterator[WorkGroup]:
    """List the groups that hold something new: lines of main acts, the newest first, then works of a single text."""
    pending = Expression.objects.filter(is_pending=True)
    if pending.filter(kind=ActKind.MAIN).exists():
        yield from _list_changed_lines()
    # Texts of one name follow each other: the status of the older ones is then settled in one release.
    ordered = pending.exclude(kind=ActKind.MAIN).order_by("name_key", "signed_date", "number", "eli_uri")
    shared = Exists(Expression.objects.filter(work=OuterRef("work")).exclude(pk=OuterRef("pk")))
    singles = ordered.annotate(is_shared=shared).values_list("id", "eli_uri", "work_id", "is_shared")
    for expression_id, eli_uri, work_id, is_shared in list(singles):
        owner_id = None if is_shared else work_id
        yield WorkGroup(eli_uri, [expression_id], [work_id] if work_id else [], owner_id)


def _list_changed_lines() -> list[WorkGroup]:
    candidates: list[LineMember] = []
    work_of: dict[int, int | None] = {}
    changed: set[int] = set()
    rows = Expression.objects.filter(kind=ActKind.MAIN).values(
        *CANDIDATE_FIELDS, "document_type", "work_id", "is_pending"
    )
    for row in rows.iterator(chunk_size=2000):
        fields = {name: row[name] for name in CANDIDATE_FIELDS}
        candidates.append(LineMember(**fields, is_consolidation=row["document_type"] == "LBK"))
        work_of[row["id"]] = row["work_id"]
        if row["is_pending"]:
            changed.add(row["id"])
    groups = [_build_group(line, work_of) for line in build_lines(candidates)]
    holders = Counter(work_id for group in groups for work_id in group.held_ids)
    owned: set[int] = set()
    for group in groups:
        group.owner_id = next((work_id for work_id in group.held_ids if work_id not in owned), None)
        owned.update(filter(None, [group.owner_id]))
    return [
        group
        for group in reversed(groups)
        if changed.intersection(group.expression_ids)
        or any(work_id != group.owner_id or holders[work_id] > 1 for work_id in group.held_ids)
    ]


def _build_group(line: WorkLine, work_of: Mapping[int, int | None]) -> WorkGroup:
    ids = [member.id for member in line.members]
    return WorkGroup(
        line.seed, ids, list(dict.fromkeys(work_id for key in ids if (work_id := work_of[key]) is not None))
    )


def _store_groups(groups: Sequence[WorkGroup], newly_known: set[str], keys: set[str], citing: set[UUID]) -> int:
    """Store one batch of groups and return how many rows the log got for works that were left without texts.

    The URIs of texts that came to another work than before are added to ``newly_known``, keys of names that are new or gone
    to ``keys``, contents that cite a work which went to ``citing``.
    """
    expressions = Expression.objects.in_bulk([key for group in groups for key in group.expression_ids])
    owners = Work.objects.in_bulk([group.owner_id for group in groups if group.owner_id])
    members = {id(group): [expressions[key] for key in group.expression_ids] for group in groups}
    works = [owners.get(group.owner_id or 0) or Work() for group in groups]
    for group, work in zip(groups, works, strict=True):
        _describe(work, members[id(group)][-1])
        newly_known.update(
            member.eli_uri for member in members[id(group)] if work.pk is None or member.work_id != work.pk
        )
    new = [(group, work) for group, work in zip(groups, works, strict=True) if work.pk is None]
    _assign_content_ids(new)
    assign_slugs([(work, members[id(group)][0]) for group, work in new])
    Work.objects.bulk_create([work for _group, work in new])
    Work.objects.bulk_update(owners.values(), DESCRIBED, batch_size=100)
    _assign_works(groups, works)
    keys |= store_names({work.pk: members[id(group)] for group, work in zip(groups, works, strict=True)})
    return sum(_withdraw_emptied(group, work, citing) for group, work in zip(groups, works, strict=True))


def _assign_works(groups: Sequence[WorkGroup], works: Sequence[Work]) -> None:
    """Give the expressions their works; the newest ones are found by the work that names them, in one statement."""
    naming = Work.objects.filter(pk__in=[work.pk for work in works], current=OuterRef("pk")).values("pk")[:1]
    newest = [group.expression_ids[-1] for group in groups]
    Expression.objects.filter(pk__in=newest).update(work=Subquery(naming))
    for group, work in zip(groups, works, strict=True):
        if len(group.expression_ids) > 1:
            Expression.objects.filter(pk__in=group.expression_ids[:-1]).update(work=work)


def _describe(work: Work, newest: Expression) -> None:
    """Take over what the newest expression says of the work."""
    names = parse_title(newest.title, newest.document_type)
    work.title = names.title
    work.short_title = names.short_title
    work.document_type = newest.document_type
    work.jurisdiction = names.jurisdiction
    work.ministry = newest.ministry
    work.abbreviations = list(names.abbreviations)
    work.current = newest
    work.search_text = " ".join([names.short_title, *names.abbreviations, names.title]).casefold()


def _assign_content_ids(new: Sequence[tuple[WorkGroup, Work]]) -> None:
    wanted = [uuid5(NAMESPACE_URL, group.seed) for group, _work in new]
    taken: set[UUID] = set(Work.objects.filter(content_id__in=wanted).values_list("content_id", flat=True))
    for (group, work), content_id in zip(new, wanted, strict=True):
        first = Expression.objects.only("eli_uri").get(pk=group.expression_ids[0]) if content_id in taken else None
        work.content_id = uuid5(NAMESPACE_URL, f"{group.seed}|{first.eli_uri}") if first else content_id
        taken.add(work.content_id)


def _withdraw_emptied(group: WorkGroup, work: Work, citing: set[UUID]) -> int:
    emptied = Work.objects.filter(pk__in=set(group.held_ids) - {work.pk}, expressions__isnull=True)
    rows = 0
    for other in list(emptied):
        rows += publication_log.withdraw(content_id=other.content_id, reason=Reason.MOVED, moved_to=work.content_id)
        citing.update(store_moved_citations(other, work))
        other.delete()
    return rows
