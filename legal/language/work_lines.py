"""Grouping rule: the consolidations and main acts that are one work, as a line through time.

A title does not identify an act: acts of the same name have replaced each other, and an act is renamed without becoming
another one. What does is the day on which the act itself says that it takes effect ("Loven træder i kraft den 1.
oktober 1983"): every consolidation repeats that clause among the act's own sections. So:

1. Only consolidations (LBK) and main acts (LOV that amend nothing; ``ActKind.MAIN``) form lines. Every order (BEK),
   amending act and anything else is a work of its own, an order that replaces one of the same title included.
2. Expressions of the same name and jurisdiction whose own commencement day is known and equal are one line. Different
   days are different lines, whatever the title.
3. A main act always begins a line; of two main acts of one name and day, a consolidation belongs to the later one
   signed before it.
4. A consolidation whose commencement day is not known (the clause is left out, names no day, or there is no text)
   belongs to the line that the latest expression of the same name before it belongs to, a line that commences only
   after the consolidation was signed being passed over; with none before it, to the line of the first one after it;
   with none at all, to a line without a day.
5. Lines of different names are one when they share a popular name ("barselloven") and a known commencement day: the
   act was renamed.

Greenland and the Faroe Islands are part of the name key (``legal.language.act_titles``). The result depends on the set of
expressions alone, never on the order in which they came.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from cms.core.sentences import MONTHS
from cms.core.unicode_text import clean_text
from legal.language.danish_days import build_day

# Example: "§ 63. ‹Loven træder i kraft den 1. oktober 1983›."
COMMENCEMENT = re.compile(
    r"(?:\bLoven|\bDenne lov)\b[^.§]{0,120}?\btræder i kraft (?:fra )?(?:den )?(\d{1,2})\. ?("
    + "|".join(MONTHS)
    + r") (\d{4})",
    re.IGNORECASE,
)
# The clause opens its section; a later mention quotes another act.
CLAUSE_REACH = 260


@dataclass(frozen=True)
class LineMember:
    """The facts of one expression that the rule looks at; ``order`` is unique: (signed, number, ELI URI)."""

    id: int
    name_key: str
    popular_key: str
    founded_on: date | None
    signed_date: date
    number: int
    eli_uri: str
    is_consolidation: bool

    @property
    def order(self) -> tuple[date, int, str]:
        """The place in time."""
        return (self.signed_date, self.number, self.eli_uri)


@dataclass
class WorkLine:
    """One act through time; ``members`` stand in order of time."""

    founded_on: date | None
    members: list[LineMember]

    @property
    def seed(self) -> str:
        """The text from which the id of a new work is made: intrinsic to the line as far as it can be."""
        first = self.members[0]
        mark = self.founded_on.isoformat() if self.founded_on else ("" if first.is_consolidation else first.eli_uri)
        return f"{first.name_key}|{mark}"


def find_commencement(own_sections: Sequence[str]) -> date | None:
    """Find the day on which an act says it takes effect; the last of its own sections that says so counts."""
    for text in reversed(own_sections):
        found = COMMENCEMENT.search(clean_text(text[: CLAUSE_REACH * 2])[:CLAUSE_REACH])
        if found and (day := build_day(*found.groups())):
            return day
    return None


def build_lines(candidates: Iterable[LineMember]) -> list[WorkLine]:
    """Group expressions into lines, in order of each line's first expression."""
    named: dict[str, list[LineMember]] = defaultdict(list)
    for candidate in sorted(candidates, key=attrgetter("order")):
        named[candidate.name_key].append(candidate)
    lines = [line for bucket in named.values() for line in _split_bucket(bucket)]
    return sorted(_join_renamed(lines), key=lambda line: line.members[0].order)


def _split_bucket(bucket: list[LineMember]) -> list[WorkLine]:
    """Split the expressions of one name, in order of time, into lines (rules 2 to 4)."""
    lines = [WorkLine(candidate.founded_on, [candidate]) for candidate in bucket if not candidate.is_consolidation]
    unmarked: list[LineMember] = []
    for candidate in bucket:
        if not candidate.is_consolidation:
            continue
        if candidate.founded_on is None:
            unmarked.append(candidate)
            continue
        same_day = [line for line in lines if line.founded_on == candidate.founded_on]
        earlier = [line for line in same_day if line.members[0].order < candidate.order]
        if earlier:
            earlier[-1].members.append(candidate)
        elif same_day:
            same_day[0].members.append(candidate)
        else:
            lines.append(WorkLine(candidate.founded_on, [candidate]))
    marked = [(member, line) for line in lines for member in line.members]
    for candidate in unmarked:
        line = _find_neighbour(candidate, marked)
        if line is None:
            line = WorkLine(None, [])
            lines.append(line)
            marked.append((candidate, line))
        line.members.append(candidate)
    for line in lines:
        line.members.sort(key=attrgetter("order"))
    return lines


def _find_neighbour(candidate: LineMember, marked: list[tuple[LineMember, WorkLine]]) -> WorkLine | None:
    before = [
        (member.order, line)
        for member, line in marked
        if member.order < candidate.order and (line.founded_on is None or line.founded_on <= candidate.signed_date)
    ]
    if before:
        return max(before, key=lambda entry: entry[0])[1]
    after = [(member.order, line) for member, line in marked]
    return min(after, key=lambda entry: entry[0])[1] if after else None


def _join_renamed(lines: list[WorkLine]) -> list[WorkLine]:
    """Join lines that share a popular name and a known day (rule 5)."""
    joined: list[WorkLine] = []
    by_popular_name: dict[tuple[str, date], WorkLine] = {}
    for line in sorted(lines, key=lambda line: line.members[0].order):
        target = None
        names = {member.popular_key for member in line.members if member.popular_key}
        if line.founded_on is not None:
            day = line.founded_on
            target = next(
                (by_popular_name[name, day] for name in sorted(names) if (name, day) in by_popular_name), None
            )
        if target is None:
            target = line
            joined.append(line)
        else:
            target.members = sorted([*target.members, *line.members], key=attrgetter("order"))
        if target.founded_on is not None:
            for name in names:
                by_popular_name.setdefault((name, target.founded_on), target)
    return joined
