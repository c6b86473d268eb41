"""A change of a law note goes live in three languages at once: put into a bundle, waited for, released."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Window
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object

from cms.core.calendar import today
from cms.core.models import ReleasablePage
from cms.exchange.sites import get_home, get_locale
from cms.publication.models import JointRelease, Release
from cms.publication.models import Window as ReleasedWindow
from cms.translation.bundles.going_live import release_due_bundles
from cms.translation.models import ReleaseBundle
from cms.translation.passages.missing_passages import list_missing_passages
from legal.notes.law_note_page import LawNotePage
from tests.browser.desk import open_window, prepare_site
from tests.factories.pages import make_page, publish
from tests.translation.bundles.conftest import draft

pytestmark = pytest.mark.browser
DAYS = timedelta(days=60)


def translate_rest(locale: str) -> list[str]:
    """Translate what is missing in a language; returns the passages."""
    translation = Translation.objects.get(target_locale__language_code=locale)
    missing = list_missing_passages(translation)
    for segment in translation.source.stringsegment_set.all():
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            context=segment.context,
            locale=translation.target_locale,
            defaults={"data": f"{locale}: {segment.string.data}"},
        )
    return missing


@pytest.fixture
def note(transactional_db: None, settings: Any, live_server: Any) -> ReleasablePage:
    """A law note that is published in Danish, Polish and Ukrainian, with a draft of a change in Danish."""
    settings.PUBLIC_URL = live_server.url
    prepare_site()
    note = publish(make_page(LawNotePage, title="Nyt beløb", applicable_from=today() + DAYS))
    for code in ("pl", "uk"):
        get_home(code)
    translate_object(note, [get_locale("pl"), get_locale("uk")])
    for translation in Translation.objects.all():
        translate_rest(translation.target_locale.language_code)
        translation.save_target(publish=True)
    return draft(Page.objects.get(pk=note.pk).specific, who="<p>Arbejdsgivere og lønmodtagere.</p>")


@pytest.fixture
def window(browser: Browser, note: ReleasablePage, live_server: Any) -> Iterator[Window]:
    """A window of a lawyer."""
    with open_window(browser, live_server.url) as window:
        yield window


def read_gate(window: Window) -> dict[str, str]:
    return {
        code: window.locator(f".bundle-gate [data-locale={code}] .w-status").first.inner_text().strip().lower()
        for code in ("da", "pl", "uk")
    }


def test_note_goes_live_in_three_languages_at_once(window: Window, live_server: Any, note: ReleasablePage) -> None:
    window.goto(live_server.url + reverse("translation_bundle_add", args=[note.pk]))
    window.locator("[name=name]").fill("Nye beløb")
    window.get_by_role("button", name="Læg i pakken").click()
    window.get_by_role("link", name="Ret dag og sprog").click()
    window.locator("[name=timing][value=law]").check()
    for code in ("pl", "uk"):
        window.locator(f"[name=required_locales][value={code}]").check()
    window.get_by_role("button", name="Gem").click()
    window.get_by_role("link", name="Sig, hvor meget der er ændret").click()
    window.locator("[name=significance][value=substantive]").check()
    window.locator("[name=change_note]").fill("Også lønmodtagere skal nu gøre noget.")
    window.get_by_role("button", name="Gem").click()
    window.get_by_role("button", name="Giv kladderne til oversætterne").click()
    window.get_by_role("button", name="Planlæg").click()
    waiting = read_gate(window)
    head = Release.objects.count()

    polish = translate_rest("pl")
    release_due_bundles()
    window.reload()
    half = (read_gate(window), Release.objects.count())
    translate_rest("uk")
    release_due_bundles()
    window.reload()

    expect(window.locator("dl .w-status").first).to_contain_text("Udgivet", ignore_case=True)
    assert waiting == {"da": "klar", "pl": "ikke klar", "uk": "ikke klar"}
    assert half == ({"da": "klar", "pl": "klar", "uk": "ikke klar"}, head)
    assert polish == ["Arbejdsgivere og lønmodtagere."]
    bundle, joint = ReleaseBundle.objects.get(), JointRelease.objects.get()
    assert (bundle.first_position, bundle.last_position) == (joint.first_position, joint.last_position)
    planned = ReleasedWindow.objects.filter(content_id=note.translation_key, starts=today() + DAYS)
    assert {(row.locale, row.state) for row in planned} == {("da", "source"), ("pl", "current"), ("uk", "current")}
