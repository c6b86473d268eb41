"""Histories of an item written as a lawyer would tell them, and drawings of what then applies on each day.

The days are the first nine of May 2026. A text is a letter; a history is one decision a line, in the order in which they were
made::

    on 1: release A from 1
    on 2: release J from 7 until 8
    on 3: take back J

A drawing has one character for each day, the text that applies on it or a dot for none: ``"AAAAAA..."``.
"""

import re
from datetime import UTC, date, datetime

from cms.publication.log.timeline import build_spans, find_span, list_entries
from cms.publication.models.log import Release

DAYS = range(1, 10)
NOBODY = "."
# "on 2: release J from 7 until 8", "on 3: take back J", "on 3: take back everything"
RELEASE = re.compile(r"on (\d): release (\w) from (\d)(?: until (\d))?$")
TAKE_BACK = re.compile(r"on (\d): take back (\w|everything)$")


def day(number):
    """Make a day of the month."""
    return date(2026, 5, number)


def noon(number):
    """Make the middle of a day of the month."""
    return datetime(2026, 5, number, 10, tzinfo=UTC)


def read_rows(history):
    """Read a history of one language into rows of the log."""
    rows = []
    for line in filter(None, map(str.strip, history.splitlines())):
        if released := RELEASE.match(line):
            on, text, starts, last = released.groups()
            row = Release(kind="released", version=text, applies_from=day(int(starts)), released_at=noon(int(on)))
            row.applies_until = day(int(last)) if last else None
        elif taken := TAKE_BACK.match(line):
            on, text = taken.groups()
            row = Release(kind="withdrawn", version="" if text == "everything" else text, released_at=noon(int(on)))
        else:
            raise ValueError(line)
        row.position = len(rows) + 1
        rows.append(row)
    return rows


def draw(history):
    """Draw what applies on each day, told from the rows alone."""
    return draw_spans(build_spans(list_entries(read_rows(history))), lambda span: span.row.version)


def draw_spans(spans, choose_letter):
    """Draw spans, each as the letter chosen for it."""
    found = [find_span(spans, day(number)) for number in DAYS]
    return "".join(choose_letter(span) if span else NOBODY for span in found)
