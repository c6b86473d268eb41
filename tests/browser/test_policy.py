"""The editor works under the site's content security policy: nothing it needs is refused."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, ConsoleMessage, expect
from playwright.sync_api import Page as Window
from wagtail.models import Locale

from cms.core.models import ReleasablePage
from cms.core.starter_set import load_languages, load_organisations, load_vocabularies
from cms.exchange.sites import get_home
from knowledge.models import ArticlePage
from tests.factories.pages import make_page, publish

pytestmark = pytest.mark.browser


@pytest.fixture
def article(transactional_db: None, settings: Any, live_server: Any) -> ArticlePage:
    """A published article on a live site with the editor."""
    settings.PUBLIC_URL = live_server.url
    load_languages()
    load_vocabularies()
    load_organisations()
    get_home("da")
    return publish(make_page(ArticlePage, title="Skattekort"))


@pytest.fixture
def refused() -> list[str]:
    """List what the browser said it had refused or failed at."""
    return []


@pytest.fixture
def window(
    article: ArticlePage, live_server: Any, browser: Browser, django_user_model: Any, refused: list[str]
) -> Iterator[Window]:
    """A signed-in editor's window whose console is listened to."""
    client = Client()
    client.force_login(django_user_model.objects.create_superuser("redaktør", password="et langt kodeord"))
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, base_url=live_server.url)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    window = context.new_page()

    def listen(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            refused.append(f"{window.url}: {message.text}")

    window.on("console", listen)
    window.on("pageerror", lambda error: refused.append(f"{window.url}: {error}"))
    yield window
    context.close()


def list_pages(article: ArticlePage) -> list[str]:
    """List the editor's pages: those of the menu, and a form of every kind of page."""
    home = get_home("da")
    names = (
        *("wagtailadmin_home", "wagtailadmin_account", "wagtailadmin_explore_root", "wagtailimages:index"),
        *("wagtailimages:add_multiple", "wagtaildocs:index", "wagtaildocs:add_multiple", "wagtailsnippets:index"),
        *("wagtailusers_users:add", "wagtailusers_groups:add", "wagtailadmin_reports:locked_pages"),
        *("wagtailadmin_workflows:index", "wagtailadmin_collections:index", "legal_reviews", "legal_deviations"),
    )
    forms = [
        reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, home.pk])
        for model in ReleasablePage.__subclasses__()
        if model.can_create_at(home)
    ]
    own = [
        reverse(f"wagtailadmin_pages:{name}", args=[article.pk])
        for name in ("edit", "copy", "move", "delete", "history", "usage", "unpublish")
    ]
    translation = reverse("wagtail_localize:submit_page_translation", args=[article.pk])
    return [
        *(reverse(name) for name in names),
        *forms,
        *own,
        translation,
        reverse("publication_publish", args=[article.pk]),
        reverse("publication_versions", args=[article.pk]),
    ]


def test_every_page_of_the_editor_opens_without_a_refusal(
    window: Window, article: ArticlePage, refused: list[str]
) -> None:
    opened = {}
    for path in list_pages(article):
        response = window.goto(path, wait_until="load")
        opened[path] = response.status if response else 0
    window.context.clear_cookies()
    window.goto(reverse("wagtailadmin_login"))

    assert {path: status for path, status in opened.items() if status != 200} == {}
    assert refused == []


def test_text_is_written_with_a_block_a_link_and_a_day_and_previewed(
    window: Window, article: ArticlePage, refused: list[str]
) -> None:
    window.goto(reverse("wagtailadmin_pages:edit", args=[article.pk]))
    body = window.locator('[data-contentpath="body"]')
    body.locator(".c-sf-add-button").first.click()
    window.get_by_role("option").first.click()
    window.locator("#id_title").fill("Skattekort fra i dag")
    window.locator(
        '[aria-controls="tab-side-preview"], button[aria-label="Toggle preview"], [data-side-panel-toggle="preview"]'
    ).first.click()
    expect(window.frame_locator("#w-preview-iframe, iframe").first.locator("h1")).to_have_text("Skattekort fra i dag")

    assert refused == []


def test_translator_reaches_every_segment(window: Window, article: ArticlePage, refused: list[str]) -> None:
    Locale.objects.get_or_create(language_code="en")
    get_home("en")
    window.goto(reverse("wagtail_localize:submit_page_translation", args=[article.pk]))
    window.locator("#id_locales input").first.check()
    window.locator("main form [type=submit]").first.click()
    window.wait_for_url("**/edit/**")
    expect(window.get_by_text("Skattekort").first).to_be_visible()

    assert refused == []
