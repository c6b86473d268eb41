"""A lawyer writes a law note: looks up the act, ticks the section, sees what changed, publishes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Window
from playwright.sync_api import TimeoutError as WaitedTooLongError

from cms.core.starter_set import load_languages, load_vocabularies
from cms.exchange.sites import get_home
from cms.publication.models import ReleaseBody
from tests.browser.desk import complete_note, publish
from tests.legal.acts import COLLECTION, build_line, build_section, import_lines

pytestmark = pytest.mark.browser


@pytest.fixture
def origin(transactional_db: None, settings: Any, live_server: Any, tmp_path: Path) -> str:
    """The address of a site with the editor, a home page and two texts of udlændingeloven."""
    settings.PUBLIC_URL = live_server.url
    load_languages()
    load_vocabularies()
    title = "Bekendtgørelse af udlændingeloven"
    same = build_section("9", "Som før.")
    import_lines(
        tmp_path,
        build_line("LBK", 1009, "2024-09-02", title, [same, build_section("9 a", "Beløbet er 100 kr.")]),
        build_line("LBK", 1183, "2025-09-25", title, [same, build_section("9 a", "Beløbet er 200 kr.")]),
    )
    return str(live_server.url)


@pytest.fixture
def editor(origin: str, browser: Browser, django_user_model: Any) -> Iterator[Window]:
    """The form of a new law note, in Danish."""
    client = Client()
    client.force_login(django_user_model.objects.create_superuser("jurist", password="et langt kodeord"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="da")
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": origin}])
    window = context.new_page()
    window.goto(origin + reverse("wagtailadmin_pages:add", args=["legal", "lawnotepage", get_home("da").pk]))
    yield window
    context.close()


def choose_section(editor: Window) -> None:
    """Add a source by keyboard: type the act, take the first suggestion, tick § 9 a."""
    editor.locator('[data-contentpath="sources"] .c-sf-add-button').first.click()
    editor.get_by_role("combobox", name="Find loven").first.fill("udl")
    expect(editor.get_by_role("option", name="Udlændingeloven").first).to_be_visible()
    editor.keyboard.press("ArrowDown")
    editor.keyboard.press("Enter")
    editor.get_by_label("Vis kun, for eksempel 9 a").fill("9 a")
    editor.keyboard.press("Enter")


def wait_until_saved(editor: Window) -> None:
    """Wait until the draft has saved itself, which makes the page; the next letter has a save tried again that met another one."""
    for _attempt in range(3):
        try:
            editor.wait_for_url("**/edit/**", timeout=15_000)
        except WaitedTooLongError:
            editor.keyboard.type(" ")
        else:
            return
    editor.wait_for_url("**/edit/**")


def test_lawyer_writes_a_law_note_with_the_difference_beside_it_and_publishes(editor: Window) -> None:
    editor.get_by_placeholder("Page title").or_(editor.locator("#id_title")).first.fill("Nyt beløb i § 9 a")
    choose_section(editor)

    comparison = editor.locator("[data-law-comparison]")
    expect(comparison.locator("del")).to_have_text(["ord, der er udgået", "100"])
    expect(comparison.locator("ins")).to_have_text(["Nye ord", "200"])
    complete_note(editor)
    wait_until_saved(editor)
    publish(editor)
    expect(editor.locator(".messages, [data-messages]").first).to_contain_text("Nyt beløb i § 9 a")

    document = orjson.loads(bytes(ReleaseBody.objects.get(release__type="law-note").body))
    source = document["sources"][0]
    assert (source["eli_uri"], source["sections"]) == (f"{COLLECTION}/2025/1183", ["9 a"])
    assert [entry["section"] for entry in source["provisions"]] == ["9 a"]
    assert "Beløbet er hævet." in document["what_changed"]


def test_sections_written_by_hand_and_sources_removed_are_followed(editor: Window) -> None:
    choose_section(editor)
    comparison = editor.locator("[data-law-comparison]")
    expect(comparison.get_by_role("heading", name="§ 9 a")).to_be_visible()

    editor.get_by_role("button", name="Skriv selv paragrafferne").click()
    editor.locator('[data-contentpath="sections"] input[type=text]').first.fill("9")
    expect(comparison.get_by_role("heading", name="§ 9", exact=True)).to_be_visible()
    expect(comparison).to_contain_text("Uændret")
    editor.locator(
        '[data-contentpath="sources"] button[title="Slet"], [data-contentpath="sources"] [title="Delete"]'
    ).first.click()

    expect(comparison.get_by_role("heading", name="§ 9", exact=True)).to_have_count(0)


def test_what_is_chosen_is_kept_when_the_form_comes_back_with_an_error(editor: Window) -> None:
    choose_section(editor)
    expect(editor.locator("[data-law-comparison] ins")).to_have_count(2)
    editor.get_by_role("button", name="Gem kladde").first.click()

    expect(editor.locator("[data-law-comparison] ins")).to_have_count(2)
    assert editor.locator(".law-picker-chosen").first.inner_text() == "§ 9 a"


def test_picker_and_comparison_break_no_rule_of_access(editor: Window) -> None:
    choose_section(editor)
    editor.get_by_role("combobox", name="Find loven").first.fill("udl")
    expect(editor.get_by_role("option", name="Udlændingeloven").first).to_be_visible()

    broken = []
    for place in (".law-picker", ".law-picker-sections", "[data-law-comparison]"):
        violations = Axe().run(editor, context=place, options={"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]})
        broken += [(rule["id"], rule["nodes"][0]["html"]) for rule in violations.response["violations"]]

    assert broken == []
