"""Dated figures as editors write them: what is valid when, in which words, and what the form refuses."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import override

from cms.core.figures import show_figure
from cms.core.models import Figure, FigureAmount
from cms.core.numbers import format_amount
from cms.core.shown_targets import showing
from cms.publication.models import Window
from cms.publication.pages.builder import build_draft_document
from tests.factories.figures import make_figure, make_page_showing
from tests.factories.pages import publish
from tests.factories.releases import read_document

NEW_YEAR = date(2027, 1, 1)
LAST_YEAR = date(2026, 1, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(site):
    with time_machine.travel("2026-11-24T12:00:00+01:00", tick=False) as traveller:
        yield traveller


def build_form(names, amounts, **values):
    """Build what the editor's form sends: rows of names and amounts, a row's id first."""
    form = {"slug": "fee", "eli_uri": "", "section": "", **values}
    for prefix, rows in (("names", names), ("amounts", amounts)):
        old = sum(bool(row.get("id")) for row in rows)
        form |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": old}
        form |= {f"{prefix}-MIN_NUM_FORMS": 1, f"{prefix}-MAX_NUM_FORMS": 1000}
        for number, row in enumerate(rows):
            form |= {f"{prefix}-{number}-{key}": value for key, value in {"id": "", "DELETE": "", **row}.items()}
    return form


DANISH = {"language": "da", "label": "Gebyr", "unit": "kr."}
FEE = {"valid_from": "2026-01-01", "amount": "4500", "note": ""}
COMING = {"valid_from": "2027-01-01", "amount": "4710", "note": ""}


def send(client, form, figure=None):
    viewset = Figure.snippet_viewset
    name = viewset.get_url_name("edit" if figure else "add")
    return client.post(reverse(name, args=[figure.pk] if figure else []), form)


@pytest.mark.parametrize(
    ("language", "whole", "broken"),
    [
        ("da", "552.000", "1.234,50"),
        ("en", "552,000", "1,234.50"),
        ("de", "552.000", "1.234,50"),
        ("pl", "552\xa0000", "1\xa0234,50"),
        ("ro", "552.000", "1.234,50"),
        ("lt", "552\xa0000", "1\xa0234,50"),
        ("uk", "552\xa0000", "1\xa0234,50"),
        ("ar", "552,000", "1,234.50"),
        ("ti", "552,000", "1,234.50"),
    ],
)
def test_amount_is_written_as_the_language_does(language, whole, broken):
    with override(language):
        assert (format_amount("552000.00"), format_amount(Decimal("1234.5"))) == (whole, broken)


@pytest.mark.parametrize(
    ("day", "current", "coming"),
    [
        (date(2025, 12, 31), None, Decimal(1)),
        (LAST_YEAR, Decimal(1), Decimal(2)),
        (date(2026, 12, 31), Decimal(1), Decimal(2)),
        (NEW_YEAR, Decimal(2), None),
    ],
)
def test_amount_of_a_day_is_the_latest_that_has_begun(day, current, coming):
    figure = make_figure(amounts={LAST_YEAR: "1", NEW_YEAR: "2"})

    found = figure.find_amount(day), figure.find_next_amount(day)

    assert tuple(amount and amount.amount for amount in found) == (current, coming)


@pytest.mark.parametrize(("language", "label"), [("da", "Gebyr"), ("en", "Fee"), ("pl", "Fee")])
def test_figure_is_named_in_the_best_language_of_the_chain(language, label):
    figure = make_figure(amounts={LAST_YEAR: "1"}, da="Gebyr", en="Fee")

    with override(language), showing(NEW_YEAR):
        assert show_figure(figure)["label"] == label


def test_editor_makes_a_figure(admin_client):
    response = send(admin_client, build_form([DANISH], [FEE, COMING]))

    amounts = [(amount.valid_from, amount.amount) for amount in Figure.objects.get(slug="fee").list_amounts()]
    assert (response.status_code, amounts) == (302, [(LAST_YEAR, Decimal(4500)), (NEW_YEAR, Decimal(4710))])


@pytest.mark.parametrize(
    ("names", "amounts", "problem"),
    [
        ([DANISH], [FEE, FEE], "To beløb gælder fra 01.01.2026."),
        ([{**DANISH, "language": "en"}], [FEE], "Et beløb skal have et dansk navn"),
        ([DANISH, DANISH], [FEE], "Der er to navne på Dansk."),
        ([DANISH], [], "Der mangler et beløb."),
        ([DANISH], [{**FEE, "note": "Se 010190-1234"}], "010190-1234 ligner et CPR-nummer"),
        ([{**DANISH, "label": "010190-1234"}], [FEE], "010190-1234 ligner et CPR-nummer"),
    ],
)
def test_editor_is_told_what_is_wrong_and_nothing_is_stored(admin_client, names, amounts, problem):
    response = send(admin_client, build_form(names, amounts))

    assert (response.status_code, problem in response.content.decode(), Figure.objects.count()) == (200, True, 0)
    assert response.content.decode().count(problem) == 1


def test_editor_changes_an_amount_and_the_page_is_released(admin_client):
    figure = make_figure("fee", amounts={LAST_YEAR: "4500", NEW_YEAR: "4710"})
    page = publish(make_page_showing(figure))
    stored = [{**DANISH, "id": figure.names.get().pk}]
    rows = [{**FEE, "id": figure.list_amounts()[0].pk}, {**COMING, "id": figure.list_amounts()[1].pk, "amount": "4800"}]

    response = send(admin_client, build_form(stored, rows), figure)

    shown = [
        read_document(page.translation_key, day)["blocks"][1]["value"]
        for day in (LAST_YEAR.replace(month=12), NEW_YEAR)
    ]
    assert response.status_code == 302
    assert [(value["label"], value["amount"]) for value in shown] == [("Gebyr", "4500.00"), ("Gebyr", "4800.00")]


def test_editor_lets_two_amounts_change_places(admin_client):
    figure = make_figure("fee", amounts={LAST_YEAR: "4500", NEW_YEAR: "4710"})
    first, second = figure.list_amounts()
    rows = [{**FEE, "id": second.pk}, {**COMING, "id": first.pk}]

    send(admin_client, build_form([{**DANISH, "id": figure.names.get().pk}], rows), figure)

    stored = FigureAmount.objects.order_by("valid_from").values_list("valid_from", "amount")
    assert list(stored) == [(LAST_YEAR, Decimal(4500)), (NEW_YEAR, Decimal(4710))]


def test_failure_while_releasing_leaves_the_figure_as_it_was(admin_client, monkeypatch):
    figure = make_figure("fee", amounts={LAST_YEAR: "4500"})
    publish(make_page_showing(figure))
    rows = Window.objects.count()

    def fail(*args, **kwargs):
        raise RuntimeError("the log is not there")

    monkeypatch.setattr("cms.publication.pages.signal_handlers.release_referrers", fail)
    form = build_form(
        [{**DANISH, "id": figure.names.get().pk}], [{**FEE, "id": figure.amounts.get().pk, "amount": "1"}]
    )
    with pytest.raises(RuntimeError):
        send(admin_client, form, figure)

    assert (FigureAmount.objects.get().amount, Window.objects.count()) == (Decimal(4500), rows)


def test_list_shows_today_and_what_comes_and_finds_by_name(admin_client):
    make_figure("fee", amounts={LAST_YEAR: "4500", NEW_YEAR: "4710"}, da="Gebyr", en="Gebyr fee")
    make_figure("limit", amounts={LAST_YEAR: "552000"})

    answer = admin_client.get(reverse(Figure.snippet_viewset.get_url_name("list")), {"q": "gebyr"}).content.decode()

    found = [text in answer for text in ("4.500 kr. pr. år fra 01.01.2026", "4.710 kr. pr. år fra 01.01.2027", "552")]
    assert (found, answer.count("4.710 kr.")) == ([True, True, False], 1)


def test_editor_cannot_delete_a_figure_that_is_shown_and_learns_where(admin_client):
    figure = make_figure("fee", amounts={LAST_YEAR: "4500"})
    page = publish(make_page_showing(figure, title="Hvad koster det?"))
    address = reverse(Figure.snippet_viewset.get_url_name("delete"), args=[figure.pk])

    refused = admin_client.post(address, follow=True)
    page.unpublish()
    there = Figure.objects.count()
    admin_client.post(address)

    assert ("så længe det vises af: Hvad koster det?" in refused.content.decode(), there) == (True, 1)
    assert Figure.objects.count() == 0


def test_preview_of_a_draft_shows_the_amount_of_its_first_day(site):
    figure = make_figure(amounts={LAST_YEAR: "4500", NEW_YEAR: "4710"})

    document = build_draft_document(make_page_showing(figure, applies_from=NEW_YEAR))

    assert document["blocks"][1]["value"]["amount"] == "4710.00"
