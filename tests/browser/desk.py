"""The editor in a browser: an empty site with its tree and vocabularies, and a window of somebody who may do everything."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Window

from cms.core.starter_set import load_languages, load_vocabularies
from tests.browser.publish_button import open_publish_step


def prepare_site() -> None:
    """Load the languages and vocabularies that an editor finds."""
    load_languages()
    load_vocabularies()


def complete_note(window: Window) -> None:
    """Fill in what a law note has to say before it is published, beside its title and its sources."""
    for name in ("what_changed", "plain_language", "who"):
        area = window.locator(f'[data-contentpath="{name}"] [contenteditable=true]')
        area.click()
        area.press_sequentially("Beløbet er hævet.")
        # The editor writes what was typed into the form a moment later.
        expect(window.locator(f"input[name={name}]")).to_have_value(re.compile("Beløbet er hævet."))
    window.locator("#id_verified_until").fill("31.12.2099")
    window.keyboard.press("Tab")


@contextmanager
def open_window(browser: Browser, origin: str, *, scripts: bool = True, user: Any = None) -> Iterator[Window]:
    """Open a window in which a person is logged in, a superuser unless one is given; the editor speaks Danish."""
    client = Client()
    client.force_login(user or get_user_model().objects.create_superuser("jurist", password="et langt kodeord"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    viewport = {"width": 1440, "height": 1000}
    context: Any = browser.new_context(viewport=viewport, locale="da", java_script_enabled=scripts)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": origin}])
    try:
        yield context.new_page()
    finally:
        context.close()


def publish(
    window: Window, *, change: Literal["", "typo", "minor", "substantive"] = "", note: str = "", day: str = ""
) -> None:
    """Publish what the page editor shows: today, and without an answer to how much has changed, unless said otherwise."""
    open_publish_step(window)
    if change:
        window.locator(f"[name=significance][value={change}]").check()
        window.locator("[name=change_note]").fill(note)
    if day:
        window.locator("[name=day]").fill(day)
    window.locator("button[name=publish]").click()
    expect(window.locator(".messages .success").first).to_be_visible()
