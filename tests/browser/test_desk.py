"""The desk in a browser: no call to others, no rule of access broken by us, focus where the eye is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Window

from cms.exchange.sites import get_home
from legal.models import ReviewTask
from legal.notes.law_note_page import LawNotePage
from tests.browser.desk import open_window, prepare_site
from tests.factories.pages import make_page
from tests.legal.reviews.test_reviews import cite, import_new, import_old, write_article

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# What Wagtail 8.0 itself renders and gives no name, and where it does so; everything else in the editor is ours to mend.
WAGTAILS = [
    # The list of the form's sections at the right edge scrolls and cannot be focused; its links can.
    ".w-minimap",
]


@pytest.fixture
def window(transactional_db: None, settings: Any, live_server: Any, browser: Browser) -> Iterator[Window]:
    settings.PUBLIC_URL = live_server.url
    prepare_site()
    with open_window(browser, live_server.url) as window:
        yield window


def run_axe(window: Window) -> list[tuple[str, str]]:
    found = Axe().run(window, context={"include": ["body"], "exclude": WAGTAILS}, options=RULES)
    return [(rule["id"], node["html"][:200]) for rule in found.response["violations"] for node in rule["nodes"]]


def test_editor_calls_no_other_host_and_breaks_no_rule_of_access(
    window: Window, live_server: Any, tmp_path: Path
) -> None:
    import_old(tmp_path)
    write_article("Beløbsordningen", cite("9 a"))
    import_new(tmp_path)
    note = make_page(LawNotePage, title="Nyt beløb", citations=[cite("9 a")])
    note.save_revision()
    foreign: list[str] = []
    window.on(
        "request",
        lambda request: (
            None if request.url.startswith((live_server.url, "data:", "blob:")) else foreign.append(request.url)
        ),
    )
    places = [
        reverse("wagtailadmin_home"),
        reverse("core_guide"),
        reverse("legal_reviews"),
        reverse("legal_review", args=[ReviewTask.objects.get().pk]),
        reverse("wagtailadmin_pages:add_subpage", args=[get_home("da").pk]),
        reverse("wagtailadmin_pages:edit", args=[note.pk]),
    ]
    broken: dict[str, list[tuple[str, str]]] = {}
    for place in places:
        window.goto(live_server.url + place)
        window.wait_for_load_state("networkidle")
        if found := run_axe(window):
            broken[place] = found

    assert broken == {}
    assert foreign == []


def test_reason_is_asked_for_before_the_review_is_left(window: Window, live_server: Any, tmp_path: Path) -> None:
    import_old(tmp_path)
    write_article("Beløbsordningen", cite("9 a"))
    import_new(tmp_path)
    task = ReviewTask.objects.get()
    address = live_server.url + reverse("legal_review", args=[task.pk])
    window.goto(address)
    window.evaluate("window.isSamePage = true")

    window.get_by_role("button", name="Ændringen berører ikke teksten").click()

    reason = window.get_by_label("Begrundelse eller bemærkning")
    expect(reason).to_be_focused()
    assert window.evaluate("window.isSamePage") is True
    assert reason.evaluate("field => field.validationMessage") == "Skriv, hvorfor teksten ikke berøres."
    reason.fill("Nævner ikke beløbet.")
    window.get_by_role("button", name="Ændringen berører ikke teksten").click()
    window.wait_for_url("**" + reverse("legal_reviews"))
    task.refresh_from_db()
    assert (task.state, task.reason) == ("dismissed", "Nævner ikke beløbet.")


def test_new_source_begins_with_the_act_and_a_long_title_is_seen_whole(window: Window, live_server: Any) -> None:
    window.goto(live_server.url + reverse("wagtailadmin_pages:add", args=["legal", "lawnotepage", get_home("da").pk]))
    title = window.locator("#id_title")
    title.fill(
        "Opholds- og arbejdstilladelse på grundlag af job efter udlændingelovens § 9 a og de nye beløbsgrænser i 2027"
    )

    window.locator('[data-contentpath="sources"] .c-sf-add-button').first.click()

    expect(window.get_by_role("combobox", name="Find loven").first).to_be_focused()
    assert title.evaluate("field => field.scrollHeight - field.clientHeight") <= 2
    assert title.evaluate("field => field.scrollWidth - field.clientWidth") <= 0


def test_form_is_whole_beside_the_status_panel(window: Window, live_server: Any) -> None:
    window.set_viewport_size({"width": 1280, "height": 900})
    note = make_page(LawNotePage, title="Nyt beløb")
    note.save_revision()
    window.goto(live_server.url + reverse("wagtailadmin_pages:edit", args=[note.pk]))

    window.locator("[data-side-panel-toggle=status]").first.click()
    panel = window.locator("[data-side-panel=status]")
    expect(panel).to_be_visible()

    edge = panel.bounding_box()["x"]
    fields = window.locator("#tab-content textarea:visible, #tab-indhold .Draftail-Editor:visible, .law-beside-law")
    boxes = [fields.nth(place).bounding_box() for place in range(fields.count())]
    assert [box for box in boxes if box and box["x"] + box["width"] > edge] == []
