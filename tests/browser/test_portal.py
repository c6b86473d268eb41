"""The portal as people meet it: walked through, measured for access, on a phone, without scripts."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PATHS = [
    "/da/",
    "/ar/",
    "/da/lovnyt/",
    "/da/lovnyt/beloeb/",
    "/ar/qanun/mablagh/",
    "/da/guide-1/",
    "/da/contact-point-1/",
    "/da/article-1/",
    "/da/best-practice-1/",
    "/da/consortium-1/",
    "/da/search/?q=bel%C3%B8b",
    "/ar/search/?q=intet",
    "/da/acts/udlaendingeloven/?as_of=2025-01-01",
    "/ar/acts/udlaendingeloven/9-a/",
    "/da/acts/udlaendingeloven/diff/?from=2025-01-01&to=2026-01-01",
    "/ar/acts/udlaendingeloven/diff/?from=2025-01-01&to=2026-01-01",
    "/da/acts/udlaendingeloven/diff/?from=2026-01-01&to=2025-01-01",
    "/da/findes-ikke/",
]


def test_reader_walks_from_home_by_search_to_a_law_note_and_on_to_arabic(open_page: Any) -> None:
    page = open_page("/da/", scripts=False)

    page.get_by_label("Hvad leder du efter?").fill("beløb")
    page.get_by_role("button", name="Søg").click()
    page.get_by_role("link", name="Nyt beløb").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Nyt beløb"
    page.locator(".languages-menu summary").click()
    page.locator(".languages-menu").get_by_role("link", name="العربية").click()

    assert page.get_by_role("heading", level=1).inner_text() == "مبلغ جديد"
    assert page.locator("html").get_attribute("dir") == "rtl"
    brand, tools = page.locator(".brand").bounding_box(), page.locator(".site-tools").bounding_box()
    assert brand["x"] > tools["x"]


def test_reader_finds_what_changed_in_an_act_without_scripts(open_page: Any) -> None:
    page = open_page("/da/acts/udlaendingeloven/", scripts=False)

    page.get_by_label("Vis teksten, som den var den").fill("2025-01-01")
    page.get_by_role("button", name="Vis", exact=True).click()
    assert page.locator(".timeline .is-shown").get_by_role("link", name="LBK 1009/2024", exact=True).is_visible()
    page.locator(".timeline").get_by_role("link", name="Hvad blev ændret LBK 1183/2025").click()
    page.locator("#s-9-a .fold > summary").click()

    assert page.get_by_role("heading", level=1).inner_text() == "Hvad blev ændret"
    assert page.locator("#s-9-a").get_by_text("Sætning nummer 15 står uændret.").first.is_visible()
    assert page.locator("#s-9-a del").first.inner_text().endswith("375")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_pages_break_no_rule_of_access(open_page: Any, width: int, dark: bool) -> None:
    page = open_page("/da/", width=width, dark=dark)
    origin = page.url.removesuffix("/da/")

    broken = {}
    for path in PATHS:
        page.goto(origin + path)
        violations = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        broken[path] = [(rule["id"], rule["nodes"][0]["html"]) for rule in violations]

    assert broken == {path: [] for path in PATHS}


@pytest.mark.parametrize("width", [320, 360])
def test_pages_fit_a_narrow_window(open_page: Any, width: int) -> None:
    page = open_page("/da/", width=width)
    origin = page.url.removesuffix("/da/")

    excess = {}
    for path in PATHS:
        page.goto(origin + path)
        excess[path] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    assert excess == dict.fromkeys(PATHS, 0)


def test_pages_ask_no_other_host(open_page: Any) -> None:
    page = open_page("/da/")
    origin = page.url.removesuffix("/da/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    for path in PATHS:
        page.goto(origin + path)

    assert [url for url in asked if not url.startswith((origin, "data:"))] == []


def test_keyboard_reaches_the_content_first(open_page: Any) -> None:
    page = open_page("/da/lovnyt/beloeb/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"


def test_navigation_is_large_enough_to_hit(open_page: Any) -> None:
    page = open_page("/da/", width=360)

    boxes = page.locator(".site-tools > a, .site-tools > details > summary").evaluate_all(
        "nodes => nodes.map(node => node.getBoundingClientRect()).map(box => [box.width, box.height])"
    )

    assert boxes
    assert [box for box in boxes if min(box) < 44] == []
