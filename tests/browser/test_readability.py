"""The readability index under a field of the editor, while it is written."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect
from wagtail.admin.panels import FieldPanel

from cms.core.starter_set import load_languages
from cms.exchange.sites import get_home
from legal.notes.law_note_page import LawNotePage
from legal.notes.readability_panel import RULES, ReadabilityPanel
from tests.core.test_readability import EXAMPLES, describe, measure_text
from tests.legal.provisions.provision_texts import marked_texts

pytestmark = pytest.mark.browser


@pytest.fixture
def editor(
    browser: Browser, transactional_db: None, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Page]:
    """The page on which a law note is made, with the panel on its text in plain language."""
    load_languages()
    home = get_home("da")
    monkeypatch.setattr(
        LawNotePage,
        "content_panels",
        [FieldPanel("title"), ReadabilityPanel("plain_language"), ReadabilityPanel("who")],
    )
    LawNotePage.get_edit_handler.cache_clear()
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("jurist", "jurist@example.org", "hemmelig"))
    context = browser.new_context()
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}],
    )
    page = context.new_page()
    page.goto(f"{live_server.url}/admin/pages/add/legal/lawnotepage/{home.pk}/")
    yield page
    context.close()
    LawNotePage.get_edit_handler.cache_clear()


def test_index_follows_what_is_written(editor: Page) -> None:
    text = editor.get_by_role("region", name="Kort fortalt").get_by_role("textbox")
    meter = editor.locator("[data-field=id_plain_language]")
    expect(meter).to_contain_text("Der er endnu ingen hel sætning at måle.")

    text.click()
    text.press_sequentially("Du skal betale. Det er dyrt.")
    expect(meter).to_contain_text("Lixtal 3, meget let: 6 ord i 2 sætninger, 0 lange ord")
    text.press("Enter")
    text.press_sequentially("Udlændingestyrelsen meddeler opholdstilladelse.")
    expect(meter).to_contain_text("Lixtal 36, middel: 9 ord i 3 sætninger, 3 lange ord")

    text.press("Control+A")
    text.press("Delete")
    expect(meter).to_contain_text("Der er endnu ingen hel sætning at måle.")
    expect(editor.locator("[data-field=id_who]")).to_contain_text("ingen hel sætning")


def measure_in_editor(editor: Page, texts: list[str]) -> Any:
    """Measure texts with the editor's script; a line of a text is a paragraph."""
    blocks = [text.replace("\r", "\n").split("\n") for text in texts]
    return editor.evaluate(
        "([texts, rules]) => texts.map((blocks) => readability.measure(blocks, JSON.parse(rules)))", [blocks, RULES]
    )


def test_script_of_the_editor_counts_the_examples_alike(editor: Page) -> None:
    texts = [text for text, *_ in EXAMPLES]

    assert measure_in_editor(editor, texts) == [describe(measure_text(text)) for text in texts]


def test_script_of_the_editor_counts_any_text_alike(editor: Page) -> None:
    @settings(max_examples=8, deadline=None)
    @given(st.lists(marked_texts() | st.text(st.characters(max_codepoint=0x17F)), min_size=50))
    def check(texts: list[str]) -> None:
        assert measure_in_editor(editor, texts) == [describe(measure_text(text)) for text in texts]

    check()
