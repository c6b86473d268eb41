"""Merge of two works that turn out to be one act: look-up under both ids, and citations and reviews that follow."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from cms.publication.enums import Kind, Reason
from cms.publication.models import Release
from legal.models import CitedProvision, LawChange, Work

LONGEST_CHAIN = 5


def find_works_by_act_id(act_ids: Collection[UUID]) -> dict[UUID, Work]:
    """Find the works behind the API ids of acts, those that have moved under both ids. One query where all are there."""
    found = {work.content_id: work for work in Work.objects.filter(content_id__in=list(act_ids))}
    now = {act_id: act_id for act_id in act_ids if act_id not in found}
    for _step in range(LONGEST_CHAIN):
        lost = {current for act_id, current in now.items() if act_id not in found}
        if not lost:
            break
        rows = Release.objects.filter(
            content_id__in=lost, type="act", kind=Kind.WITHDRAWN, reason=Reason.MOVED, moved_to__isnull=False
        )
        pairs = rows.order_by("position").values_list("content_id", "moved_to")
        moved = {old: new for old, new in pairs if new is not None}
        now = {act_id: moved[current] for act_id, current in now.items() if act_id not in found and current in moved}
        there = {work.content_id: work for work in Work.objects.filter(content_id__in=set(now.values()))}
        found |= {act_id: there[current] for act_id, current in now.items() if current in there}
    return found


def store_moved_citations(gone: Work, kept: Work) -> set[UUID]:
    """Store the citations of a work that is about to go, and its changes with their reviews, as those of the work that is kept.

    Returns the contents that cite it, in which its address stands.
    """
    citing = set(CitedProvision.objects.filter(work=gone).values_list("content_id", flat=True))
    there = {tuple(place) for _key, *place in _list_places(kept)}
    doubled = [key for key, *place in _list_places(gone) if tuple(place) in there]
    CitedProvision.objects.filter(pk__in=doubled).delete()
    CitedProvision.objects.filter(work=gone).update(work=kept)
    LawChange.objects.filter(work=gone).update(work=kept)
    return citing


def _list_places(work: Work) -> list[tuple[Any, ...]]:
    rows = CitedProvision.objects.filter(work=work)
    return list(rows.values_list("pk", "content_id", "locale", "section", "section_to"))
