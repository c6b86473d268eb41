"""Changes of the law that may make released texts wrong: a new text of an act, a text the source replaced, a law note."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_date

from legal.differences.act_diffs import diff_expressions
from legal.differences.diffing import ActDiff
from legal.enums import ChangeKind
from legal.models import CitedProvision, Expression, LawChange, Work

NOTED = "noted"


def assess_expressions(act_ids: Collection[UUID]) -> None:
    """Record what the new texts of acts change, where released texts rest on the act.

    The first text known of an act changes nothing, nor does an older one that comes in later. Of several new ones each is held
    against the one before it. Three queries for any number of acts that nothing rests on.
    """
    unassessed = Expression.objects.filter(work__content_id__in=act_ids, assessed_at__isnull=True).exclude(text_hash="")
    pending = set(unassessed.values_list("pk", flat=True))
    if not pending:
        return
    cited = CitedProvision.objects.filter(work__expressions__in=pending).values_list("work_id", flat=True).distinct()
    for work in Work.objects.filter(pk__in=list(cited)):
        _assess_work(work, pending)
    Expression.objects.filter(pk__in=pending).update(assessed_at=timezone.now())


def _assess_work(work: Work, pending: Collection[int]) -> None:
    expressions = sorted(work.expressions.exclude(text_hash=""), key=lambda expression: expression.order)
    known = [place for place, expression in enumerate(expressions) if expression.pk not in pending]
    if not known:
        return
    for before, after in zip(expressions[known[-1] :], expressions[known[-1] + 1 :], strict=False):
        sections = list_sections(diff_expressions(before, after))
        if sections:
            LawChange.objects.get_or_create(
                key=after.eli_uri,
                defaults={
                    "kind": ChangeKind.EXPRESSION,
                    "work": work,
                    "before": before,
                    "after": after,
                    "sections": sections,
                    "applicable_from": after.effective_from,
                },
            )


def list_sections(diff: ActDiff) -> dict[str, str]:
    """List the sections in which more than the wording of names or spaces changed, each with what happened to it."""
    sections = {entry.section: "changed" for entry in diff.changed if not entry.editorial}
    sections |= dict.fromkeys(diff.added, "added") | dict.fromkeys(diff.removed, "removed")
    return sections | {entry.before: "renumbered" for entry in diff.renumbered}


def record_moved_text(expression: Expression, found_hash: str, diff: ActDiff) -> None:
    """Record that the source replaced the newest text of an act by another one."""
    work = expression.work
    sections = list_sections(diff)
    if work is None or work.current_id != expression.pk or not sections:
        return
    LawChange.objects.get_or_create(
        key=f"{expression.eli_uri} {expression.text_hash[:16]} {found_hash[:16]}",
        defaults={
            "kind": ChangeKind.SOURCE_MOVED,
            "work": work,
            "after": expression,
            "sections": sections,
            "applicable_from": expression.effective_from,
        },
    )


def record_note(note_id: UUID, document: Mapping[str, Any] | None) -> list[LawChange]:
    """Record what a law note says of each act it reports on; ``None`` for one that was withdrawn.

    Returns the changes it no longer tells of.
    """
    sections: dict[UUID, dict[str, str]] = defaultdict(dict)
    note = document or {}
    for source in note.get("sources") or []:
        if act := source.get("act"):
            sections[UUID(act["id"])] |= dict.fromkeys(source.get("sections") or [], NOTED)
    works = Work.objects.filter(content_id__in=list(sections)).in_bulk()
    stored = {change.work_id: change for change in LawChange.objects.filter(note_id=note_id)}
    for key, work in works.items():
        noted = sections[work.content_id]
        change = stored.pop(key, None) or LawChange(key=f"{note_id} {work.content_id}", note_id=note_id, work=work)
        day = find_applicable_day(note, list(noted))
        if change.pk and (change.sections, change.applicable_from) == (noted, day):
            continue
        change.kind = ChangeKind.NOTE
        change.sections, change.applicable_from, change.opened_at = noted, day, None
        change.save()
    return list(stored.values())


def find_applicable_day(document: Mapping[str, Any], sections: Sequence[str]) -> date | None:
    """Find from when the law a note tells of has to be followed: as it says itself, else the earliest commencement, else
    the first day of the note.
    """
    if stated := document.get("applicable_from"):
        return parse_date(stated)
    wanted = set(sections)
    days = [
        entry["date"]
        for entry in document.get("commencements") or []
        if entry.get("date") and (not wanted or not entry.get("provisions") or wanted & set(entry["provisions"]))
    ]
    found = min(days, default=document.get("applies_from"))
    return parse_date(found) if found else None
