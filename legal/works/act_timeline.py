"""Timeline of a work: its texts, their commencements, its amendments and its end, in order of time."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from legal.enums import TimelineEvent
from legal.models import Commencement, Expression
from legal.works.work_facts import WorkFacts

EVENT_ORDER = {event: place for place, event in enumerate(TimelineEvent)}


def build_timeline(facts: WorkFacts) -> list[dict[str, Any]]:
    """Build ``[{"date", "event", "expression", "note"}]`` in order of time; what has no day yet stands last.

    Of one kind on one day the earlier text comes first, whatever was imported first.
    """
    events = [*_list_own(facts), *_list_amending(facts), *_list_end(facts)]
    return sorted(
        events,
        key=lambda event: (
            event["date"] is None,
            event["date"] or date.max,
            EVENT_ORDER[TimelineEvent(event["event"])],
            event["expression"].order,
        ),
    )


def _list_own(facts: WorkFacts) -> Iterator[dict[str, Any]]:
    for text in facts.expressions:
        is_consolidation = text.document_type == "LBK"
        yield _build(text.signed_date, TimelineEvent.CONSOLIDATED if is_consolidation else TimelineEvent.SIGNED, text)
        if text.published_date:
            yield _build(text.published_date, TimelineEvent.PUBLISHED, text)
    for entry in facts.commencements:
        yield _build(entry.date, TimelineEvent.COMMENCED, entry.expression, describe_commencement(entry))


def _list_amending(facts: WorkFacts) -> Iterator[dict[str, Any]]:
    seen: set[int] = set()
    for amendment in facts.amendments:
        text = amendment.expression
        if text.pk not in seen:
            seen.add(text.pk)
            yield _build(text.signed_date, TimelineEvent.AMENDED, text, text.title)


def _list_end(facts: WorkFacts) -> Iterator[dict[str, Any]]:
    if facts.work.repealed_on is not None:
        yield _build(facts.work.repealed_on, TimelineEvent.REPEALED, facts.work.repealed_by or facts.expressions[0])


def describe_commencement(entry: Commencement) -> str:
    """Describe what is special about a commencement: the note, else the sections concerned."""
    if entry.note or not entry.provisions:
        return entry.note
    return f"{'§' if len(entry.provisions) == 1 else '§§'} {', '.join(entry.provisions)}"


def _build(day: date | None, event: TimelineEvent, expression: Expression, note: str = "") -> dict[str, Any]:
    return {"date": day, "event": event.value, "expression": expression, "note": note}
