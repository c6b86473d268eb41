"""The address of a page that is written in the editor: suggested while the title is typed, stored in ASCII."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Window

from cms.core.starter_set import load_languages, load_vocabularies
from cms.exchange.sites import get_home
from knowledge.models import ArticlePage

pytestmark = pytest.mark.browser


@pytest.fixture
def editor(transactional_db: None, live_server: Any, browser: Browser, django_user_model: Any) -> Iterator[Window]:
    load_languages()
    load_vocabularies()
    client = Client()
    client.force_login(django_user_model.objects.create_superuser("redaktør", password="et langt kodeord"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="da", base_url=live_server.url)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("locale", "title", "suggested", "stored"),
    [
        ("da", "Prøve på Ærø: rådgivning", "proeve-paa-aeroe-raadgivning", "proeve-paa-aeroe-raadgivning"),
        ("de", "Größe Österreich", "groesse-oesterreich", "groesse-oesterreich"),
        ("pl", "Łódź i Żłobek", "łódź-i-żłobek", "lodz-i-zlobek"),
        ("ar", "العمل في الدنمارك", "العمل-في-الدنمارك", "alml-fy-aldnmark"),
    ],
)
def test_title_in_the_editor_gives_an_ascii_address(editor, locale, title, suggested, stored):
    editor.goto(reverse("wagtailadmin_pages:add", args=["knowledge", "articlepage", get_home(locale).pk]))

    editor.locator("#id_title").press_sequentially(title)
    editor.locator("#id_title").blur()

    expect(editor.locator("#id_slug")).to_have_value(suggested)
    editor.keyboard.press("Control+s")
    editor.wait_for_url("**/edit/**", timeout=60_000)
    # Nobody touched it after that: the next save sends what the field shows, and the address stays.
    editor.locator("#id_summary").fill("Kort")
    expect(editor.locator("#id_slug")).to_have_value(stored)
    with editor.expect_response(
        lambda answer: answer.request.method == "POST" and "/edit/" in answer.url, timeout=60_000
    ):
        editor.keyboard.press("Control+s")
    page = ArticlePage.objects.get()
    assert (page.slug, page.portal_path) == (stored, f"/{locale}/{stored}/")
