"""Menus, lists and contact points as people meet them, on starter content: measured for access in three languages."""

import json
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from cms.core.starter_set import load_organisations, load_vocabularies
from cms.exchange.bundle_import import import_bundle
from cms.publication.following.followers import catch_up
from knowledge.starter_content import BUNDLES
from search.followers import DatabaseFollower
from tests.browser.test_portal import RULES

pytestmark = pytest.mark.browser

NARROW, WIDE = 360, 1280
LOADED = {
    "home",
    "section-contact-points",
    "section-consortia",
    "page-accessibility",
    "contact-citizen-service-herning",
    "contact-scsc-struer",
    "consortium-vest",
}
PATHS = [
    "/pl/",
    "/da/kontakt/",
    "/pl/kontakt/",
    "/ar/ittisal/",
    "/da/kontakt/?municipality=0657",
    "/en/contact/citizen-service-herning/",
    "/da/konsortier/vest/",
    "/da/search/?topic=spouse-job&audience=worker",
    "/pl/search/?q=Herning&type=contact-point",
    "/ar/search/?q=Herning",
]


@pytest.fixture
def site(transactional_db: None, settings: Any, live_server: Any) -> str:
    """A live site with the lists of the starter content and some of what they list; returns its address."""
    settings.ROOT_URLCONF = "tests.frontend.urls"
    settings.PUBLIC_URL = live_server.url
    load_vocabularies()
    load_organisations()
    for bundle in BUNDLES:
        lines = [
            line for line in bundle.read_bytes().splitlines() if json.loads(line)["source_id"].split(".")[0] in LOADED
        ]
        report = import_bundle(lines)
        assert report.errors == []
    catch_up(DatabaseFollower())
    return str(live_server.url)


def test_newcomer_finds_the_desk_of_herning_with_its_hours_on_a_phone(open_page: Any) -> None:
    page: Page = open_page("/pl/", width=NARROW, scripts=False)

    page.get_by_label("Czego szukasz?").fill("Herning")
    page.get_by_role("button", name="Szukaj").click()
    page.get_by_role("link", name="Citizen Service Herning").click()

    hours = page.locator(".hours")
    phone = page.locator('a[href^="tel:"]')
    assert "Thursday 09:00–17:00" in " ".join(hours.inner_text().split())
    assert page.get_by_role("heading", level=1).inner_text() == "Citizen Service Herning"
    # Both stand on the first screen.
    assert page.evaluate("scrollY") == 0
    assert [box["y"] + box["height"] <= 800 for box in (hours.bounding_box(), phone.bounding_box())] == [True, True]


def test_resident_limits_the_contact_list_to_a_municipality_without_scripts(open_page: Any) -> None:
    page: Page = open_page("/da/kontakt/", width=NARROW, scripts=False)

    page.get_by_label("Kommune").select_option("Herning")
    page.get_by_role("button", name="Vis", exact=True).click()

    assert page.locator(".entry h3").all_inner_texts() == ["Borgerservice Herning"]
    assert "09:00–15:00" in page.locator(".entry .hours").inner_text()


def test_reader_narrows_a_search_in_place_and_takes_a_limit_away(open_page: Any) -> None:
    page: Page = open_page("/da/search/?topic=spouse-job&audience=worker", width=NARROW, scripts=False)
    before = page.locator(".narrow > summary").bounding_box()

    page.locator(".narrow > summary").click()
    assert page.get_by_role("checkbox", name="Kontaktsted").is_visible()
    assert page.locator(".narrow > summary").bounding_box() == before
    page.locator(".narrow > summary").click()
    page.get_by_role("link", name="Emne: Job til ægtefælle").click()

    assert page.url.endswith("/da/search/?audience=worker")
    assert len(page.locator(".chips li").all()) == 2


def test_open_menu_closes_with_escape_and_a_click_beside_it(browser: Browser, site: str) -> None:
    """The page's own policy is in force: a script it did not allow would leave the menu open."""
    context = browser.new_context(viewport={"width": WIDE, "height": 800})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{site}/da/kontakt/")
    panel = page.locator(".languages-menu .menu-panel")

    page.locator(".languages-menu > summary").click()
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert page.evaluate("document.activeElement.closest('.languages-menu') !== null")
    page.locator(".languages-menu > summary").click()
    expect(panel).to_be_visible()
    page.get_by_role("heading", level=1).click()
    expect(panel).to_be_hidden()

    assert complaints == []
    context.close()


def test_fonts_of_the_portal_are_the_ones_shown(open_page: Any) -> None:
    page: Page = open_page("/pl/")
    origin = page.url.removesuffix("/pl/")

    shown = {}
    for path in ("/pl/", "/uk/", "/ar/"):
        page.goto(origin + path)
        page.evaluate("document.fonts.ready.then(() => true)")
        shown[path] = page.evaluate(
            "[...document.fonts].filter(font => font.status === 'loaded').map(font => font.family)"
        )

    assert {path: {family.strip('"') for family in families} for path, families in shown.items()} == {
        "/pl/": {"Source Serif 4"},
        "/uk/": {"Source Serif 4"},
        "/ar/": {"Source Serif 4", "Noto Naskh Arabic"},
    }


def test_header_takes_one_row_on_a_phone(open_page: Any) -> None:
    heights = {}
    for width in (320, NARROW):
        page: Page = open_page("/da/kontakt/", width=width)
        origin = page.url.removesuffix("/da/kontakt/")
        for path in ("/da/kontakt/", "/pl/kontakt/", "/ar/ittisal/", "/uk/kontakty/"):
            page.goto(origin + path)
            heights[width, path] = page.locator(".site-header").bounding_box()["height"]
            excess = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert excess == 0, (width, path)

    assert {place: height <= 70 for place, height in heights.items()} == dict.fromkeys(heights, True)


def test_lists_break_no_rule_of_access(open_page: Any) -> None:
    broken = {}
    # Two windows, not four: a rule looks at colours or at room, never at both together.
    for width, dark in ((NARROW, False), (WIDE, True)):
        page: Page = open_page("/pl/", width=width, dark=dark)
        origin = page.url.removesuffix("/pl/")
        for path in PATHS:
            page.goto(origin + path)
            # What is folded away is measured, too; of the menus in the header one is open at a time.
            page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
            violations = Axe().run(page, options={"runOnly": RULES}).response["violations"]
            broken[path, width, dark] = [(rule["id"], rule["nodes"][0]["html"]) for rule in violations]

    assert {place: rules for place, rules in broken.items() if rules} == {}
    assert len(broken) == 2 * len(PATHS)
