"""A mirror that polls the change feed while bundles go live never holds one half of one."""

import json
import threading
import time
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

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

LOCALES = ("da", "pl", "uk")
ROUNDS = 3
PAUSE_SECONDS = 0.02


class Mirror(threading.Thread):
    """A client that applies the feed page by page, and notes after every page which rounds it holds."""

    def __init__(self, origin: str) -> None:
        super().__init__(daemon=True)
        self.origin = origin
        self.texts: dict[tuple[str, str], str] = {}
        self.held: list[frozenset[str]] = []
        self.states: list[frozenset[str]] = []
        self.stopping = threading.Event()
        lines = self._read("/api/v1/snapshot/").splitlines()
        self.cursor = json.loads(lines[0])["cursor"]
        for line in lines[1:]:
            self._apply(json.loads(line))

    def run(self) -> None:
        while not self.stopping.is_set():
            query = urlencode({"cursor": self.cursor, "limit": 1})
            page = json.loads(self._read(f"/api/v1/changes/?{query}"))
            for change in page["changes"]:
                assert change["kind"] == "released"
                self._apply(change["document"])
            self.cursor = page["cursor"]
            self.held.append(frozenset(title.split()[-1] for title, _state in self.texts.values()))
            self.states.append(frozenset(state for _title, state in self.texts.values()))
            time.sleep(0)

    def _apply(self, document: dict[str, Any]) -> None:
        state = document["translation"]["state"]
        self.texts[document["id"], document["locale"]] = (document["title"], state)

    def _read(self, path: str) -> str:
        with urlopen(self.origin + path) as answer:
            text: str = answer.read().decode()
            return text


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


def test_mirror_that_polls_never_holds_a_mixture(pages: list[Any], live_server: Any) -> None:
    user = get_user_model().objects.create_superuser("ejer", password="et langt kodeord")
    mirror = Mirror(live_server.url)
    mirror.start()
    try:
        for number in range(1, ROUNDS + 1):
            go_live(pages, number, user)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and mirror.held[-1:] != [frozenset({str(ROUNDS)})]:
            time.sleep(PAUSE_SECONDS)
    finally:
        mirror.stopping.set()
        mirror.join(timeout=10)

    assert mirror.held[-1] == {str(ROUNDS)}
    assert {len(rounds) for rounds in mirror.held} == {1}
    assert set(mirror.states) == {frozenset({"source", "current"})}
    # It asks without a pause: on an idle machine far more often than twenty times a second.
    assert len(mirror.held) >= ROUNDS * 20
