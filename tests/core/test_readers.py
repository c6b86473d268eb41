"""Who may see a page, as the editor's status panel tells it."""

import pytest
from django.urls import reverse

from cms.core.models import Consortium
from tests.factories.pages import make_page, publish, translate

pytestmark = pytest.mark.django_db


def read_panel(client, page):
    """Read the part of the editing page that tells who may see it."""
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    return html.split("Hvem må se den:", 1)[1][:700]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, ("Alle", "Alle kan læse den, når den er udgivet.")),
        ({"visibility": "network"}, ("Alle konsortier", "Ingen andre læser den eller får at vide, at den findes.")),
        ({"visibility": "consortium"}, ("Kun det konsortium, der ejer teksten", "Ingen andre læser den")),
    ],
)
def test_status_panel_tells_who_may_see_a_page(site, admin_client, values, told):
    if values.get("visibility") == "consortium":
        values = {**values, "consortium": Consortium.objects.first()}
    page = publish(make_page(), **values)

    panel = read_panel(admin_client, page)

    assert all(words in panel for words in told)


def test_status_panel_of_a_translation_tells_what_its_source_says(site, admin_client):
    page = publish(make_page(), visibility="network")
    translated = translate(page, "en", title="Housing")

    assert "Alle konsortier" in read_panel(admin_client, translated)


def test_status_panel_offers_no_second_privacy(site, admin_client):
    page = publish(make_page(), visibility="network")

    html = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    assert "set-privacy" not in html
    assert "Kan ses af alle, når den er udgivet" not in html
