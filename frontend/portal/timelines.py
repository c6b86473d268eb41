"""The texts of an act, and the wordings of a section, in time: what was the answer when, and what changed with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils.dateparse import parse_date

from legal.sections import build_anchor
from legal.wordings import Wording

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class TimelineEntry:
    """One text on the timeline. ``until`` is its last day, ``None`` while nothing follows.

    ``path`` shows the text of its first day, "" for one that a later text of the same day replaced; ``diff_path`` shows what
    changed with it, "" where there is nothing to hold it against.
    """

    name: str
    eli_uri: str
    starts: date
    until: date | None
    path: str
    diff_path: str
    is_shown: bool

    @property
    def is_replaced_at_once(self) -> bool:
        return self.until is not None and self.until < self.starts


def build_act_timeline(expressions: Sequence[Mapping[str, Any]], shown_uri: str, act_path: str) -> list[TimelineEntry]:
    """Build the timeline of an act from the ``expressions`` of its document, the newest first."""
    entries = []
    until: date | None = None
    days = [parse_date(str(expression["signed_date"])) or date.min for expression in expressions]
    for place, (expression, day) in enumerate(zip(expressions, days, strict=True)):
        is_replaced = until is not None and until < day
        earlier = next((other for other in days[place + 1 :] if other < day), None)
        has_texts = expression.get("text_hash", "") and any(
            other.get("text_hash") for other, start in zip(expressions, days, strict=True) if start == earlier
        )
        entries.append(
            TimelineEntry(
                name=build_name(expression),
                eli_uri=expression["eli_uri"],
                starts=day,
                until=until,
                path="" if is_replaced else f"{act_path}?as_of={day}",
                diff_path=build_diff_path(act_path, earlier, day) if earlier and has_texts and not is_replaced else "",
                is_shown=expression["eli_uri"] == shown_uri,
            )
        )
        until = day - ONE_DAY
    return entries


def build_wording_timeline(
    wordings: Sequence[Wording], act_path: str, section: str, shown_day: date
) -> list[TimelineEntry]:
    """Build the timeline of a section; ``shown_day`` is the signature of the text that is shown."""
    entries = []
    for wording in wordings:
        starts = wording.first.signed_date
        until = wording.ended.signed_date - ONE_DAY if wording.ended else None
        diff_path = build_diff_path(act_path, wording.previous.signed_date, starts, section) if wording.previous else ""
        entries.append(
            TimelineEntry(
                name=str(wording.first),
                eli_uri=wording.first.eli_uri,
                starts=starts,
                until=until,
                path=f"{act_path}{build_anchor(section)}/?as_of={starts}",
                diff_path=diff_path,
                is_shown=starts <= shown_day and (until is None or shown_day <= until),
            )
        )
    return entries


def build_diff_path(act_path: str, start: date, end: date, section: str = "") -> str:
    """Build the address of what differs between two days, in the whole act or in one section."""
    query = {"from": start, "to": end, **({"section": section} if section else {})}
    return f"{act_path}diff/?{urlencode(query)}"


def build_name(expression: Mapping[str, Any]) -> str:
    """Build the short name of a text: ``LBK 1183/2025``."""
    return f"{expression['document_type']} {expression['number']}/{expression['year']}"
