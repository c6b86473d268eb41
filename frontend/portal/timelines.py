"""The texts of an act, and the wordings of a section, in time: what was the answer when, and what changed with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils.dateparse import parse_date

from legal.differences.wordings import Wording
from legal.language.section_numbers import build_anchor

# Each text of an act is superseded by the next.
HISTORIC = "historic"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class TimelineEntry:
    """One text on the timeline. ``until`` is its last day, ``None`` while nothing follows.

    ``path`` shows the text of its first day, "" for one that a later text of the same day replaced; ``diff_path`` shows what
    changed with it, "" where there is nothing to hold it against. ``state`` is that of an act, "" where it is not known.
    """

    name: str
    eli_uri: str
    starts: date
    until: date | None
    path: str
    diff_path: str
    is_shown: bool
    state: str = ""

    @property
    def is_replaced_at_once(self) -> bool:
        return self.until is not None and self.until < self.starts


def build_act_timeline(document: Mapping[str, Any], act_path: str) -> list[TimelineEntry]:
    """Build the timeline of an act, the newest text first; ``document`` is released or, with ``expression``, that of a day."""
    expressions = document["expressions"]
    shown_uri = (document.get("expression") or document)["eli_uri"]
    texts = [(parse_date(str(expression["signed_date"])) or date.min, expression) for expression in expressions]
    # Of two texts of one day the newer one, which stands first, is the one that applies.
    applying = dict(reversed(texts))
    entries: list[TimelineEntry] = []
    for day, expression in texts:
        is_applying = applying[day] is expression
        earlier = max((other for other in applying if other < day), default=None)
        is_shown = expression["eli_uri"] == shown_uri
        is_compared = is_applying and earlier and expression["text_hash"] and applying[earlier]["text_hash"]
        entries.append(
            TimelineEntry(
                name=build_name(expression),
                eli_uri=expression["eli_uri"],
                starts=day,
                until=entries[-1].starts - ONE_DAY if entries else None,
                path=f"{act_path}?as_of={day}" if is_applying else "",
                diff_path=build_diff_path(act_path, earlier, day) if is_compared and earlier else "",
                is_shown=is_shown,
                state=document["status"]["state"] if is_shown else HISTORIC if entries else "",
            )
        )
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
