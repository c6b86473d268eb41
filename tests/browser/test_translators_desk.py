"""A translator's morning: the start page says which law note has changed, the two changed passages are translated and published."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Window

from cms.publication.models import Release, ReleaseBody
from cms.translation.enums import WorkState
from legal.notes.law_note_page import LawNotePage
from tests.browser.desk import open_window, prepare_site
from tests.factories.pages import make_page, publish
from tests.translation.desk.translated_pages import make_task, make_translator, translate_whole

pytestmark = pytest.mark.browser

TEXTS = {
    "what_changed": "<p>Beløbet er 100 kr.</p>",
    "who": "<p>Arbejdsgivere i hele landet.</p>",
    "plain_language": "<p>Du skal betale 100 kr.</p>",
}


@pytest.fixture
def note(transactional_db: None, settings: Any, live_server: Any) -> LawNotePage:
    """A law note that was translated into Polish, and of which two passages have changed in substance since."""
    settings.PUBLIC_URL = settings.WAGTAILADMIN_BASE_URL = live_server.url
    prepare_site()
    page = publish(make_page(LawNotePage, title="Nyt beløb", **TEXTS))
    translate_whole(page)
    changed = {name: text.replace("100", "200") for name, text in TEXTS.items()}
    page = publish(page, **changed, significance="substantive")
    make_task(page, state=WorkState.OUTDATED)
    return page


@pytest.fixture
def window(browser: Browser, note: LawNotePage, live_server: Any) -> Iterator[Window]:
    """A window of a translator into Polish."""
    with open_window(browser, live_server.url, user=make_translator("oversætter", "pl")) as window:
        yield window


def list_violations(window: Window) -> list[str]:
    """List what axe finds in what is ours: the page below Wagtail's menu and header."""
    found = Axe().run(window, context={"include": [[".nice-padding"]]})
    return [f"{entry['id']}: {entry['nodes'][0]['html']}" for entry in found.response["violations"]]


def test_translator_finds_the_changed_law_note_translates_two_passages_and_publishes_it(
    window: Window, live_server: Any, note: LawNotePage
) -> None:
    window.goto(live_server.url + reverse("wagtailadmin_home"))
    window.locator("#translations-inbox-section").get_by_role("link", name="Nyt beløb").click()
    window.wait_for_url("**/admin/translations/**")

    asked = window.locator("section[aria-labelledby=three-way-asked]")
    expect(asked.locator("del")).to_have_text(["100", "100"])
    expect(asked.locator("ins")).to_have_text(["200", "200"])
    fields = asked.locator("textarea")
    expect(fields).to_have_count(2)
    expect(window.locator("details.three-way-folded").first).not_to_have_attribute("open", "")
    assert list_violations(window) == []

    fields.nth(0).fill("Kwota wynosi 200 koron.")
    fields.nth(1).fill("Musisz zapłacić 200 koron.")
    window.keyboard.press("Control+s")
    expect(window.locator(".messages .success")).to_contain_text("Gemte stykker: 2.")
    expect(asked.locator("textarea")).to_have_count(0)
    window.get_by_role("button", name="Gem og udgiv").click()
    expect(window.locator(".messages .success")).to_contain_text("er udgivet")

    newest = Release.objects.filter(locale="pl", type="law-note").latest("position")
    body = bytes(ReleaseBody.objects.get(release=newest).body).decode()
    assert newest.state == "current"
    assert "Kwota wynosi 200 koron." in body
    assert "pl: Arbejdsgivere i hele landet." in body


def test_matrix_is_readable_and_asks_for_a_translation_by_keyboard(
    window: Window, live_server: Any, note: LawNotePage
) -> None:
    window.goto(live_server.url + reverse("translation_matrix"))
    row = window.get_by_role("row", name="Nyt beløb")
    expect(row.get_by_role("link", name="Forældet")).to_be_visible()
    assert list_violations(window) == []

    row.get_by_role("checkbox").check()
    window.get_by_label("Frist").last.fill("31.12.2099")
    window.get_by_role("button", name="Bed om oversættelse").press("Enter")
    expect(window.get_by_role("cell", name="Sprogets team er bedt om det.")).to_be_visible()
    window.get_by_role("link", name="Tilbage til teksterne").click()

    expect(row).to_contain_text("31.12.2099")
