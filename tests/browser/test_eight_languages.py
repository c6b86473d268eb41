"""A change of a law note on its way through eight languages: marked, fallen back from, translated, released on the law's day."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Window
from translate.storage.xliff import Xliff1File
from wagtail.models import Page

from cms.core.calendar import today
from cms.core.languages import LANGUAGES
from cms.exchange.sites import get_home
from cms.publication.models import JointRelease, Release
from cms.translation.bundles.going_live import release_due_bundles
from cms.translation.enums import WorkState
from cms.translation.models import ReleaseBundle, TranslationTask
from legal.notes.law_note_page import LawNotePage
from tests.browser.desk import open_window, prepare_site
from tests.browser.desk import publish as publish_in_window
from tests.factories.pages import make_page, publish
from tests.factories.releases import read_document
from tests.translation.bundles.mirror import HeldText, Mirror, find_shown
from tests.translation.desk.translated_pages import make_translator, translate_whole

pytestmark = pytest.mark.browser

LAW_DAY = today() + timedelta(days=40)
TRANSLATIONS = [code for code in LANGUAGES if code != "da"]
TEXTS = {
    "what_changed": "<p>Beløbet er 100 kr.</p>",
    "who": "<p>Arbejdsgivere i hele landet.</p>",
    "plain_language": "<p>Du skal betale 100 kr.</p>",
}
POLISH = ("Kwota wynosi 200 koron.", "Musisz zapłacić 200 koron.")
UKRAINIAN = {"Beløbet er 200 kr.": "Сума становить 200 крон.", "Du skal betale 200 kr.": "Ви маєте сплатити 200 крон."}


@pytest.fixture
def note(transactional_db: None, settings: Any, live_server: Any) -> LawNotePage:
    """A law note that is published in eight languages."""
    settings.PUBLIC_URL = settings.WAGTAILADMIN_BASE_URL = live_server.url
    prepare_site()
    publish(Page.objects.get(pk=get_home("da").pk).specific)
    publish(Page.objects.get(pk=get_home("pl").pk).specific)
    note = publish(make_page(LawNotePage, title="Nyt beløb", applicable_from=LAW_DAY, **TEXTS))
    for code in TRANSLATIONS:
        translate_whole(note, code)
    return note


@pytest.fixture
def lawyer(browser: Browser, note: LawNotePage, live_server: Any) -> Iterator[Window]:
    """A window of a lawyer."""
    with open_window(browser, live_server.url) as window:
        yield window


@pytest.fixture
def translator(browser: Browser, note: LawNotePage, live_server: Any) -> Iterator[Window]:
    """A window of a translator into Polish."""
    with open_window(browser, live_server.url, user=make_translator("oversætter", "pl")) as window:
        yield window


def type_into(window: Window, name: str, words: str) -> None:
    """Replace a text of the page editor by another one, as people type."""
    area = window.locator(f'[data-contentpath="{name}"] [contenteditable=true]')
    area.click()
    area.press("Control+a")
    area.press_sequentially(words)
    window.wait_for_function(
        "([name, words]) => document.querySelector(`input[name=${name}]`).value.includes(words)", arg=[name, words]
    )


def change_in_substance(lawyer: Window, origin: str, note: LawNotePage) -> None:
    """Double the amount in two passages, and publish that."""
    lawyer.goto(origin + reverse("wagtailadmin_pages:edit", args=[note.pk]))
    type_into(lawyer, "what_changed", "Beløbet er 200 kr.")
    type_into(lawyer, "plain_language", "Du skal betale 200 kr.")
    publish_in_window(lawyer, change="substantive", note="Beløbet er fordoblet.")


def see_seven_outdated(lawyer: Window, origin: str) -> None:
    """Look at the matrix: one text, seven languages that are outdated."""
    lawyer.goto(origin + reverse("translation_matrix"))
    row = lawyer.get_by_role("row", name="Nyt beløb")
    expect(row.get_by_role("link", name="Forældet")).to_have_count(7)


def read_in_polish(window: Window, origin: str, note: LawNotePage) -> None:
    """Follow the address a Polish reader has: Danish words, Polish frame, a Polish banner with what changed."""
    polish = type(note).objects.get(translation_key=note.translation_key, locale__language_code="pl")
    window.goto(origin + polish.url)
    expect(window.locator("html")).to_have_attribute("lang", "pl")
    expect(window.get_by_role("heading", level=1)).to_have_text("Nyt beløb")
    expect(window.locator("main")).to_contain_text("Beløbet er 200 kr.")
    expect(window.locator("main [lang=da]", has_text="Beløbet er 200 kr.").first).to_be_visible()
    banner = window.locator(".notice").filter(has_text="duński")
    expect(banner).to_be_visible()
    expect(banner).to_contain_text("Beløbet er fordoblet.")


def open_bundle(lawyer: Window, origin: str, note: LawNotePage) -> None:
    """Make a bundle of the Polish and the Ukrainian text, for the law's day, which waits for both; schedule it."""
    lawyer.goto(origin + reverse("translation_bundle_add", args=[note.pk]))
    lawyer.locator("[name=name]").fill("Fordoblet beløb")
    for code in LANGUAGES:
        lawyer.locator(f"[name=locales][value={code}]").set_checked(code in ("pl", "uk"))
    lawyer.get_by_role("button", name="Læg i pakken").click()
    lawyer.get_by_role("link", name="Ret dag og sprog").click()
    lawyer.locator("[name=timing][value=law]").check()
    for code in ("pl", "uk"):
        lawyer.locator(f"[name=required_locales][value={code}]").check()
    lawyer.get_by_role("button", name="Gem").click()
    lawyer.get_by_role("button", name="Planlæg").click()
    for code in ("pl", "uk"):
        expect(lawyer.locator(f".bundle-gate [data-locale={code}]")).to_contain_text("ikke klar", ignore_case=True)


def translate_two_passages(translator: Window, origin: str) -> None:
    """Come from the start page, see the two changed passages and no other, translate and save them."""
    translator.goto(origin + reverse("wagtailadmin_home"))
    translator.locator("#translations-inbox-section").get_by_role("link", name="Nyt beløb").click()
    asked = translator.locator("section[aria-labelledby=three-way-asked]")
    fields = asked.locator("textarea")
    expect(fields).to_have_count(2)
    for number, words in enumerate(POLISH):
        fields.nth(number).fill(words)
    translator.keyboard.press("Control+s")
    expect(translator.locator(".messages .success")).to_contain_text("Gemte stykker: 2.")


def bring_file_back(lawyer: Window, origin: str, folder: Path) -> None:
    """Download what is outdated in Ukrainian as XLIFF, translate it, and upload it."""
    lawyer.goto(origin + reverse("translation_exchange"))
    lawyer.locator("[name=locale]").select_option("uk")
    lawyer.locator("[name=format]").select_option("xlf")
    with lawyer.expect_download() as downloaded:
        lawyer.locator("button[name=download]").click()
    content = Xliff1File.parsestring(Path(downloaded.value.path()).read_bytes())
    translated = [unit for unit in content.units if unit.source in UKRAINIAN]
    for unit in translated:
        unit.target = UKRAINIAN[unit.source]
    assert len(translated) == len(UKRAINIAN)
    file = folder / "uk.xlf"
    file.write_bytes(bytes(content))
    lawyer.locator("[name=file]").set_input_files(file)
    lawyer.locator("button[name=upload]").click()
    expect(lawyer.get_by_text("Alle filens stykker er her nu.")).to_be_visible()


def show(held: frozenset[HeldText], note: LawNotePage, day: Any) -> list[str]:
    """Tell how both languages of the note stand on a day in what a mirror holds."""
    shown = [find_shown(held, str(note.translation_key), code, day.isoformat()) for code in ("pl", "uk")]
    return [text.state for text in shown if text]


def test_change_of_a_law_note_reaches_two_languages_together_on_the_laws_day(
    lawyer: Window, translator: Window, live_server: Any, note: LawNotePage, tmp_path: Path
) -> None:
    origin = live_server.url
    change_in_substance(lawyer, origin, note)
    marked = TranslationTask.objects.filter(content_id=note.translation_key, state=WorkState.OUTDATED)
    assert sorted(marked.values_list("locale", flat=True)) == sorted(TRANSLATIONS)
    see_seven_outdated(lawyer, origin)
    read_in_polish(translator, origin, note)

    open_bundle(lawyer, origin, note)
    before = Release.objects.count()
    mirror = Mirror(origin)
    mirror.start()
    try:
        translate_two_passages(translator, origin)
        release_due_bundles()
        assert Release.objects.count() == before
        bring_file_back(lawyer, origin, tmp_path)
        release_due_bundles()
        polls = len(mirror.held)
        while len(mirror.held) < polls + 2 and mirror.is_alive():
            lawyer.wait_for_timeout(50)
    finally:
        mirror.stop()

    bundle, joint = ReleaseBundle.objects.get(), JointRelease.objects.latest("pk")
    assert (bundle.state, bundle.first_day) == ("live", LAW_DAY)
    assert (bundle.first_position, bundle.last_position) == (joint.first_position, joint.last_position)
    shown = {tuple(show(held, note, LAW_DAY)) for held in mirror.held}
    assert shown == {("outdated", "outdated"), ("current", "current")}
    assert {tuple(show(held, note, LAW_DAY - timedelta(days=1))) for held in mirror.held} == {("outdated", "outdated")}
    assert POLISH[0] in str(read_document(note.translation_key, LAW_DAY, "pl"))
    assert "Сума становить 200 крон." in str(read_document(note.translation_key, LAW_DAY, "uk"))
