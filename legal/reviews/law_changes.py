"""Stored changes of the law that may make released texts wrong: a new text of an act, a text the source replaced, a law note."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_date

from cms.publication.models import Release
from legal.differences.act_diffs import diff_expressions
from legal.differences.section_diffs import ActDiff
from legal.enums import ChangeKind
from legal.grouping.moved_acts import find_works_by_act_id
from legal.models import CitedProvision, Expression, LawChange, Work

NOTED = "noted"


def store_expression_changes(acts: Mapping[UUID, datetime]) -> None:
    """Record what the new texts of acts change, where released texts cite the act.

    ``acts`` are the acts' ids with the moment of the release looked at; a text stored later waits for its own.

    The text an act was first released with changes nothing, nor does an older one that comes in later. Of several new ones each
    is held against the one before it. Three queries for any number of acts that nothing cites.
    """
    unassessed = Expression.objects.filter(work__content_id__in=list(acts), assessed_at__isnull=True)
    found = unassessed.exclude(text_hash="").values_list("pk", "work__content_id", "known_since")
    pending = {key for key, content_id, known_since in found if known_since <= acts[content_id]}
    if not pending:
        return
    cited = CitedProvision.objects.filter(work__expressions__in=pending).values_list("work_id", flat=True).distinct()
    for work in Work.objects.filter(pk__in=list(cited)):
        _assess_work(work, pending)
    Expression.objects.filter(pk__in=pending).update(assessed_at=timezone.now())


def _assess_work(work: Work, pending: Collection[int]) -> None:
    expressions = sorted(
        (entry for entry in work.expressions.exclude(text_hash="") if entry.assessed_at or entry.pk in pending),
        key=lambda expression: expression.order,
    )
    known = [place for place, expression in enumerate(expressions) if expression.pk not in pending]
    if not known:
        first = (
            Release.objects.filter(content_id=work.content_id)
            .order_by("position")
            .values_list("released_at", flat=True)
        )
        begun = first.first() or timezone.now()
        known = [place for place, expression in enumerate(expressions) if expression.known_since <= begun]
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


def store_moved_text(expression: Expression, found_hash: str, diff: ActDiff) -> None:
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


def find_note_changes(documents: Sequence[Mapping[str, Any]]) -> dict[Work, tuple[dict[str, str], date | None]]:
    """Find what the texts of a law note say of each act they report on: its sections, none for the whole act, and the first day."""
    works = find_works_by_act_id({act_id for note in documents for act_id in _list_named(note)})
    named: dict[Work, list[list[str]]] = defaultdict(list)
    days: dict[Work, set[date]] = defaultdict(set)
    for note in documents:
        for act_id, lists in _list_named(note).items():
            day = find_applicable_day(note, act_id, [section for sections in lists for section in sections])
            if work := works.get(act_id):
                named[work] += lists
                days[work].update([day] if day else [])
    # Where the whole act is named once, its sections say nothing more.
    return {
        work: (
            dict.fromkeys([section for sections in lists for section in sections], NOTED) if all(lists) else {},
            min(days[work], default=None),
        )
        for work, lists in named.items()
    }


def store_note_changes(note_id: UUID, documents: Sequence[Mapping[str, Any]]) -> list[LawChange]:
    """Record what a law note says of each act it reports on, now and in what is planned; nothing, if it was withdrawn.

    Returns the changes it no longer tells of. They keep no day, so that a note that tells of them again is a change again.
    """
    stored = {change.work_id: change for change in LawChange.objects.filter(note_id=note_id)}
    for work, (noted, first) in find_note_changes(documents).items():
        change = stored.pop(work.pk, None) or LawChange(key=f"{note_id} {work.content_id}", note_id=note_id, work=work)
        if change.pk and (change.sections, change.applicable_from) == (noted, first):
            continue
        change.kind = ChangeKind.NOTE
        change.sections, change.applicable_from, change.opened_at = noted, first, None
        change.save()
    LawChange.objects.filter(pk__in=[change.pk for change in stored.values()]).update(applicable_from=None)
    return list(stored.values())


def _list_named(note: Mapping[str, Any]) -> dict[UUID, list[list[str]]]:
    """List for each act a note reports on the sections of every mention; an empty list is the whole act."""
    named: dict[UUID, list[list[str]]] = defaultdict(list)
    for source in note.get("sources") or []:
        if act := source.get("act"):
            named[UUID(act["id"])].append(list(source.get("sections") or []))
    return named


def find_applicable_day(document: Mapping[str, Any], act_id: UUID, sections: Sequence[str]) -> date | None:
    """Find from when the law of one act that a note tells of has to be followed.

    What it says itself counts, else the earliest commencement of the sections, ``None`` where all of those are open. Without
    commencements the note tells of law as it stands in the newest text of the act it names: the day that was signed. The first
    day of the note counts where no text is known.
    """
    if stated := document.get("applicable_from"):
        return parse_date(stated)
    wanted = set(sections)
    concerning = [
        entry["date"]
        for entry in document.get("commencements") or []
        if not wanted or not entry.get("provisions") or wanted & set(entry["provisions"])
    ]
    if not concerning:
        signed = max(_list_signed_days(document, act_id), default="")
        return parse_date(signed or document.get("applies_from") or "")
    found = min(filter(None, concerning), default=None)
    return parse_date(found) if found else None


def _list_signed_days(document: Mapping[str, Any], act_id: UUID) -> list[str]:
    """List the days on which the texts of an act that a note was written on were signed."""
    return [
        source["expression"]["signed_date"]
        for source in document.get("sources") or []
        if source.get("expression") and UUID(source["act"]["id"]) == act_id
    ]
