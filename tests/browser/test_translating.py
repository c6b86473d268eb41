"""A translator at work: a page is sent to translation, a passage is typed and saved, and only a whole text is released."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Window
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.core.calendar import today
from cms.core.models import ReleasablePage
from cms.exchange.registry import bundle_registry
from cms.exchange.sites import get_home, get_locale
from cms.publication.models import Release
from knowledge.models import ArticlePage
from tests.browser.desk import open_window, prepare_site
from tests.factories.full_pages import Records, Words, make_full_page
from tests.factories.pages import make_page, publish
from tests.factories.releases import read_document

pytestmark = pytest.mark.browser

SAVE_PASSAGES = """async () => {
  const editor = document.querySelector(".js-translation-editor");
  const props = JSON.parse(editor.dataset.props);
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const done = new Set(props.initialStringTranslations.map((row) => row.segment_id));
  const statuses = [];
  for (const segment of props.segments.filter((one) => one.type === "string" && !done.has(one.id))) {
    const body = new FormData();
    body.append("value", segment.source.replaceAll("Dansk", "Polski"));
    const answer = await fetch(segment.editUrl, {
      credentials: "same-origin", method: "PUT", headers: {"X-CSRFToken": token}, body,
    });
    statuses.push(answer.status);
  }
  return statuses;
}"""
# Example: "‹Polski bobib›"
CODE = re.compile(r"(?:Polski|Dansk) ([a-z]{5})")
# One passage in every kind of block of a body; the others are saved by the same request, without the typing.
TYPED_BLOCKS = ("heading", "paragraph", "list", "step", "table", "image", "document", "callout", "citation")


@pytest.fixture
def source(transactional_db: None, settings: Any, live_server: Any) -> ReleasablePage:
    """A published Danish answer, and a Polish home page for its translation."""
    settings.PUBLIC_URL = live_server.url
    prepare_site()
    get_home("pl")
    return publish(make_page(title="Må min ægtefælle arbejde?", answer="Ja, fra den første dag."))


@pytest.fixture
def window(browser: Browser, source: ReleasablePage, live_server: Any) -> Iterator[Window]:
    """A window of a translator."""
    with open_window(browser, live_server.url) as window:
        yield window


def send_to_translation(window: Window, origin: str, page: ReleasablePage) -> None:
    """Send a page to Polish with Wagtail's own form."""
    window.goto(origin + reverse("wagtail_localize:submit_page_translation", args=[page.pk]))
    window.locator(f"input[name=locales][value='{get_locale('pl').pk}']").check()
    window.locator("main form button[type=submit], main form input[type=submit]").first.click()
    window.wait_for_url("**/pages/*/edit/")


def type_passage(window: Window, passage: str, words: str) -> int:
    """Open a passage, type its translation and save it; returns the answer's status."""
    segment = window.locator("li", has_text=passage).filter(has=window.get_by_role("button")).last
    segment.get_by_role("button").first.click()
    window.locator("textarea").last.fill(words)
    with window.expect_response("**/strings/**") as answered:
        window.get_by_role("button", name="Save", exact=True).or_(
            window.get_by_role("button", name="Gem", exact=True)
        ).last.click()
    return answered.value.status


def save_other_passages(window: Window) -> list[int]:
    """Save every passage without words as the editor's script does, from its own page; returns the answers' statuses."""
    statuses: list[int] = window.evaluate(SAVE_PASSAGES)
    return statuses


def publish_translation(window: Window) -> None:
    """Press the editor's own button."""
    window.locator("button[name=action][value=publish]").click()
    expect(window.locator(".messages .success").first).to_be_visible()


def test_page_sent_to_translation_is_a_draft_and_a_passage_is_saved(
    window: Window, live_server: Any, source: ReleasablePage
) -> None:
    send_to_translation(window, live_server.url, source)
    released = Release.objects.filter(locale="pl").count()
    expect(window.get_by_role("link", name="Stykker, der bliver stående…")).to_be_visible()

    status = type_passage(window, "Ja, fra den første dag.", "Tak, od pierwszego dnia.")

    assert status in (200, 201)
    expect(window.get_by_text("Tak, od pierwszego dnia.")).to_be_visible()
    assert StringTranslation.objects.get().data == "Tak, od pierwszego dnia."
    translation = ArticlePage.objects.get(locale__language_code="pl")
    assert (translation.live, released, Translation.objects.count()) == (False, 0, 1)


def test_translator_carries_a_page_of_every_type_from_danish_to_readers(
    window: Window, live_server: Any, source: ReleasablePage
) -> None:
    records = Records()
    for page in (records.place, records.desk):
        publish(page)
    typed: dict[str, list[int]] = {}
    for name, kind in bundle_registry.kinds.items():
        words = Words()
        page = publish(make_full_page(kind.model, words, records))
        send_to_translation(window, live_server.url, page)
        typed[name] = [
            type_passage(window, passage, passage.replace("Dansk", "Polski"))
            for passage in list_typed(page, name == "article")
        ]
        window.reload()
        saved = save_other_passages(window)
        window.reload()
        publish_translation(window)

        danish = read_text(page, "da")
        polish = read_text(page, "pl")
        assert set(saved) == {201}
        assert "Dansk" not in polish
        assert sorted(CODE.findall(polish)) == sorted(CODE.findall(danish))
    assert {status for statuses in typed.values() for status in statuses} == {201}
    assert len(typed["article"]) == 1 + len(TYPED_BLOCKS)


def list_typed(page: Any, with_blocks: bool) -> list[str]:
    """List the passages that are typed: the title's, and the first of each block."""
    found = {}
    segments = StringSegment.objects.filter(source__object_id=page.translation_key).select_related("string", "context")
    for segment in segments.order_by("order"):
        parts = segment.context.field_path.split(".")
        if "<" not in segment.string.data:
            found.setdefault(parts[1] if parts[0] in ("body", "citations") else parts[0], segment.string.data)
    return [found["title"], *(found[name] for name in TYPED_BLOCKS if with_blocks)]


def read_text(page: Any, locale: str) -> str:
    """Read what readers get of a page in a language."""
    return str(read_document(page.translation_key, today(), locale))
