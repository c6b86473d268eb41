"""Renditions of one text over time: which rendition holds on a day, what a cut leaves of them, what makes it another text."""

from dataclasses import replace
from uuid import UUID

import pytest

from cms.publication.log.drafts import LaterRendition
from cms.publication.log.renditions import (
    Rendition,
    build_renditions,
    compute_text_hash,
    cut_renditions,
    find_rendition,
)
from tests.factories.releases import make_draft
from tests.publication.drawings import DAYS, day

CONTENT = UUID("00000000-0000-4000-8000-000000000001")
DRAFT = make_draft("Gebyret", content_id=CONTENT)


def make_renditions(written):
    """Make renditions from "1 a, 5 b": the text reads "a" from the 1st, "b" from the 5th."""
    pairs = [entry.split() for entry in written.split(", ")] if written else []
    return [Rendition(day(int(number)), letter) for number, letter in pairs]


def write_readings(renditions):
    """Write renditions as ``make_renditions`` takes them."""
    return ", ".join(f"{rendition.starts.day} {rendition.text_hash}" for rendition in renditions)


@pytest.mark.parametrize(
    ("renditions", "drawing"),
    [
        ("", "........."),
        ("3 a", "..aaaaaaa"),
        ("1 a, 5 b", "aaaabbbbb"),
        ("2 a, 5 b, 6 c", ".aaabcccc"),
        # An amount that rises for a week and falls back again.
        ("1 a, 4 b, 7 a", "aaabbbaaa"),
    ],
)
def test_reading_of_a_day_is_the_last_that_has_begun(renditions, drawing):
    made = make_renditions(renditions)

    found = [find_rendition(made, day(number)) for number in DAYS]

    assert "".join(rendition.text_hash if rendition else "." for rendition in found) == drawing


@pytest.mark.parametrize(
    ("renditions", "on", "left"),
    [
        ("", 4, ""),
        # It has begun: it goes on from the day of the cut.
        ("1 a", 4, "4 a"),
        ("1 a, 6 b", 4, "4 a, 6 b"),
        # What is past is left out, and what begins on the day is its first.
        ("1 a, 3 b, 6 c", 4, "4 b, 6 c"),
        ("1 a, 4 b, 6 c", 4, "4 b, 6 c"),
        # Nothing has begun yet: days to come stay as they are.
        ("6 a, 8 b", 4, "6 a, 8 b"),
        # Equal neighbours are one rendition; the same rendition after another one is not.
        ("1 a, 6 a, 8 b", 4, "4 a, 8 b"),
        ("1 a, 5 b, 6 b, 8 a", 4, "4 a, 5 b, 8 a"),
        ("1 b, 3 a, 6 b", 4, "4 a, 6 b"),
    ],
)
def test_cut_leaves_how_a_text_reads_from_a_day_on(renditions, on, left):
    assert write_readings(cut_renditions(make_renditions(renditions), day(on))) == left


def test_cut_readings_keep_their_documents():
    renditions = [Rendition(day(1), "a", {"title": "A"}), Rendition(day(6), "b", {"title": "B"})]

    cut = cut_renditions(renditions, day(4))

    assert [(rendition.starts, rendition.document) for rendition in cut] == [
        (day(4), {"title": "A"}),
        (day(6), {"title": "B"}),
    ]


def test_draft_has_a_reading_for_its_first_day_and_one_for_each_variant():
    later = {**DRAFT.document, "html": "<p>400 kr.</p>"}
    vouched = {"until": "2026-12-31", "by": "Udlændinge og ret"}
    draft = replace(DRAFT, renditions=[LaterRendition(day(5), later)], verified=vouched)

    renditions = build_renditions(draft, day(2))

    assert [(rendition.starts, rendition.document) for rendition in renditions] == [
        (day(2), {**DRAFT.document, "verified": vouched}),
        (day(5), {**later, "verified": vouched}),
    ]
    assert [rendition.text_hash for rendition in renditions] == [
        compute_text_hash(draft, DRAFT.document),
        compute_text_hash(draft, later),
    ]


@pytest.mark.parametrize(
    "values",
    [
        {"document": {**DRAFT.document, "title": "Gebyrer"}},
        {"document": {**DRAFT.document, "html": "<p>400 kr.</p>"}},
        {"applies_until": day(9)},
        {"change_note": "Beløbet er rettet."},
        {"is_machine": True},
        {"verified": {"until": "2026-12-31", "by": None}},
        {"verified": {"until": None, "by": "Udlændinge og ret"}},
    ],
    ids=lambda values: next(iter(values)),
)
def test_text_that_says_something_else_is_another(values):
    other = replace(DRAFT, **values)

    assert compute_text_hash(other, other.document) != compute_text_hash(DRAFT, DRAFT.document)


@pytest.mark.parametrize(
    "values",
    [
        {"path": "/da/et/andet/sted/"},
        {"visibility": "network"},
        {"topics": ["tax"]},
        {"municipalities": ["0751"]},
        {"applies_from": day(4)},
        {"significance": "substantive"},
        {"source_version": "f" * 16},
        {"revision_id": 7},
        {"document": dict(reversed(DRAFT.document.items()))},
        {"verified": {"until": None, "by": ""}},
    ],
    ids=lambda values: next(iter(values)),
)
def test_text_that_only_stands_elsewhere_is_the_same(values):
    other = replace(DRAFT, **values)

    assert compute_text_hash(other, other.document) == compute_text_hash(DRAFT, DRAFT.document)
