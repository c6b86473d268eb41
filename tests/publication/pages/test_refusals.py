"""Editors and importers are told which references do not show, and why."""

import json
from datetime import date

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import translation
from wagtail.models import CollectionViewRestriction

from cms.exchange.bundle_import import import_bundle
from cms.publication.pages.refusals import explain_refusal, list_refusals
from tests.factories.editor_forms import answer_step
from tests.factories.files import make_collection, make_document, make_image
from tests.factories.pages import make_page, publish
from tests.factories.references import make_place, make_referrer

JANUARY = date(2027, 1, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(site):
    with time_machine.travel("2026-11-24T12:00:00+01:00", tick=False) as traveller:
        yield traveller


def withdraw(place):
    publish(place).unpublish()
    return place


@pytest.mark.parametrize(
    ("prepare", "told"),
    [
        (
            lambda place: publish(place, visibility="network"),
            "“Hotline” vises ikke: ikke alle, der må læse denne tekst, må se det.",
        ),
        (
            lambda place: publish(place, applies_from=JANUARY),
            "“Hotline” vises ikke før 1. januar 2027: det gælder først fra den dag.",
        ),
        (lambda place: place, "“Hotline” vises ikke: det er ikke udgivet."),
        (withdraw, "“Hotline” vises ikke: det er ikke længere udgivet."),
    ],
)
def test_reason_is_told_in_danish(prepare, told):
    page = publish(make_referrer("contact point", prepare(make_place("Hotline"))))

    with translation.override("da"):
        assert [explain_refusal(refusal) for refusal in list_refusals(page)] == [told]


def show_image(file):
    return [("image", {"image": file, "alt_text": "Et hus", "caption": ""})]


def show_document(file):
    return [("document", {"document": file, "label": "Blanket"})]


def link_document(file):
    return [("paragraph", f'<p><a linktype="document" id="{file.pk}">Blanket</a></p>')]


@pytest.mark.parametrize(
    ("make", "show", "told"),
    [
        (make_image, show_image, "“fil.png” vises ikke: billedet ligger i en privat samling."),
        (make_document, show_document, "“fil.png” beder læserne om at logge ind: filen ligger i en privat samling."),
        (make_document, link_document, "“fil.png” beder læserne om at logge ind: filen ligger i en privat samling."),
    ],
)
def test_editor_is_told_of_files_of_a_private_collection(make, show, told):
    collection = make_collection()
    file = make("fil.png", collection=collection)
    page = make_page()
    page.body = show(file)
    page = publish(page)
    before = list_refusals(page)

    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")

    with translation.override("da"):
        assert (before, [explain_refusal(refusal) for refusal in list_refusals(page)]) == ([], [told])


@pytest.mark.parametrize(("make", "show"), [(make_image, show_image), (make_document, show_document)])
def test_editor_is_told_of_a_file_that_is_missing(make, show):
    file = make("fil.png")
    page = make_page()
    page.body = show(file)
    page = publish(page)

    file.file.storage.delete(file.file.name)

    with translation.override("da"):
        told = [explain_refusal(refusal) for refusal in list_refusals(page)]
    assert told == ["“fil.png” vises ikke: filen mangler eller kan ikke læses."]


def test_nothing_is_told_of_what_shows():
    page = publish(make_referrer("contact point", publish(make_place())))

    assert list_refusals(page) == []


def test_link_is_called_by_its_words():
    page = publish(make_referrer("link", make_place()))

    assert [refusal.name for refusal in list_refusals(page)] == ["stedet"]


def test_editor_who_publishes_is_told(admin_client):
    from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

    place = publish(make_place("Hotline", visibility="network"))
    page = publish(make_referrer("link", place))
    body = f'<p>Se <a linktype="page" id="{place.pk}">stedet</a>.</p>'
    empty = streamfield([])
    form = nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "summary": "",
            "answer": "",
            "body": streamfield([("paragraph", rich_text(body, features=["link"]))]),
            "citations": empty,
            "related": empty,
            "visibility": "public",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000},
            "action-publish": "1",
        }
    )

    response = admin_client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)

    step = admin_client.get(response.headers["Location"])
    published = answer_step(admin_client, step)

    texts = [str(message) for message in get_messages(published.wsgi_request)]
    told = "“stedet” vises ikke: ikke alle, der må læse denne tekst, må se det."
    assert step.context["consequences"].refusals == [told]
    assert [text for text in texts if "stedet" in text] == [told]


def test_import_notes_it_with_the_line():
    lines = [
        {"kind": "article", "source_id": "svar", "locale": "da", "title": "Svar", "blocks": [
            {"type": "contact-point", "value": "skjult"}, {"type": "contact-point", "value": "aaben"},
        ]},
        {"kind": "contact-point", "source_id": "skjult", "locale": "da", "title": "Skjult", "visibility": "network"},
        {"kind": "contact-point", "source_id": "aaben", "locale": "da", "title": "Åben"},
    ]  # fmt: skip

    with translation.override("en"):
        report = import_bundle([json.dumps(line).encode() for line in lines])

    assert [str(note) for note in report.notes] == [
        "line 1: “Skjult” is not shown: not everybody who may read this text may see it."
    ]
    assert (report.errors, report.released) == ([], 3)
