"""Drafts that save themselves: whoever publishes meanwhile, on a slow line, publishes one page, and the one they see."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Window

from cms.exchange.sites import get_home
from knowledge.models import ArticlePage
from tests.browser.desk import open_window, prepare_site
from tests.browser.publish_button import open_publish_step
from tests.factories.pages import make_page

pytestmark = pytest.mark.browser

SLOW_LINE = """
window.storedDrafts = 0;
document.addEventListener("w-unsaved:watch-edits", () => { window.watchesEdits = true; });
const fetchAtOnce = window.fetch;
window.fetch = async (address, options = {}) => {
  const answer = await fetchAtOnce(address, options);
  if (options.method?.toUpperCase() === "POST" && options.headers?.Accept === "application/json") {
    window.storedDrafts += 1;
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
  return answer;
};
"""


@pytest.fixture
def window(transactional_db: None, browser: Browser, settings: Any, live_server: Any) -> Iterator[Window]:
    """A window of an editor on a slow line: what is saved by itself is answered late."""
    settings.PUBLIC_URL = settings.WAGTAILADMIN_BASE_URL = live_server.url
    prepare_site()
    with open_window(browser, live_server.url) as window:
        window.add_init_script(SLOW_LINE)
        yield window


def open_editor(window: Window, address: str) -> None:
    """Open the editor, and wait until it takes what is typed for a change, as Wagtail does two seconds after it opened."""
    window.goto(address)
    window.wait_for_function("() => window.watchesEdits")


def wait_for_autosave(window: Window) -> None:
    """Wait until the server has stored a draft of which the page has not heard yet."""
    window.wait_for_function("() => window.storedDrafts === 1")


def test_new_page_is_published_while_its_first_draft_is_being_saved(window: Window, live_server: Any) -> None:
    kind = ["knowledge", "articlepage", get_home("da").pk]
    open_editor(window, live_server.url + reverse("wagtailadmin_pages:add", args=kind))
    window.locator("#id_title").press_sequentially("Skattekort")
    window.locator("#id_title").blur()
    wait_for_autosave(window)

    open_publish_step(window)

    assert ArticlePage.objects.get().title == "Skattekort"
    window.locator("button[name=publish]").click()
    expect(window.locator(".messages .success").first).to_be_visible()
    assert ArticlePage.objects.get().live


def test_change_is_published_while_the_draft_is_being_saved(window: Window, live_server: Any) -> None:
    page = make_page(ArticlePage, title="Skattekort")
    open_editor(window, live_server.url + reverse("wagtailadmin_pages:edit", args=[page.pk]))
    window.locator("#id_summary").press_sequentially("Dit skattekort.")
    wait_for_autosave(window)

    open_publish_step(window)
    window.locator("button[name=publish]").click()

    expect(window.locator(".messages .success").first).to_be_visible()
    assert ArticlePage.objects.get().summary == "Dit skattekort."
