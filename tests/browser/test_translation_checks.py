"""A translator sees above the passages what the checks found, after each passage that is saved, and lets one stand."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Window
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from cms.exchange.sites import get_home, get_locale
from cms.translation.models import PassageApproval
from tests.browser.desk import open_window, prepare_site
from tests.factories.pages import make_page, publish

pytestmark = pytest.mark.browser

ANSWER = "Senest 14 dage efter, jf. § 9 a."


@pytest.fixture
def translation(transactional_db: None, settings: Any, live_server: Any) -> Translation:
    """A published Danish answer that is sent to English."""
    settings.PUBLIC_URL = live_server.url
    prepare_site()
    get_home("en")
    translate_object(publish(make_page(title="Frist", answer=ANSWER)), [get_locale("en")])
    return Translation.objects.get()


@pytest.fixture
def window(browser: Browser, translation: Translation, live_server: Any) -> Iterator[Window]:
    """A window of a translator."""
    with open_window(browser, live_server.url) as window:
        yield window


def write_passage(window: Window, words: str) -> None:
    """Write the translation of the answer and save it."""
    segment = window.locator("li", has_text=ANSWER).filter(has=window.get_by_role("button")).last
    segment.get_by_role("button").first.click()
    window.locator("textarea").last.fill(words)
    with window.expect_response("**/strings/**"):
        window.get_by_role("button", name="Gem", exact=True).last.click()


def test_findings_follow_what_is_saved_and_a_number_is_let_stand(
    window: Window, translation: Translation, live_server: Any
) -> None:
    window.goto(live_server.url + translation.get_target_instance_edit_url())
    panel = window.locator("#passage-findings")

    write_passage(window, "Within two weeks, see section 9 b.")
    expect(panel.get_by_text("kildens “§ 9 a” er blevet til “section 9 b”")).to_be_visible()
    expect(panel.get_by_text("1 stykke skal rettes")).to_be_visible()
    write_passage(window, "Within two weeks, see section 9 a.")
    expect(panel.get_by_text("kildens “14” mangler")).to_be_visible()
    expect(panel.get_by_text("section 9 b")).to_have_count(0)
    panel.get_by_text("Det er rigtigt, som det står").click()
    panel.get_by_label("Hvorfor?").fill("14 dage er to uger")
    panel.get_by_role("button", name="Lad det stå").click()

    expect(window.get_by_text("Stykket står, som det er")).to_be_visible()
    expect(panel.get_by_text("Der er intet i vejen for at udgive")).to_be_visible()
    assert PassageApproval.objects.get().reason == "14 dage er to uger"
