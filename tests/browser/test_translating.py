"""A translator at work: a page is sent to translation, a passage is typed and saved, and only a whole text is released."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Window
from wagtail_localize.models import StringTranslation, Translation

from cms.core.models import ReleasablePage
from cms.exchange.sites import get_home, get_locale
from cms.publication.models import Release
from knowledge.models import ArticlePage
from tests.browser.desk import open_window, prepare_site
from tests.factories.pages import make_page, publish

pytestmark = pytest.mark.browser


@pytest.fixture
def source(transactional_db: None, settings: Any, live_server: Any) -> ReleasablePage:
    """A published Danish answer, and a Polish home page for its translation."""
    settings.PUBLIC_URL = live_server.url
    prepare_site()
    get_home("pl")
    return publish(make_page(title="Må min ægtefælle arbejde?", answer="Ja, fra den første dag."))


@pytest.fixture
def window(browser: Browser, source: ReleasablePage, live_server: Any) -> Iterator[Window]:
    """A window of a translator."""
    with open_window(browser, live_server.url) as window:
        yield window


def send_to_translation(window: Window, origin: str, page: ReleasablePage) -> None:
    """Send a page to Polish with Wagtail's own form."""
    window.goto(origin + reverse("wagtail_localize:submit_page_translation", args=[page.pk]))
    window.locator(f"input[name=locales][value='{get_locale('pl').pk}']").check()
    window.locator("main form button[type=submit], main form input[type=submit]").first.click()
    window.wait_for_url("**/pages/*/edit/")


def test_page_sent_to_translation_is_a_draft_and_a_passage_is_saved(
    window: Window, live_server: Any, source: ReleasablePage
) -> None:
    send_to_translation(window, live_server.url, source)
    released = Release.objects.filter(locale="pl").count()

    segment = window.locator("li", has_text="Ja, fra den første dag.").filter(has=window.get_by_role("button")).last
    segment.get_by_role("button").first.click()
    window.locator("textarea").last.fill("Tak, od pierwszego dnia.")
    with window.expect_response("**/strings/**") as answered:
        window.get_by_role("button", name="Save", exact=True).or_(
            window.get_by_role("button", name="Gem", exact=True)
        ).last.click()

    assert answered.value.status in (200, 201)
    expect(window.get_by_text("Tak, od pierwszego dnia.")).to_be_visible()
    assert StringTranslation.objects.get().data == "Tak, od pierwszego dnia."
    translation = ArticlePage.objects.get(locale__language_code="pl")
    assert (translation.live, released, Translation.objects.count()) == (False, 0, 1)
