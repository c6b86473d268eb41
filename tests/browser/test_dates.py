"""Dates typed the Danish way: they stay as typed when the field is left, and are read as written or refused with a reason."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Window

from cms.core.calendar import today
from cms.exchange.sites import get_home
from knowledge.models import ArticlePage
from legal.notes.law_note_page import LawNotePage
from tests.browser.desk import open_window, prepare_site, publish
from tests.browser.publish_button import open_publish_step
from tests.factories.pages import make_page

pytestmark = pytest.mark.browser

NEXT_YEAR = today().year + 1


@pytest.fixture
def window(transactional_db: None, browser: Browser, settings: Any, live_server: Any) -> Iterator[Window]:
    """A window of an editor of an empty site."""
    settings.PUBLIC_URL = live_server.url
    prepare_site()
    get_home("da")
    with open_window(browser, live_server.url) as window:
        yield window


def open_step(window: Window, origin: str, page: ArticlePage) -> None:
    """Open the publish step of a page."""
    window.goto(origin + reverse("wagtailadmin_pages:edit", args=[page.pk]))
    open_publish_step(window)


def leave(window: Window) -> None:
    """Leave the field, and give the picker the moment after which it would write."""
    window.keyboard.press("Tab")
    window.wait_for_timeout(300)


def test_danish_date_stays_as_typed_and_is_published_as_written(window: Window, live_server: Any) -> None:
    page = make_page(title="Fra nytår")
    open_step(window, live_server.url, page)
    window.locator("#id_day").fill(f"01.01.{NEXT_YEAR}")
    leave(window)
    typed = window.locator("#id_day").input_value()
    expect(window.locator("#id_day-in-words")).to_have_text(re.compile(f"den 1. januar {NEXT_YEAR}"))

    window.locator("button[name=publish]").click()

    expect(window.locator(".messages .success")).to_be_visible()
    assert typed == f"01.01.{NEXT_YEAR}"
    assert ArticlePage.objects.get(pk=page.pk).applies_from == date(NEXT_YEAR, 1, 1)


def test_date_that_cannot_be_read_is_refused_and_stays_as_typed(window: Window, live_server: Any) -> None:
    page = make_page(title="Fra nytår")
    open_step(window, live_server.url, page)
    window.locator("#id_day").fill("20270101")
    leave(window)
    expect(window.locator("#id_day-in-words")).to_have_text(re.compile("“20270101” kan ikke læses"))

    window.locator("button[name=publish]").click()

    expect(window.get_by_text("“20270101” kan ikke læses som en dato.").first).to_be_attached()
    assert window.locator("#id_day").input_value() == "20270101"
    assert not ArticlePage.objects.get(pk=page.pk).live


def test_day_of_a_commencement_is_read_in_words(window: Window, live_server: Any) -> None:
    note = make_page(LawNotePage, title="Nyt beløb")
    window.goto(live_server.url + reverse("wagtailadmin_pages:edit", args=[note.pk]))
    dates = window.locator("[data-contentpath='commencements']").first
    dates.locator(".c-sf-add-button").first.click()
    dates.locator("input[name$='-value-date']").fill(f"1. januar {NEXT_YEAR}")
    leave(window)
    expect(dates.locator("output")).to_have_text(re.compile(f"den 1. januar {NEXT_YEAR}"))

    publish(window)

    expect(window.locator(".messages .success")).to_be_visible()
    commencements = LawNotePage.objects.get(pk=note.pk).commencements
    assert [block.value["date"] for block in commencements] == [date(NEXT_YEAR, 1, 1)]
