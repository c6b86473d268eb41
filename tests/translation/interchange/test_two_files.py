"""Two files at once: each passage is one of the two, and the other is named as a conflict."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.utils.translation import override

from cms.exchange.sites import get_home
from cms.translation.interchange.file_import import import_file
from cms.translation.interchange.formats import read_file
from tests.factories.pages import make_page, publish
from tests.translation.interchange.test_file_import import export, fill, find_arabic, list_outcomes, list_stored

pytestmark = pytest.mark.django_db(transaction=True)

PASSAGES = {"Må jeg arbejde?": "هل يمكنني العمل؟", "Ja.": "نعم."}


def test_two_files_at_once_never_mix_silently(site):
    get_home("ar")
    article = publish(make_page(title="Må jeg arbejde?", answer="Ja."))
    content = export(article, "a.po")
    files = [
        read_file("a.po", fill("a.po", content, {source: f"{words} {mark}" for source, words in PASSAGES.items()}))
        for mark in ("أ", "ب")
    ]
    barrier = Barrier(2)

    def take(file):
        try:
            barrier.wait(timeout=30)
            with override("en"):
                return list_outcomes(import_file(file))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        outcomes = list(threads.map(take, files))

    assert sorted(outcomes[0].values()) + sorted(outcomes[1].values()) in (
        ["taken", "taken", "conflict", "conflict"],
        ["conflict", "conflict", "taken", "taken"],
    )
    assert len({words[-1] for words in list_stored().values()}) == 1
    assert find_arabic().title == list_stored()["Må jeg arbejde?"]
