"""Dated figures in bundles: a kind of line of their own, and blocks that refer to them."""

import json

import pytest
import time_machine
from django.utils import translation

from cms.core.models import Figure
from cms.exchange.bundle_export import BundleExporter
from cms.exchange.bundle_import import BundleRefusedError, import_bundle
from cms.exchange.identity import derive_content_id
from cms.publication.models import Release, Window
from knowledge.models import ArticlePage
from tests.factories.releases import read_document

pytestmark = pytest.mark.django_db

AMOUNTS = [
    {"valid_from": "2026-01-01", "amount": "514000", "note": "Nyidanmark"},
    {"valid_from": "2027-01-01", "amount": "552000.50"},
]


@pytest.fixture(autouse=True)
def first_of_march(site):
    with translation.override("en"), time_machine.travel("2026-03-01T12:00:00+01:00", tick=False):
        yield


def make_figure_line(source_id="pay-limit", names=None, amounts=AMOUNTS, **fields):
    names = names or {"da": {"label": "Beløbsgrænsen", "unit": "kr. pr. år"}, "en": {"label": "The pay limit"}}
    return {"kind": "figure", "source_id": source_id, "fields": {"names": names, "amounts": amounts, **fields}}


def make_page_line(slug="pay-limit", source_id="work"):
    blocks = [{"type": "figure", "value": slug}]
    return {"kind": "article", "source_id": source_id, "locale": "da", "title": "Arbejde", "blocks": blocks}


def run(*lines, keep_going=False):
    return import_bundle([json.dumps(line).encode() for line in lines], keep_going=keep_going)


def refuse(*lines):
    with pytest.raises(BundleRefusedError) as refusal:
        run(*lines)
    return [str(error) for error in refusal.value.report.errors]


def read_amounts():
    content_id = derive_content_id("work")
    starts = Window.objects.filter(content_id=content_id).order_by("starts").values_list("starts", flat=True)
    return [read_document(content_id, day)["blocks"][0]["value"]["amount"] for day in starts]


def test_page_may_refer_to_a_figure_further_down(site):
    run(make_page_line(), make_figure_line(eli_uri="https://www.retsinformation.dk/eli/lta/2025/1183", section="9 a"))

    assert read_amounts() == ["514000.00", "552000.50"]


def test_identical_figure_changes_nothing_and_another_amount_releases_the_page(site):
    run(make_figure_line(), make_page_line())
    rows = Release.objects.count()

    same = run(make_figure_line(amounts=AMOUNTS[::-1]), make_page_line())
    unchanged = Release.objects.count() - rows
    other = run(make_figure_line(amounts=[AMOUNTS[0], {"valid_from": "2027-01-01", "amount": "553000"}]))

    assert (same.unchanged, unchanged, other.released, read_amounts()) == (2, 0, 1, ["514000.00", "553000.00"])


def test_exported_bundle_brings_figures_and_changes_nothing(site):
    run(make_figure_line(), make_page_line())
    rows = Release.objects.count()

    lines = [json.loads(line) for line in BundleExporter().write()]
    report = run(*lines)

    assert [line["source_id"] for line in lines if line["kind"] == "figure"] == ["pay-limit"]
    assert (report.released, report.drafted, Release.objects.count()) == (0, 0, rows)


def test_exported_bundle_gives_an_empty_site_the_same_figures(site):
    run(make_figure_line(), make_page_line())
    lines = [json.loads(line) for line in BundleExporter().write()]
    ArticlePage.objects.get().unpublish()
    Figure.objects.get().delete()

    run(*lines)

    assert read_amounts() == ["514000.00", "552000.50"]


@pytest.mark.parametrize(
    ("lines", "error"),
    [
        ([make_page_line("unknown")], "line 1: blocks: no figure unknown"),
        ([make_figure_line(names={"en": {"label": "x"}})], "line 1: fields: A figure needs a Danish name"),
        ([make_figure_line(amounts=[])], "line 1: fields: A figure needs an amount."),
        (
            [make_figure_line(amounts=[AMOUNTS[0], AMOUNTS[0]])],
            "line 1: fields: Two amounts are valid from 01.01.2026.",
        ),
        (
            [make_figure_line(amounts=[{"valid_from": "2026-02-30", "amount": "1"}])],
            "line 1: fields.amounts: 2026-02-30 is not a day of the calendar",
        ),
        (
            [make_figure_line(amounts=[{"valid_from": "2026-02-01", "amount": "1,5"}])],
            "line 1: fields.amounts.0.amount: '1,5' does not match",
        ),
        (
            [make_figure_line(names={"da": {"label": "010190-1234"}})],
            "line 1: fields: 010190-1234 looks like a CPR number",
        ),
        ([make_figure_line(), make_figure_line()], "line 2: the same source_id as line 1"),
        ([{"kind": "figure", "source_id": "a b", "fields": {"names": {}, "amounts": []}}], "line 1: source_id: 'a b'"),
    ],
)
def test_bad_figure_is_refused_with_its_line_and_nothing_is_stored(site, lines, error):
    errors = refuse(*lines)

    assert errors[0].startswith(error)
    assert (len(errors), Figure.objects.count(), Release.objects.count()) == (1, 0, 0)


def test_page_whose_figure_is_refused_is_refused_too_and_the_others_go_in(site):
    bad = make_figure_line("fee", names={"da": {"label": ""}})

    report = run(bad, make_page_line("fee"), make_figure_line(), make_page_line(source_id="other"), keep_going=True)

    assert ([error.line for error in report.errors], report.released) == ([1, 2], 2)
