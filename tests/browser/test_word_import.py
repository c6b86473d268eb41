"""A consultant imports a Word file with a merged table and sees in the report what to look at."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Window
from wagtail.rich_text import RichText

from cms.exchange.sites import get_home
from knowledge.models import ArticlePage
from tests.browser.desk import open_window, prepare_site
from tests.factories.pages import make_page
from tests.factories.word import build_word_file, cell, paragraph, raised, table

pytestmark = pytest.mark.browser


@pytest.fixture
def window(transactional_db: None, browser: Browser, settings: Any, live_server: Any) -> Iterator[Window]:
    """A window of an editor of an empty site."""
    settings.PUBLIC_URL = live_server.url
    prepare_site()
    get_home("da")
    with open_window(browser, live_server.url) as window:
        yield window


def test_consultant_imports_a_merged_table_and_sees_where_to_look(window: Window, live_server: Any) -> None:
    home = get_home("da")
    rows = [cell(paragraph("Type")), cell(paragraph("Gebyr"), columns=2)]
    fees = ["Arbejde", cell(paragraph("6.055", raised("1"), " kr.")), "4.405 kr."]
    data = build_word_file(paragraph("Gebyrer 2027", style="Titel"), table(rows, fees))
    window.goto(live_server.url + reverse("wagtailadmin_explore", args=[home.pk]))
    window.get_by_role("button", name=re.compile("Handlinger|Actions")).first.click()
    window.get_by_role("link", name="Importér fra Word eller HTML").first.click()
    file = {"name": "gebyrer.docx", "mimeType": "application/octet-stream", "buffer": data}
    window.locator("#id_file").set_input_files(files=[file])
    window.locator("#id_kind").select_option("knowledge.articlepage")

    window.get_by_role("button", name="Importér som kladde").click()

    report = window.locator("table.listing")
    expect(report.get_by_role("row", name=re.compile("tabel 1, række 1, kolonne 2, “Gebyr”"))).to_contain_text(
        "en sammenflettet celle (rækker: 1, kolonner: 2)"
    )
    window.get_by_role("link", name="Redigér kladden").click()
    inputs = window.locator("[data-contentpath='body'] input[type=text]")
    expect(inputs.first).to_be_attached(timeout=30_000)
    cells = inputs.evaluate_all("inputs => inputs.map(input => input.value)")
    assert [value for value in cells if "kr." in value or value == "Gebyr"] == [
        "Gebyr",
        "Gebyr",
        "6.055¹ kr.",
        "4.405 kr.",
    ]
    page = ArticlePage.objects.get(title="Gebyrer 2027")
    assert not page.live


PASTE = """(editor, html) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", html);
    clipboardData.setData("text/plain", "plain");
    editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def test_pasted_note_mark_is_no_digit_and_a_pasted_table_is_named(window: Window, live_server: Any) -> None:
    page = make_page(title="Gebyrer", body=[("paragraph", RichText("<p>Før</p>"))])
    window.goto(live_server.url + reverse("wagtailadmin_pages:edit", args=[page.pk]))
    editor = window.locator("[data-contentpath='body'] [contenteditable=true]").first
    expect(editor).to_contain_text("Før", timeout=30_000)
    editor.click()

    editor.evaluate(PASTE, "<p>6.055<sup>1</sup> kr. og CO<sub>2</sub></p><table><tr><td>Ny</td></tr></table>")

    expect(editor).to_contain_text("6.055¹ kr. og CO₂")
    expect(window.get_by_text("Teksten kan ikke have tabeller")).to_be_visible()
