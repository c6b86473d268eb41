"""The editor in Danish: what its scripts say."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from playwright.sync_api import Page as Window

from cms.core.models import ReleasablePage
from cms.exchange.sites import get_home, get_locale
from tests.browser.desk import open_window, prepare_site
from tests.core.english import list_english
from tests.factories.pages import make_page, publish

pytestmark = pytest.mark.browser

# Everything a person or a screen reader is told: text, and the attributes that carry some; what waits in templates as well.
READ_WORDS = """() => {
  const words = new Set();
  const skipped = "script, style, noscript, [contenteditable], .xdsoft_datetimepicker, [hidden]";
  const readText = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (!parent || !parent.closest(skipped)) words.add(walker.currentNode.data);
    }
  };
  readText(document.body);
  document.querySelectorAll("template").forEach((template) => readText(template.content));
  for (const name of ["aria-label", "title", "placeholder", "alt"]) {
    document.querySelectorAll(`[${name}]`).forEach((element) => {
      if (!element.closest(skipped)) words.add(element.getAttribute(name));
    });
  }
  document.querySelectorAll("input[type=submit]").forEach((element) => words.add(element.value));
  return [document.title, ...words].map((word) => word.replace(/\\s+/g, " ").trim()).filter(Boolean);
}"""


@pytest.fixture
def page(transactional_db: None, settings: Any, live_server: Any) -> ReleasablePage:
    """A published Danish answer, and a Polish home page for its translation."""
    settings.PUBLIC_URL = live_server.url
    prepare_site()
    get_home("pl")
    return publish(make_page(title="Må min ægtefælle arbejde?", answer="Ja, fra den første dag."))


@pytest.fixture
def window(browser: Browser, page: ReleasablePage, live_server: Any) -> Iterator[Window]:
    """A window of an editor who reads Danish."""
    with open_window(browser, live_server.url) as window:
        yield window


def read_english(window: Window) -> list[str]:
    """Read what the page at hand says in English."""
    return list_english(window.evaluate(READ_WORDS))


def test_scripts_of_the_editor_speak_danish(window: Window, live_server: Any, page: ReleasablePage) -> None:
    window.goto(live_server.url + reverse("wagtailadmin_pages:edit", args=[page.pk]))
    window.get_by_role("button", name="Rapporter").wait_for()
    window.locator(".c-sf-add-button").first.click()
    window.get_by_placeholder("Søg i valgmuligheder …").or_(window.get_by_role("listbox")).first.wait_for()

    assert read_english(window) == []


def test_translator_reads_danish(window: Window, live_server: Any, page: ReleasablePage) -> None:
    window.goto(live_server.url + reverse("wagtail_localize:submit_page_translation", args=[page.pk]))
    window.locator(f"input[name=locales][value='{get_locale('pl').pk}']").check()
    window.locator("main form button[type=submit], main form input[type=submit]").first.click()
    window.wait_for_url("**/pages/*/edit/")
    window.get_by_role("button", name="Oversæt", exact=True).first.wait_for()

    assert read_english(window) == []
