"""Text that applies on a day, from the rows of the log: the rules of time as drawings."""

from datetime import UTC, date, datetime

import pytest

from cms.publication.log.timeline import Span, build_spans, list_entries
from cms.publication.models.log import Release
from tests.publication.drawings import DAYS, day, draw, read_rows

CASES = {
    "nothing applies before the first day, and the text goes on without end": (
        """
        on 1: release A from 4
        """,
        "...AAAAAA",
    ),
    "a text is there on its last day and not on the next": (
        """
        on 1: release A from 2 until 4
        """,
        ".AAA.....",
    ),
    "a text may apply for one day": (
        """
        on 1: release A from 4 until 4
        """,
        "...A.....",
    ),
    "a planned text ends the present one on its first day": (
        """
        on 1: release A from 1
        on 1: release J from 7
        """,
        "AAAAAAJJJ",
    ),
    "a correction of today's text does not touch the one planned": (
        """
        on 1: release A from 1
        on 1: release J from 7
        on 3: release B from 3
        """,
        "AABBBBJJJ",
    ),
    "a correction of the planned text does not touch today's": (
        """
        on 1: release A from 1
        on 1: release J from 7
        on 3: release K from 7
        """,
        "AAAAAAKKK",
    ),
    "of two texts for the same day the later release wins": (
        """
        on 1: release A from 4
        on 2: release B from 4
        on 3: release C from 4
        """,
        "...CCCCCC",
    ),
    "a plan brought forward by another text leaves the first plan where it was": (
        """
        on 1: release A from 1
        on 1: release J from 7
        on 2: release K from 5
        """,
        "AAAAKKJJJ",
    ),
    "a text released today for days gone by takes those days, not the later ones": (
        """
        on 1: release B from 5
        on 6: release A from 2
        """,
        ".AAABBBBB",
    ),
    "after the last day no older text returns": (
        """
        on 1: release A from 1
        on 1: release B from 3 until 5
        """,
        "AABBB....",
    ),
    "after the last day a planned text still comes": (
        """
        on 1: release A from 1 until 3
        on 1: release J from 7
        """,
        "AAA...JJJ",
    ),
    "a planned text comes before the last day of the present one": (
        """
        on 1: release A from 1 until 8
        on 1: release J from 4
        """,
        "AAAJJJJJJ",
    ),
    "a text superseded on its first day takes its last day with it": (
        """
        on 1: release A from 2 until 4
        on 1: release B from 2
        """,
        ".BBBBBBBB",
    ),
    "a text whose last day lies before its first applies on no day, and still ends the one before": (
        """
        on 1: release A from 1
        on 1: release B from 5 until 3
        """,
        "AAAA.....",
    ),
    "a planned text is cancelled by withdrawing it, and the present one goes on": (
        """
        on 1: release A from 1
        on 1: release J from 7
        on 3: take back J
        """,
        "AAAAAAAAA",
    ),
    "a plan cancelled on the evening before leaves nothing": (
        """
        on 1: release A from 1
        on 1: release J from 7
        on 6: take back J
        """,
        "AAAAAAAAA",
    ),
    "a planned text taken back on its first day leaves a hole": (
        """
        on 1: release A from 1
        on 1: release J from 7
        on 7: take back J
        """,
        "AAAAAA...",
    ),
    "a text taken back leaves a hole: what it superseded does not come back": (
        """
        on 1: release A from 1
        on 3: release B from 3
        on 5: take back B
        """,
        "AA.......",
    ),
    "the hole ends where a planned text begins": (
        """
        on 1: release A from 1
        on 1: release J from 7
        on 3: take back A
        """,
        "......JJJ",
    ),
    "a new text applies from its own first day, the days of the hole stay empty": (
        """
        on 1: release A from 1
        on 3: release B from 3
        on 5: take back B
        on 6: release C from 6
        """,
        "AA...CCCC",
    ),
    "a new text for the first day of the hole fills it": (
        """
        on 1: release A from 1
        on 3: release B from 3
        on 5: take back B
        on 5: release C from 3
        """,
        "AACCCCCCC",
    ),
    "a text taken back after it was superseded takes only its own days away": (
        """
        on 1: release A from 1
        on 3: release B from 3
        on 6: release C from 6
        on 8: take back B
        """,
        "AA...CCCC",
    ),
    "a text taken back after another took its first day changes nothing": (
        """
        on 1: release A from 1
        on 3: release B from 3
        on 3: release C from 3
        on 5: take back B
        """,
        "AACCCCCCC",
    ),
    "a superseded plan does not come back when its successor is cancelled": (
        """
        on 1: release A from 1
        on 1: release J from 7
        on 2: release K from 7
        on 3: take back K
        """,
        "AAAAAAAAA",
    ),
    "cancelling the superseded plan leaves its successor": (
        """
        on 1: release A from 1
        on 1: release J from 7
        on 2: release K from 7
        on 3: take back J
        """,
        "AAAAAAKKK",
    ),
    "after a plan was cancelled another may take its day": (
        """
        on 1: release A from 1
        on 1: release J from 7
        on 3: take back J
        on 4: release K from 7
        """,
        "AAAAAAKKK",
    ),
    "of two plans the one that is cancelled goes": (
        """
        on 1: release A from 1
        on 1: release J from 5
        on 1: release K from 7
        on 3: take back J
        """,
        "AAAAAAKKK",
    ),
    "taking everything back takes the plans along": (
        """
        on 1: release A from 1
        on 1: release J from 7
        on 3: take back everything
        """,
        ".........",
    ),
    "after everything was taken back a new text begins anew, and no old one returns": (
        """
        on 1: release A from 1
        on 1: release J from 8
        on 3: take back everything
        on 5: release C from 5 until 6
        """,
        "....CC...",
    ),
    "taking back a text that was never there changes nothing": (
        """
        on 1: release A from 1
        on 3: take back Z
        """,
        "AAAAAAAAA",
    ),
    "taking back the same text twice changes nothing": (
        """
        on 1: release A from 1
        on 3: release B from 3
        on 4: take back B
        on 5: take back B
        """,
        "AA.......",
    ),
    "what was taken back with everything cannot be taken back again": (
        """
        on 1: release A from 1
        on 2: take back everything
        on 3: release B from 3
        on 4: take back A
        """,
        "..BBBBBBB",
    ),
}


@pytest.mark.parametrize(("history", "drawing"), CASES.values(), ids=CASES.keys())
def test_days_are_drawn_from_the_history(history, drawing):
    assert draw(history) == drawing


@pytest.mark.parametrize(("history", "drawing"), CASES.values(), ids=CASES.keys())
def test_spans_stand_in_order_of_time_and_never_overlap(history, drawing):
    spans = build_spans(list_entries(read_rows(history)))

    ends = [span.ends or date.max for span in spans]

    assert [span.starts for span in spans] == sorted(span.starts for span in spans)
    assert all(span.starts < end for span, end in zip(spans, ends, strict=True))
    assert all(end <= later.starts for end, later in zip(ends, spans[1:], strict=False))


@pytest.mark.parametrize(
    ("moment", "drawing"),
    [
        # Midnight in Copenhagen is 22:00 UTC in May: the last minute before the first day, and the first one on it.
        (datetime(2026, 5, 6, 21, 59, tzinfo=UTC), "AAAAAAAAA"),
        (datetime(2026, 5, 6, 22, 0, tzinfo=UTC), "AAAAAA..."),
    ],
)
def test_first_day_begins_at_midnight_in_copenhagen(moment, drawing):
    rows = read_rows("on 1: release A from 1\non 1: release J from 7\non 6: take back J")
    rows[-1].released_at = moment

    spans = build_spans(list_entries(rows))

    assert "".join(next((span.row.version for span in spans if span.covers(day(n))), ".") for n in DAYS) == drawing


def test_text_without_an_end_may_be_written_with_the_last_day_there_is():
    row = Release(position=1, kind="released", version="A", applies_from=day(1), applies_until=date.max)

    assert build_spans(list_entries([row])) == [Span(row, day(1), None)]


@pytest.mark.parametrize(
    ("last", "on", "covers", "reaches"),
    [
        (6, 2, False, True),
        (6, 3, True, True),
        (6, 6, True, True),
        (6, 7, False, False),
        (None, 2, False, True),
        (None, 9, True, True),
    ],
)
def test_span_from_the_third_covers_its_days_and_reaches_those_before(last, on, covers, reaches):
    span = Span(Release(), day(3), day(last + 1) if last else None)

    assert (span.covers(day(on)), span.reaches(day(on))) == (covers, reaches)
