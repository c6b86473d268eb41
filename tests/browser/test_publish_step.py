"""A lawyer publishes a law note by keyboard for a coming day, says how much has changed, and sees what becomes outdated."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Window

from cms.core.calendar import today
from cms.exchange.sites import get_home
from legal.notes.law_note_page import LawNotePage
from tests.browser.desk import open_window, prepare_site
from tests.browser.publish_button import open_publish_step
from tests.factories.pages import make_page, publish, translate

pytestmark = pytest.mark.browser

NEXT_YEAR = today().year + 1


@pytest.fixture
def note(transactional_db: None, settings: Any, live_server: Any) -> LawNotePage:
    """A published law note with an English translation."""
    settings.PUBLIC_URL = live_server.url
    prepare_site()
    get_home("da")
    note = publish(make_page(LawNotePage, title="Gebyret er 100 kr."))
    translate(note, "en", title="The fee is DKK 100")
    return note


@pytest.fixture
def window(note: LawNotePage, browser: Browser, live_server: Any) -> Iterator[Window]:
    with open_window(browser, live_server.url) as window:
        window.goto(live_server.url + reverse("wagtailadmin_pages:edit", args=[note.pk]))
        yield window


def read(note: LawNotePage, day: date, locale: str = "da") -> Any:
    address = (
        f"/api/v1/documents/{note.translation_key}/?locale={locale}&as_of={day}&fallback=false&allow_outdated=true"
    )
    return Client().get(address).json()


def press_until(window: Window, selector: str, key: str = "Tab") -> None:
    """Walk on by keyboard until something has the focus."""
    for _press in range(40):
        if window.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        window.keyboard.press(key)
    raise AssertionError(f"{selector} is not reached by {key}")


def test_note_for_the_first_of_january_is_published_by_keyboard(window: Window, note: LawNotePage) -> None:
    window.locator("#id_title").fill("Gebyret er 200 kr.")
    open_publish_step(window)
    step = window.locator("[data-publish-step]")

    press_until(window, "[name=significance]")
    window.keyboard.press("Space")
    press_until(window, "[name=significance][value=substantive]", "ArrowDown")
    expect(step).to_contain_text("The fee is DKK 100")
    press_until(window, "[name=change_note]")
    window.keyboard.type("Gebyret er sat op.")
    press_until(window, "[name=day]")
    window.keyboard.type(f"1. januar {NEXT_YEAR}")
    press_until(window, "button[name=publish]")
    expect(step.locator("[data-publish-outlook] li.is-new")).to_contain_text(f"1. januar {NEXT_YEAR}")
    expect(step.locator("[data-publish-outlook]")).to_contain_text(f"31. december {NEXT_YEAR - 1}")
    before = read(note, date(NEXT_YEAR, 1, 1))
    window.keyboard.press("Enter")
    expect(window.locator(".messages .success").first).to_contain_text(f"1. januar {NEXT_YEAR}")

    first = date(NEXT_YEAR, 1, 1)
    old, new, english = read(note, first - timedelta(days=1)), read(note, first), read(note, first, "en")
    assert before["title"] == "Gebyret er 100 kr."
    assert (old["title"], new["title"]) == ("Gebyret er 100 kr.", "Gebyret er 200 kr.")
    assert (new["significance"], new["change_note"]) == ("substantive", "Gebyret er sat op.")
    assert english["translation"]["state"] == "outdated"
    assert read(note, first - timedelta(days=1), "en")["translation"]["state"] == "current"


def test_focus_stands_at_what_is_missing(window: Window, note: LawNotePage) -> None:
    window.locator("#id_title").fill("Gebyret er 200 kr.")
    open_publish_step(window)
    window.locator("button[name=publish]").click()

    expect(window.locator("[data-publish-step] .w-field__errors").first).to_be_visible()
    assert window.evaluate("document.activeElement.name") == "significance"
    assert read(note, today())["title"] == "Gebyret er 100 kr."


def test_what_was_published_is_undone_from_the_message(window: Window, note: LawNotePage) -> None:
    window.locator("#id_title").fill("Gebyret er 2000 kr.")
    open_publish_step(window)
    window.locator("[name=significance][value=minor]").check()
    window.locator("button[name=publish]").click()
    published = read(note, today())["title"]

    window.locator(".messages a", has_text="Fortryd").click()
    window.locator("main form button[type=submit]").click()
    expect(window.locator(".messages .success").first).to_be_visible()

    assert (published, read(note, today())["title"]) == ("Gebyret er 2000 kr.", "Gebyret er 100 kr.")
    assert window.locator("#id_title").input_value() == "Gebyret er 2000 kr."


def test_step_works_without_scripts(
    browser: Browser, note: LawNotePage, live_server: Any, django_user_model: Any
) -> None:
    with open_window(browser, live_server.url, scripts=False) as window:
        window.goto(live_server.url + reverse("publication_publish", args=[note.pk]))
        window.locator("[name=significance][value=substantive]").check()
        window.locator("[name=change_note]").fill("Nyt gebyr.")
        window.locator("[name=starts][value=day]").check()
        window.locator("[name=day]").fill(f"1.1.{NEXT_YEAR}")
        window.locator("button[name=show]").click()
        shown = window.locator("[data-publish-outlook]").inner_text()

    assert f"1. januar {NEXT_YEAR}" in shown
    assert "The fee is DKK 100" in shown


def test_step_breaks_no_rule_of_access(window: Window) -> None:
    open_publish_step(window)

    violations = Axe().run(
        window, context="[data-publish-step]", options={"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]}
    )

    found = [(rule["id"], rule["nodes"][0]["html"]) for rule in violations.response["violations"]]
    assert found == []
