"""A mirror that polls the change feed while bundles go live never holds one half of one."""

import time
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Page

from cms.core.calendar import today
from cms.core.enums import Significance
from cms.core.starter_set import load_languages, load_vocabularies
from cms.translation.bundle_enums import BundleState, Timing
from cms.translation.bundles.contents import add_texts
from cms.translation.bundles.going_live import schedule_bundle
from cms.translation.models import ReleaseBundle
from tests.factories.pages import make_page, publish, translate
from tests.translation.bundles.conftest import draft
from tests.translation.bundles.mirror import Mirror

LOCALES = ("da", "pl", "uk")
ROUNDS = 3
PAUSE_SECONDS = 0.1


@pytest.fixture
def pages(transactional_db: None) -> list[Any]:
    """Two texts in three languages, all of round 0."""
    load_languages()
    load_vocabularies()
    sources = [publish(make_page(title=f"{name} 0")) for name in ("Frist", "Gebyr")]
    for source in sources:
        for locale in LOCALES[1:]:
            translate(source, locale, title=f"{source.title} {locale} 0")
    return sources


def go_live(pages: list[Any], number: int, user: Any) -> None:
    keys = [page.translation_key for page in pages]
    for page in Page.objects.filter(translation_key__in=keys).specific():
        draft(page, title=f"{page.title.rsplit(' ', 1)[0]} {number}")
    bundle = ReleaseBundle.objects.create(name=f"Runde {number}", owner=user, timing=Timing.DAY, day=today())
    for key in keys:
        add_texts(bundle, key, LOCALES)
    bundle.entries.filter(locale="da").update(significance=Significance.SUBSTANTIVE, change_note="Nye regler")
    assert schedule_bundle(bundle, user).state == BundleState.LIVE


def list_rounds(mirror: Mirror) -> list[set[str]]:
    """List which rounds the mirror held after every page."""
    return [{text.title.split()[-1] for text in held} for held in mirror.held]


def test_mirror_that_polls_never_holds_a_mixture(pages: list[Any], live_server: Any) -> None:
    user = get_user_model().objects.create_superuser("ejer", password="et langt kodeord")
    mirror = Mirror(live_server.url)
    mirror.start()
    try:
        for number in range(1, ROUNDS + 1):
            go_live(pages, number, user)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and list_rounds(mirror)[-1:] != [{str(ROUNDS)}]:
            time.sleep(PAUSE_SECONDS)
    finally:
        mirror.stop()

    rounds = list_rounds(mirror)
    print(f"{len(rounds)} pages, {len(rounds) / mirror.seconds:.0f} a second")  # noqa: T201
    assert rounds[-1] == {str(ROUNDS)}
    assert {len(held) for held in rounds} == {1}
    assert {frozenset(text.state for text in held) for held in mirror.held} == {frozenset({"source", "current"})}
