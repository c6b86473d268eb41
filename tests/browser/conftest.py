"""A browser and a small site to walk through."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from cms.publication.following.followers import catch_up
from search.followers import DatabaseFollower
from tests.frontend.drafts import release, release_translation
from tests.legal.acts import build_line, build_section, import_lines

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Playwright's own loop runs in the thread of the tests, where Django would not speak to the database otherwise.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="package")
def browser(chromium_path: str) -> Iterator[Browser]:
    """Chromium, started once; ended with its loop before a test elsewhere runs a loop of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def site(transactional_db: None, settings: Any, live_server: Any, tmp_path: Path) -> str:
    """A live site in Danish and Arabic, with an act in two texts; returns its address."""
    settings.ROOT_URLCONF = "tests.frontend.urls"
    settings.PUBLIC_URL = live_server.url
    home = release("page", path="/da/", fields={"layout": "home", "title": "Velkommen"})
    release_translation(home, "ar", path="/ar/", fields={"layout": "home", "title": "مرحبًا"})
    section = release("page", slug="lovnyt", fields={"layout": "section", "title": "Lovnyt"})
    release_translation(section, "ar", slug="qanun", fields={"layout": "section", "title": "القانون"})
    note = release("law-note", slug="lovnyt/beloeb", fields={"title": "Nyt beløb"})
    release_translation(note, "ar", slug="qanun/mablagh", fields={"title": "مبلغ جديد"})
    for type_name in ("guide", "contact-point", "article", "best-practice", "consortium"):
        release(type_name)
    import_act(tmp_path)
    catch_up(DatabaseFollower())
    return str(live_server.url)


def import_act(folder: Path) -> None:
    """Import two consolidations that differ in every way: new, removed, changed, moved and editorial."""
    title = "Bekendtgørelse af udlændingeloven"
    rule = "Kommunalbestyrelsen tilbyder senest en måned efter ansøgningen udlændingen en samtale om bolig og arbejde."
    long = " ".join(f"Sætning nummer {number} står uændret." for number in range(20))
    fee = "Gebyret er {} kr. " + long + " Stk. 2. " + long + " Stk. 3. Ophold gives i {} år."
    old = [
        ("2", "Justitsministeren fastsætter regler."),
        ("3", "Falder bort."),
        ("7", rule),
        ("9 a", fee.format(375, 2)),
    ]
    new = [
        ("1 a", "Nyt."),
        ("2", "Integrationsministeren fastsætter regler."),
        ("8", rule),
        ("9 a", fee.format(400, 4)),
    ]
    import_lines(
        folder,
        build_line("LBK", 1009, "2024-09-02", title, [build_section(*section) for section in old]),
        build_line("LBK", 1183, "2025-09-25", title, [build_section(*section) for section in new]),
    )


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Any]:
    """Open a path in a window of its own: ``open_page(path, width=1280, dark=False, scripts=True)``."""
    contexts = []

    def open_at(path: str, *, width: int = 1280, dark: bool = False, scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            bypass_csp=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(site + path)
        return page

    yield open_at
    for context in contexts:
        context.close()
