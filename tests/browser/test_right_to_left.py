"""Arabic as it stands on the screen: the order of its characters, one edge for its blocks, upright letters."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page

from cms.translation.glossary.csv_import import import_glossary
from knowledge.models import ArticlePage, ContactPointPage
from tests.browser.test_portal import RULES
from tests.factories.pages import make_page, publish
from tests.factories.roots import ensure_roots

pytestmark = pytest.mark.browser

PHONE, HOURS = "+45 87 11 22 33", "09:00–15:00"
PIECES = [
    PHONE,
    HOURS,
    "§ 9 a, stk. 2",
    "1.1.2026",
    "2026-01-01",
    "6.055 kr.",
    "552.000,50 kr.",
    "desk@example.dk",
    "https://example.dk/a/",
    "LBK 1183/2025 (Udlændingeloven)",
]
# The characters of each line of an element as they stand on the screen, from left to right.
READ_LINES = """(element) => {
    const lines = new Map();
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode;
        for (let at = 0; at < node.length; at += 1) {
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            const [box] = range.getClientRects();
            if (!box || !box.width) continue;
            const line = Math.round((box.top + box.bottom) / 12);
            lines.set(line, [...(lines.get(line) || []), [box.left, node.data[at]]]);
        }
    }
    return [...lines.values()].map((line) => line.sort((one, other) => one[0] - other[0]).map((entry) => entry[1]).join(""));
}"""
# The left edge of the words of an element.
READ_EDGE = """(element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return range.getBoundingClientRect().left;
}"""


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def texts(transactional_db: None, settings: Any, live_server: Any) -> list[Any]:
    """A desk and an article in Arabic, published by an editor."""
    settings.PUBLIC_URL = live_server.url
    ensure_roots()
    desk = make_page(
        ContactPointPage,
        locale="ar",
        title="مكتب",
        serves="للقادمين الجدد",
        phone=PHONE,
        email="desk@example.dk",
        hours=[("hours", {"days": "الاثنين", "opens": "09:00", "closes": "15:00", "note": ""})],
    )
    paragraphs = "".join(f"<p>هنا {piece} في هذا النص</p>" for piece in PIECES)
    article = make_page(ArticlePage, locale="ar", title="مقال", body=[("paragraph", paragraphs)])
    return [publish(desk), publish(article)]


def read_html(page: Any) -> str:
    answer = Client().get(f"/api/v1/documents/{page.translation_key}/?locale=ar")
    return str(answer.json()["html"])


def list_shown(window: Page, selector: str = "body") -> set[str]:
    """List the pieces that stand on the screen as they are written."""
    lines = [line.replace("\u00a0", " ") for line in window.locator(selector).evaluate(READ_LINES)]
    return {piece for piece in PIECES if any(piece in line for line in lines)}


def test_pieces_are_read_from_left_to_right_wherever_the_text_is_shown(window: Page, texts: list[Any]) -> None:
    desk, article = texts
    bare = '<!doctype html><html lang="ar" dir="rtl"><body style="font: 16px sans-serif">{}</body></html>'

    window.set_content(bare.format(read_html(desk)))
    assert list_shown(window) == {PHONE, HOURS, "desk@example.dk"}
    assert window.locator("a[href^='tel:']").get_attribute("href") == "tel:+4587112233"
    window.set_content(bare.format(read_html(article)))
    assert list_shown(window) == set(PIECES)
    for page, expected in ((desk, {PHONE, HOURS, "desk@example.dk"}), (article, set(PIECES))):
        window.goto(read_url(page))
        assert list_shown(window, "main") == expected

    without = re.sub("</?bdi[^>]*>", "", read_html(article))
    window.set_content(bare.format(without))
    assert set(PIECES) - list_shown(window) >= {PHONE, HOURS, "§ 9 a, stk. 2"}


def read_url(page: Any) -> str:
    return str(Client().get(f"/api/v1/documents/{page.translation_key}/?locale=ar").json()["url"])


@pytest.fixture
def danish(texts: list[Any]) -> str:
    """A Danish article with a summary, and links; returns its path."""
    body = [
        ("heading", {"level": 2, "text": "Frister"}),
        ("paragraph", "<p>Efter <i>§ 9 a</i> er der <b>frister</b>.</p>"),
    ]
    return str(publish(make_page(ArticlePage, title="Kun dansk", summary="Kort om § 9 a.", body=body)).portal_path)


@pytest.mark.parametrize("locale", ["pl", "ar"])
@pytest.mark.parametrize("width", [360, 1280])
def test_fallback_breaks_no_rule_of_access_and_fits(
    window: Page, danish: str, live_server: Any, locale: str, width: int
) -> None:
    window.set_viewport_size({"width": width, "height": 800})
    window.goto(f"{live_server.url}/{locale}/~{danish[1:]}")

    violations = Axe().run(window, options={"runOnly": RULES}).response["violations"]

    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in violations] == []
    assert window.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    edges = [window.locator(part).first.evaluate(READ_EDGE) for part in ("h1", ".lead", ".prose h2", ".prose p")]
    assert max(edges) - min(edges) <= 2


# Every element with Arabic words of its own whose letters are slanted or spread.
READ_BENT = """() => [...document.querySelectorAll("body *")].filter((element) => {
    const words = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join("");
    const { direction, fontStyle, letterSpacing } = getComputedStyle(element);
    const isBent = fontStyle !== "normal" || !["normal", "0px"].includes(letterSpacing);
    return direction === "rtl" && /[\\u0590-\\u08ff]/.test(words) && isBent;
}).map((element) => element.outerHTML.slice(0, 120))"""
# The right edge of the words of an element.
READ_END = READ_EDGE.replace(".left", ".right")


def test_no_letter_of_arabic_is_slanted_or_spread(window: Page, texts: list[Any], live_server: Any) -> None:
    import_glossary("concept,locale,term,kind,definition\nx,ar,نص,preferred,كلمة\n".encode())
    body = [("paragraph", "<p>نص <i>مهم</i> و<b>هنا</b></p>"), ("heading", {"level": 2, "text": "عنوان"})]
    article = publish(make_page(ArticlePage, locale="ar", title="مقال آخر", answer="نص", body=body))

    for media in ("screen", "print"):
        window.emulate_media(media=media)
        for address in (
            read_url(article),
            read_url(texts[0]),
            f"{live_server.url}/ar/acts/x/",
            f"{live_server.url}/ar/search/",
        ):
            window.goto(address)
            assert (address, window.evaluate(READ_BENT)) == (address, [])
    window.goto(read_url(article))
    assert window.locator(".words dfn").count() == 1


def test_short_lines_of_another_language_stand_at_the_edge_of_their_heading(
    window: Page, texts: list[Any], live_server: Any
) -> None:
    hours = {"days": "Mandag–torsdag", "opens": "09:00", "closes": "15:00", "note": "Uden aftale"}
    desk = publish(
        make_page(
            ContactPointPage,
            title="Skranken",
            street="Demovej 3",
            postal_code="8700",
            city="Horsens",
            phone=PHONE,
            email="en-temmelig-lang-adresse-til-skranken@kommune.example.dk",
            hours=[("hours", hours)],
        )
    )
    for width in (1280, 360):
        window.set_viewport_size({"width": width, "height": 800})
        window.goto(f"{live_server.url}/ar/~{desk.portal_path[1:]}")

        for heading, line in ((".contact-card h2", ".hours small"), (".contact-card h2", ".hours li > span")):
            ends = [window.locator(part).first.evaluate(READ_END) for part in (heading, line)]
            assert abs(ends[0] - ends[1]) <= 2, (width, line)
        address = window.locator("address")
        above = address.locator("xpath=preceding-sibling::h2")
        assert abs(address.evaluate(READ_END) - above.evaluate(READ_END)) <= 2
        assert window.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
        card = window.locator(".contact-card").bounding_box()
        mail = window.locator('a[href^="mailto:"]').bounding_box()
        assert card
        assert mail
        assert card["x"] <= mail["x"]
        assert mail["x"] + mail["width"] <= card["x"] + card["width"]


def test_arabic_is_stressed_without_slanting_its_letters(window: Page, texts: list[Any]) -> None:
    article = publish(texts[1], body=[("paragraph", "<p>نص <i>مهم</i> هنا</p>")])
    window.goto(read_url(article))

    stressed = window.locator(".prose :is(i, em)")

    assert stressed.evaluate("element => getComputedStyle(element).fontStyle") == "normal"
    assert int(stressed.evaluate("element => getComputedStyle(element).fontWeight")) >= 600
