"""Plans of rows that a change calls for, as drawings of what is then delivered on each day.

A drawing has a line for each thing looked at, with one character for each of the first nine days of May 2026:

    da            the Danish text by its letter, a dot where there is none
    en state      how the English text stands towards its source: c current, o outdated, m by machine
    da names en   whether the Danish document names the English one, and in which state; - where it does not
    rows          how many rows each change was given
"""

from datetime import date
from itertools import pairwise

import pytest

from tests.publication.plans import Content

IDENTITY = ("version", "applies_from", "released_at", "first_released_at")

CASES = {
    "a correction of today's text does not touch the one planned": (
        """
        on 1: da publishes A from 1
        on 1: da publishes J from 7
        on 3: da publishes B from 3
        """,
        """
        da    AABBBBJJJ
        rows  1 1 1
        """,
    ),
    "a correction of today's text does not touch the translation of the one planned": (
        """
        on 1: da publishes A from 1
        on 1: en publishes a from 1 of A
        on 1: da publishes J from 7, substantive
        on 2: en publishes j from 7 of J
        on 3: da publishes B from 3
        """,
        """
        da           AABBBBJJJ
        en           aaaaaajjj
        en state     ccccccccc
        da names en  ccccccccc
        rows         1 2 2 2 1
        """,
    ),
    "a new language is named in its siblings at once": (
        """
        on 1: da publishes A from 1
        on 1: en publishes a from 1 of A
        on 3: de publishes d from 3 of A
        """,
        """
        da           AAAAAAAAA
        de           ..ddddddd
        da names en  ccccccccc
        da names de  ccccccccc
        en names de  ccccccccc
        de names en  ..ccccccc
        rows         1 2 3
        """,
    ),
    "a language that begins later is named from that day": (
        """
        on 1: da publishes A from 1
        on 1: en publishes a from 4 of A
        """,
        """
        en           ...aaaaaa
        da           AAAAAAAAA
        da names en  ---cccccc
        rows         1 2
        """,
    ),
    "a language that ends is named until its last day": (
        """
        on 1: da publishes A from 1
        on 1: en publishes a from 1 until 5 of A
        """,
        """
        en           aaaaa....
        da           AAAAAAAAA
        da names en  ccccc----
        rows         1 3
        """,
    ),
    "a language that was taken back is no longer named": (
        """
        on 1: da publishes A from 1
        on 1: en publishes a from 1 of A
        on 3: en takes back everything
        """,
        """
        da           AAAAAAAAA
        en           .........
        da names en  ---------
        rows         1 2 2
        """,
    ),
    "a language that comes back is named again": (
        """
        on 1: da publishes A from 1
        on 1: en publishes a from 1 of A
        on 3: en takes back everything
        on 5: en publishes b from 5 of A
        """,
        """
        da           AAAAAAAAA
        en           ....bbbbb
        da names en  ccccccccc
        rows         1 2 2 2
        """,
    ),
    "a text with another address is released again in every language and for every day to come": (
        """
        on 1: da publishes A from 1
        on 1: en publishes a from 1 of A
        on 2: da publishes J from 7, substantive
        on 3: da moves
        """,
        """
        da        AAAAAAJJJ
        en        aaaaaaaaa
        en state  ccccccooo
        rows      1 2 2 4
        """,
    ),
    "a small change of the source leaves its translation current and unreleased": (
        """
        on 1: da publishes A from 1
        on 1: en publishes a from 1 of A
        on 3: da publishes B from 3
        """,
        """
        da           AABBBBBBB
        en state     ccccccccc
        da names en  ccccccccc
        rows         1 2 1
        """,
    ),
    "a change in substance makes the translation outdated, and a small one after it does not mend that": (
        """
        on 1: da publishes A from 1
        on 1: en publishes a from 1 of A
        on 3: da publishes B from 3, substantive
        on 4: da publishes C from 4
        """,
        """
        da           AABCCCCCC
        en           aaaaaaaaa
        en state     ooooooooo
        da names en  ccooooooo
        rows         1 2 2 1
        """,
    ),
    "new words make an outdated translation current": (
        """
        on 1: da publishes A from 1
        on 1: en publishes a from 1 of A
        on 3: da publishes B from 3, substantive
        on 4: en publishes b from 4 of B
        """,
        """
        en           aaabbbbbb
        en state     ooocccccc
        da names en  ccccccccc
        rows         1 2 2 2
        """,
    ),
    "a planned change in substance makes the translation outdated from its day, not before": (
        """
        on 1: da publishes A from 1
        on 1: en publishes a from 1 of A
        on 2: da publishes J from 7, substantive
        """,
        """
        en           aaaaaaaaa
        en state     ccccccooo
        da names en  ccccccooo
        rows         1 2 2
        """,
    ),
    "a translation of the planned text is current from the same day": (
        """
        on 1: da publishes A from 1
        on 1: en publishes a from 1 of A
        on 2: da publishes J from 7, substantive
        on 3: en publishes j from 7 of J
        """,
        """
        en           aaaaaajjj
        en state     ccccccccc
        da names en  ccccccccc
        rows         1 2 2 2
        """,
    ),
    "when the plan is cancelled the translation stays current": (
        """
        on 1: da publishes A from 1
        on 1: en publishes a from 1 of A
        on 2: da publishes J from 7, substantive
        on 3: da takes back J
        """,
        """
        da           AAAAAAAAA
        en           aaaaaaaaa
        en state     ccccccccc
        da names en  ccccccccc
        rows         1 2 2 2
        """,
    ),
    "when the translation of the planned text is taken back the present one goes on, outdated from that day": (
        """
        on 1: da publishes A from 1
        on 1: en publishes a from 1 of A
        on 2: da publishes J from 7, substantive
        on 3: en publishes j from 7 of J
        on 4: en takes back j
        """,
        """
        da           AAAAAAJJJ
        en           aaaaaaaaa
        en state     ccccccooo
        da names en  ccccccooo
        rows         1 2 2 2 3
        """,
    ),
    "tomorrow's law told today is outdated until its day has come": (
        """
        on 1: da publishes A from 1
        on 1: da publishes J from 7, substantive
        on 2: en publishes j from 2 of J
        """,
        """
        en           .jjjjjjjj
        en state     .oooooccc
        da names en  ooooooccc
        rows         1 1 4
        """,
    ),
    "between two planned changes the translation is current only for its own": (
        """
        on 1: da publishes A from 1
        on 1: da publishes J from 4, substantive
        on 1: da publishes K from 7, substantive
        on 2: en publishes j from 4 of J
        """,
        """
        da           AAAJJJKKK
        en           ...jjjjjj
        en state     ...cccooo
        da names en  ---cccooo
        rows         1 1 1 4
        """,
    ),
    "a translation by machine says so until it is outdated": (
        """
        on 1: da publishes A from 1
        on 1: en publishes a from 1 of A, by machine
        on 3: da publishes J from 7, substantive
        """,
        """
        en state     mmmmmmooo
        da names en  mmmmmmooo
        rows         1 2 2
        """,
    ),
    "a text taken back leaves a hole, and its sibling names it no longer": (
        """
        on 1: da publishes A from 1
        on 1: en publishes a from 1 of A
        on 3: en publishes b from 3 of A
        on 5: en takes back b
        """,
        """
        da           AAAAAAAAA
        en           aa.......
        da names en  ---------
        rows         1 2 1 2
        """,
    ),
    "an amount that changes on a coming day is released for that day at once": (
        """
        on 1: da publishes A from 1, and B from 5
        """,
        """
        da    AAAABBBBB
        rows  2
        """,
    ),
    "an amount that changes after the last day of the text is no matter": (
        """
        on 1: da publishes A from 1 until 6, and B from 4, and C from 8
        """,
        """
        da    AAABBB...
        rows  2
        """,
    ),
    "a text published for days gone by reads on each of them as it did": (
        """
        on 5: da publishes A from 1, and B from 3, and C from 7
        """,
        """
        da    AABBBBCCC
        rows  3
        """,
    ),
    "a planned text takes the days on which the present one would have read otherwise": (
        """
        on 1: da publishes A from 3, and B from 5
        on 2: da publishes J from 4
        """,
        """
        da    ..AJJJJJJ
        rows  2 2
        """,
    ),
    "an amount and the source changing on one day make one version": (
        """
        on 1: da publishes A from 1
        on 1: en publishes a from 1 of A, and b from 5
        on 2: da publishes J from 5, substantive
        """,
        """
        en        aaaabbbbb
        en state  ccccooooo
        rows      1 3 2
        """,
    ),
    "an amount that is corrected takes the place of the wrong one from the day that one began": (
        """
        on 1: da publishes A from 1, and B from 4
        on 6: da reads D from 6
        """,
        """
        da    AAADDDDDD
        rows  2 1
        """,
    ),
    "an amount that changes today leaves the days before as they were": (
        """
        on 1: da publishes A from 1, and B from 4
        on 6: da reads D from 6, keeping the past
        """,
        """
        da    AAABBDDDD
        rows  2 1
        """,
    ),
    "amounts to come are replaced by those now known": (
        """
        on 1: da publishes A from 1, and B from 5
        on 3: da reads A from 3, and D from 6
        """,
        """
        da    AAAAADDDD
        rows  2 2
        """,
    ),
    "an amount to come that is cancelled does not come": (
        """
        on 1: da publishes A from 1, and B from 5
        on 3: da reads A from 3
        """,
        """
        da    AAAAAAAAA
        rows  2 1
        """,
    ),
    "a planned text that is cancelled takes its later amounts along": (
        """
        on 1: da publishes A from 1
        on 1: da publishes J from 7, and K from 8
        on 3: da takes back J
        """,
        """
        da    AAAAAAAAA
        rows  1 2 2
        """,
    ),
    "a text published for days gone by reads on each of them as it did, today included": (
        """
        on 6: da publishes A from 1, and B from 3, and C from 5
        """,
        """
        da    AABBCCCCC
        rows  3
        """,
    ),
    "a text that moves is released again for today and later, not for days gone by": (
        """
        on 6: da publishes A from 1, and B from 3, and C from 5, and D from 8
        on 7: da moves
        """,
        """
        da    AABBCCCDD
        rows  4 2
        """,
    ),
    "an amount confirmed on the day it begins stays, and the later one comes as well": (
        """
        on 1: da publishes A from 1, and B from 5
        on 5: da reads B from 5, and D from 7
        """,
        """
        da    AAAABBDDD
        rows  2 1
        """,
    ),
    "an amount to come that is corrected leaves the one before it": (
        """
        on 1: da publishes A from 1, and B from 3, and C from 7
        on 5: da reads B from 5, and D from 8
        """,
        """
        da    AABBBBBDD
        rows  3 2
        """,
    ),
    "a planned correction of one language is no matter of the others": (
        """
        on 1: da publishes A from 1
        on 1: en publishes a from 1 of A
        on 2: en publishes b from 5 of A
        """,
        """
        da           AAAAAAAAA
        en           aaaabbbbb
        da names en  ccccccccc
        rows         1 2 1
        """,
    ),
    "a text released for days gone by names the languages there are today": (
        """
        on 1: da publishes A from 1
        on 5: en publishes a from 4 of A
        on 6: da publishes B from 2
        """,
        """
        da           ABBBBBBBB
        da names en  ccccccccc
        rows         1 2 1
        """,
    ),
    "a text that was over when it was released ends what it took the place of": (
        """
        on 1: da publishes A from 1
        on 6: da publishes B from 2 until 3
        """,
        """
        da    ABB......
        rows  1 1
        """,
    ),
    "a text that was over when it was released ends what the one before said of later days": (
        """
        on 1: da publishes A from 1, and B from 4, and C from 8
        on 6: da publishes D from 2 until 3
        """,
        """
        da    ADD......
        rows  3 3
        """,
    ),
    "a text that was over when it was released names the languages of its own first day": (
        """
        on 1: da publishes A from 1
        on 1: en publishes a from 4 of A
        on 6: da publishes B from 2 until 3
        """,
        """
        da           ABB......
        da names en  ---......
        rows         1 2 3
        """,
    ),
    "another amount is no change in substance: the translation stays current": (
        """
        on 1: da publishes A from 1, and B from 4
        on 1: en publishes a from 1 of A
        on 6: da reads D from 6
        """,
        """
        da           AAADDDDDD
        en state     ccccccccc
        da names en  ccccccccc
        rows         2 3 1
        """,
    ),
}


def draw_line(content, what):
    """Draw one line of a drawing."""
    match what.split():
        case ["rows"]:
            return " ".join(map(str, content.appended))
        case [locale]:
            return content.draw(locale)
        case [locale, "state"]:
            return content.draw_states(locale)
        case [locale, "names", other]:
            return content.draw_names(locale, other)
    raise ValueError(what)


def read_drawing(drawing):
    """Read a drawing as ``{what: line}``; two spaces stand between them."""
    pairs = (line.strip().split("  ", 1) for line in drawing.strip().splitlines())
    return {what: line.strip() for what, line in pairs}


@pytest.fixture(params=CASES.values(), ids=CASES.keys())
def case(request):
    """One history, and the drawing of what it delivers."""
    history, drawing = request.param
    return Content(history), read_drawing(drawing)


def test_delivered_days_are_drawn_from_the_history(case):
    content, drawing = case

    assert {what: draw_line(content, what) for what in drawing} == drawing


def test_rows_know_the_state_that_their_documents_tell(case):
    content, _drawing = case

    for locale in content.history.locales:
        assert content.draw_listed_states(locale) == content.draw_states(locale)


def test_nothing_needs_to_happen_at_midnight(case):
    content, _drawing = case
    last = max(row.released_at.day for row in content.history.rows)

    assert [content.settle(on) for on in range(last, 11)] == [0] * (11 - last)


def test_neighbouring_versions_differ_in_what_readers_see(case):
    content, _drawing = case

    for locale in content.history.locales:
        seen = [
            {name: value for name, value in document.items() if name not in IDENTITY}
            for document in content.list_documents(locale)
        ]
        assert [later for earlier, later in pairwise(seen) if earlier == later] == []


def test_moved_text_has_its_new_address_in_every_language():
    content = Content("on 1: da publishes A from 1\non 1: en publishes a from 1 of A\non 3: da moves")

    (danish,), (english,) = content.list_documents("da"), content.list_documents("en")

    address = "http://testserver/da/elsewhere/"
    assert (danish["url"], english["translations"]) == (address, [{"locale": "da", "state": "source", "url": address}])
    assert [row.path for row in content.history.list_rows("da")][-1] == "/da/elsewhere/"


def test_repeated_release_carries_what_was_said_of_its_text():
    content = Content("""
        on 1: da publishes A from 1
        on 1: en publishes a from 1 until 8 of A, substantive, by machine
        on 3: da moves
    """)

    text, repeated = content.history.list_rows("en")

    names = ("text_position", "text_hash", "title", "applies_until", "significance", "source_version", "is_machine")
    assert [getattr(repeated, name) for name in names] == [getattr(text, name) for name in names]


def test_withdrawn_row_names_what_it_takes_away_and_says_why():
    content = Content("on 1: da publishes A from 1\non 1: da publishes J from 7\non 3: da takes back J")

    row = content.history.rows[-1]

    assert (row.kind, row.reason, row.version, row.title, row.released_at.date()) == (
        "withdrawn",
        "gone",
        "version-2",
        "J",
        date(2026, 5, 3),
    )
