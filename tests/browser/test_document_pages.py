"""The pages of documents as people meet them: law notes, guides, long answers, what is gone, and the texts of other days."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from cms.core.calendar import today
from cms.publication.log.publication_log import publication_log
from tests.browser.test_portal import RULES
from tests.frontend.drafts import find_version, release, release_translation

pytestmark = pytest.mark.browser

LOCALES = ("da", "pl", "ar")
SOON = today() + timedelta(days=30)
PAST = today() - timedelta(days=30)
STEPS = [
    {
        "title": f"Trin {number}: noget, der skal gøres, jf. § {number} a",
        "html": "<p>Gå til Borgerservice, og vis dit pas. Det tager en halv time.</p>" * 4,
        "bring": ["Pas", "Lejekontrakt"],
        "where": None,
        "how_long": "En uge",
    }
    for number in range(1, 12)
]
PASSAGE = "<p>Efter § 9 a, stk. 2, nr. 3, skal lønnen være mindst 552.000 kr. om året.</p>"
HEADINGS = "".join(f'<h2 id="emne-{number}">Emne {number}</h2>{PASSAGE * 6}' for number in range(1, 8))
NOTE = {
    "before": PASSAGE,
    "after": PASSAGE * 3,
    "applicable_from": SOON.isoformat(),
    "commencements": [
        {"date": SOON.isoformat(), "provisions": ["9 a"], "note": "Jf. § 3."},
        {"date": None, "provisions": None, "note": ""},
    ],
}
PAGES = ["note/", f"note/?as_of={PAST}", "guide/", "long/", "recalled/", "missing/", "news/"]


@pytest.fixture
def site(transactional_db: None, settings: Any, live_server: Any) -> str:
    """A live site with one page of every kind in three languages; returns its address."""
    settings.ROOT_URLCONF = "tests.frontend.urls"
    settings.PUBLIC_URL = live_server.url
    section = {"layout": "section", "title": "Lovnyt"}
    write_in_every_language("page", "news", fields=section)
    write_in_every_language("law-note", "note", applies_from=PAST, fields={**NOTE, "summary": "Gammel."})
    write_in_every_language("law-note", "news/coming", fields=NOTE)
    write_in_every_language("guide", "guide", fields={"steps": STEPS})
    write_in_every_language("article", "long", fields={"html": f"<div>{HEADINGS}</div>"})
    ids = write_in_every_language("article", "recalled")
    for locale in LOCALES:
        change = {"change_note": "Rettet, jf. § 9 a.", "significance": "minor"}
        old = find_content("note", locale)
        release("law-note", locale, content_id=old, path=f"/{locale}/note/", fields=NOTE, **change)
        planned = {**NOTE, "summary": "Kommende."}
        release("law-note", locale, content_id=old, path=f"/{locale}/note/", applies_from=SOON, fields=planned)
        version = find_version(ids, locale)
        release("article", locale, content_id=ids, path=f"/{locale}/recalled/", applies_from=SOON, fields={"html": "x"})
        publication_log.withdraw(
            content_id=ids, locale=locale, version=version, reason="recalled", explanation="Forkert, jf. § 9 a."
        )
    return str(live_server.url)


def write_in_every_language(type_name: str, slug: str, **changes: Any) -> Any:
    """Release an item in each language at the same slug; returns its id."""
    source = release(type_name, slug=slug, **changes)
    for locale in LOCALES[1:]:
        release_translation(source, locale, slug=slug, **changes)
    return source.content_id


def find_content(slug: str, locale: str) -> Any:
    from cms.publication.models import Release

    return Release.objects.filter(path=f"/{locale}/{slug}/").values_list("content_id", flat=True)[0]


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Any]:
    """Open a path under the site's own policy: ``open_page(path, width=1280, dark=False, can_measure=False)``."""
    contexts = []

    def open_at(path: str, *, width: int = 1280, dark: bool = False, can_measure: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            bypass_csp=can_measure,
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(site + path)
        return page

    yield open_at
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("width", "dark", "locale"), [(360, False, "da"), (1280, True, "pl"), (360, True, "ar"), (1280, False, "ar")]
)
def test_pages_break_no_rule_of_access_and_fit_the_window(open_page: Any, width: int, dark: bool, locale: str) -> None:
    page = open_page("/da/note/", width=width, dark=dark, can_measure=True)
    origin = page.url.removesuffix("/da/note/")

    broken, excess = {}, {}
    paths = [f"/{locale}/{path}" for path in PAGES]
    for path in paths:
        page.goto(origin + path)
        page.evaluate("document.querySelectorAll('main details').forEach(details => { details.open = true })")
        violations = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        broken[path] = [(rule["id"], rule["nodes"][0]["html"]) for rule in violations]
        excess[path] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    assert broken == {path: [] for path in paths}
    assert excess == dict.fromkeys(paths, 0)


def test_before_and_after_stand_at_one_height_and_follow_each_other_on_a_phone(open_page: Any) -> None:
    def read_boxes(width: int) -> list[dict[str, float]]:
        boxes: list[dict[str, float]] = (
            open_page("/da/note/", width=width)
            .locator(".wordings > section")
            .evaluate_all("nodes => nodes.map(node => node.getBoundingClientRect().toJSON())")
        )
        return boxes

    before, after = read_boxes(1280)
    above, below = read_boxes(360)

    assert (before["top"], before["bottom"]) == (after["top"], after["bottom"])
    assert before["right"] < after["left"]
    assert above["bottom"] <= below["top"]
    assert (above["left"], above["right"]) == (below["left"], below["right"])


def test_contents_stay_in_sight_and_mark_the_step_that_is_read(open_page: Any) -> None:
    page = open_page("/da/guide/")
    side = page.locator(".toc-side")

    side.get_by_role("link", name="Trin 7").click()
    page.locator(".toc-side [aria-current]", has_text="Trin 7").wait_for()

    assert side.bounding_box()["y"] >= 0
    assert side.bounding_box()["y"] + side.bounding_box()["height"] <= 800
    assert page.locator(".toc-side [aria-current]").count() == 1
    assert page.locator(".toc-fold").is_hidden()


def test_phone_reaches_the_first_step_and_comes_back_to_the_steps(open_page: Any) -> None:
    page = open_page("/da/guide/", width=360)

    assert page.locator("#step-1").bounding_box()["y"] <= 1.5 * 800
    page.locator(".toc-fold summary").click()
    page.locator(".toc-fold").get_by_role("link", name="Trin 9").click()
    page.locator("#step-9").get_by_role("link", name="Tilbage til trinene").click()

    expect(page.locator(".toc-fold")).to_be_in_viewport()
    assert page.locator(".toc-side").is_hidden()


def test_box_can_be_ticked_and_leaves_no_trace(open_page: Any) -> None:
    page = open_page("/da/guide/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.locator("#step-1").get_by_label("Pas").check()

    assert page.locator(":checked").count() == 1
    # The browser fetches the icon of the site when it likes.
    assert [url for url in asked if not url.endswith("/mark.svg")] == []
    stored = "[localStorage.length, sessionStorage.length, document.cookie, location.search]"
    assert page.evaluate(stored) == [0, 0, "", ""]
    page.reload()
    assert page.locator(":checked").count() == 0


def test_reader_goes_from_the_history_to_an_earlier_text_and_back(open_page: Any) -> None:
    page = open_page("/da/note/")

    page.get_by_text("Sidens historik").click()
    page.locator(".history a").last.click()
    assert page.locator(".lead").inner_text() == "Gammel."
    page.get_by_role("link", name="Læs teksten i dag").click()

    assert page.locator(".lead").inner_text() == "Kort sagt."


def test_paper_says_where_and_when_and_leaves_out_what_is_for_the_screen(open_page: Any) -> None:
    page = open_page("/da/guide/")

    page.emulate_media(media="print")

    line = page.locator(".print-line")
    assert line.is_visible()
    assert line.inner_text().startswith(page.url)
    for hidden in (".site-tools", ".breadcrumbs", ".toc-side", ".site-footer"):
        assert page.locator(hidden).first.is_hidden()
    assert page.locator("#step-1 input").first.is_visible()
