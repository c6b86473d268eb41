"""The whole chain in a browser: a change of the law finds the text that rests on it, and coming law is told of today.

With ``LAW_CHAIN_ACTS`` (a file of acts, ``docs/operations.md``) the two consolidations are the real ones of that file; without, a
few sections of our own stand for them.
"""

import gzip
import json
import os
import re
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from cms.core.calendar import today
from cms.publication.following.followers import catch_up
from cms.publication.registry import registry
from knowledge.models import ArticlePage
from legal.notes.law_note_page import LawNotePage
from tests.browser.desk import complete_note, publish
from tests.legal.acts import build_line, build_section

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLE = "Bekendtgørelse af udlændingeloven"
OLD, NEW = (2024, 1009), (2025, 1183)
SHOTS = os.environ.get("LAW_CHAIN_SHOTS", "")


@pytest.fixture
def chain(transactional_db: None, settings: Any, live_server: Any) -> str:
    """The starter site as it is served, with the editor; returns its address."""
    settings.PUBLIC_URL = live_server.url
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    call_command("starter_load", stdout=StringIO())
    follow()
    return str(live_server.url)


@pytest.fixture
def editor(browser: Browser, chain: str) -> Iterator[Page]:
    """A window of a lawyer who is logged in."""
    user = User.objects.create_superuser("jurist", email="", password="en-lang-adgangskode")
    client = Client()
    client.force_login(user)
    context = browser.new_context(viewport={"width": 1360, "height": 900}, locale="da-DK")
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": chain}])
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield page
    context.close()


def follow() -> None:
    """Do what the worker does: let everything that follows the log catch up."""
    for follower in registry.followers.values():
        if follower.name != "search-elasticsearch":
            catch_up(follower)


def import_act(folder: Path, which: tuple[int, int]) -> None:
    path = folder / "act.ndjson"
    path.write_text(json.dumps(find_act(*which)), encoding="utf-8")
    call_command("legal_import", str(path), verbosity=0, stdout=StringIO())
    follow()


def find_act(year: int, number: int) -> dict[str, Any]:
    if given := os.environ.get("LAW_CHAIN_ACTS"):
        with gzip.open(given) as stream:
            return next(act for act in map(json.loads, stream) if (act["year"], act["number"]) == (year, number))
    limit = {OLD: "448.000", NEW: "514.000"}[year, number]
    sections = [
        build_section("9", "Der kan efter ansøgning gives opholdstilladelse til ægtefæller."),
        build_section("9a", f"Opholdstilladelse gives ved en årlig aflønning på mindst {limit} kr."),
        build_section("63", "Loven træder i kraft den 1. oktober 1983."),
    ]
    signed = {OLD: "2024-09-02", NEW: "2025-09-25"}[year, number]
    return build_line("LBK", number, signed, TITLE, sections)


def read(base: str, path: str) -> Any:
    response = Client(headers={"host": base.removeprefix("http://")}).get(path)
    assert response.status_code == 200, response.content[:500]
    return response.json() if "json" in response.headers["Content-Type"] else response.content.decode()


def write_paragraph(page: Page, text: str) -> None:
    """Add a paragraph to the body and type it."""
    body = page.locator("#panel-child-inhold-body-section, [id$='body-section']").first
    body.get_by_role("button", name=re.compile("Indsæt en blok|Insert a block")).first.click()
    page.get_by_role("option", name=re.compile("^Afsnit$|^Paragraph$")).first.click()
    area = body.locator(".public-DraftEditor-content").last
    area.click()
    area.press_sequentially(text)
    # The editor writes what was typed into the form a moment later.
    expect(body.locator("input[type=hidden][name$='-value']").last).to_have_value(re.compile(re.escape(text)))


def shoot(page: Page, name: str) -> None:
    """Keep a picture where ``LAW_CHAIN_SHOTS`` names a folder."""
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def test_change_of_the_law_finds_the_article_and_coming_law_is_told_today(
    editor: Page, chain: str, tmp_path: Path
) -> None:
    # 1. The law as it was, and an article that rests on it.
    import_act(tmp_path, OLD)
    section = ArticlePage.objects.filter(locale__language_code="da").first().get_parent()
    editor.goto(f"{chain}/admin/pages/add/knowledge/articlepage/{section.pk}/")
    editor.locator("#id_title").fill("Hvor meget skal jeg tjene?")
    write_paragraph(editor, "Grænsen står i udlændingelovens § 9 a, stk. 1.")
    shoot(editor, "1-article")
    publish(editor)
    follow()
    article = ArticlePage.objects.get(title="Hvor meget skal jeg tjene?")
    document = read(chain, f"/api/v1/documents/{article.translation_key}/")
    assert [citation["section"] for citation in document["citations"]] == ["9 a"]

    # 2. The law changes: the review, its deadline and the difference.
    import_act(tmp_path, NEW)
    editor.goto(f"{chain}/admin/")
    panel = editor.get_by_role("region", name=re.compile("Tekster, der skal gennemgås"))
    expect(panel).to_contain_text("25. september 2025")
    shoot(editor, "2-dashboard")
    panel.get_by_role("link", name="Alle gennemgange").click()
    shoot(editor, "2-list")
    editor.get_by_role("link", name="Hvor meget skal jeg tjene?").click()
    expect(editor.locator(".law-comparison-text del").first).to_be_visible()
    expect(editor.locator(".law-comparison-text ins").first).to_be_visible()
    expect(editor.locator(".law-review-facts")).to_contain_text("25. september 2025")
    shoot(editor, "3-review")

    # 3. A law note, published today, on law that commences next month.
    coming = (today().replace(day=1) + timedelta(days=40)).replace(day=1)
    notes = LawNotePage.objects.filter(locale__language_code="da").first().get_parent()
    editor.goto(f"{chain}/admin/pages/add/legal/lawnotepage/{notes.pk}/")
    editor.locator("#id_title").fill("Ny beløbsgrænse på vej")
    fill_note(editor, coming)
    shoot(editor, "4-law-note")
    publish(editor)
    follow()
    note = LawNotePage.objects.get(title="Ny beløbsgrænse på vej")
    check_announcement(chain, str(note.translation_key), coming)

    # 4. The article's next text, planned from that day.
    editor.goto(f"{chain}/admin/pages/{article.pk}/edit/")
    editor.locator("#id_answer").fill("Fra den nye grænse træder i kraft, er det mere.")
    publish(editor, change="substantive", note="Grænsen er ny.", day=f"{coming:%d.%m.%Y}")
    follow()
    shoot(editor, "5-planned")
    address = f"/api/v1/documents/{article.translation_key}/"
    assert read(chain, address)["answer"] == ""
    assert read(chain, f"{address}?as_of={coming - timedelta(days=1)}")["answer"] == ""
    assert read(chain, f"{address}?as_of={coming}")["answer"] == "Fra den nye grænse træder i kraft, er det mere."


def fill_note(page: Page, coming: date) -> None:
    """Fill in the day and the source of a law note."""
    sources = page.locator("[data-contentpath='sources']").first
    sources.locator(".c-sf-add-button").first.click()
    sources.get_by_role("combobox", name="Find loven").first.fill("udl")
    page.get_by_role("option", name="Udlændingeloven").first.click()
    page.get_by_label("Vis kun, for eksempel 9 a").fill("9 a")
    page.keyboard.press("Enter")
    expect(page.locator("[data-law-comparison] ins").nth(1)).to_be_visible()
    dates = page.locator("[data-contentpath='commencements']").first
    dates.locator(".c-sf-add-button").first.click()
    dates.locator("input[name$='-value-date']").fill(coming.isoformat())
    page.keyboard.press("Tab")
    complete_note(page)


def check_announcement(base: str, note_id: str, coming: date) -> None:
    """It is upcoming today, in the list, in search, in the feed and in the calendar."""
    listed = read(base, "/api/v1/documents/?type=law-note&upcoming=true&limit=100")["results"]
    found = read(base, f"/api/v1/search/?q={quote('Ny beløbsgrænse på vej')}&upcoming=true")["results"]
    feed = read(base, "/api/v1/feeds/law-note.json?upcoming=true&limit=100")["items"]
    calendar = read(base, "/api/v1/calendar.ics")
    in_force = read(base, f"/api/v1/documents/?type=law-note&in_force_on={coming}&limit=100")["results"]
    assert note_id in [entry["id"] for entry in listed]
    assert found[0]["id"] == note_id
    assert "Ny beløbsgrænse på vej" in [entry["title"] for entry in feed]
    assert f"{coming:%Y%m%d}" in calendar
    assert note_id in [entry["id"] for entry in in_force]
