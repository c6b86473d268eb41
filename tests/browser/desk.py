"""The editor in a browser: an empty site with its tree and vocabularies, and a window of somebody who may do everything."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser
from playwright.sync_api import Page as Window

from cms.core.starter_set import load_languages, load_vocabularies


def prepare_site() -> None:
    """Load the languages and vocabularies that an editor finds."""
    load_languages()
    load_vocabularies()


@contextmanager
def open_window(browser: Browser, origin: str) -> Iterator[Window]:
    """Open a window in which a superuser who reads Danish is logged in."""
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("jurist", password="et langt kodeord"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context: Any = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="da")
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": origin}])
    try:
        yield context.new_page()
    finally:
        context.close()
