"""Fixtures of the whole suite."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from cms.core.starter_set import load_languages, load_organisations, load_vocabularies
from cms.exchange.sites import get_home
from tests.factories.roots import ensure_roots

pytest_plugins = ["tests.servers.plugin"]


@pytest.fixture(autouse=True)
def _roots(request):
    """Give a test that commits what the one before may have emptied: every table, Wagtail's first rows included."""
    marker = request.node.get_closest_marker("django_db")
    is_marked = marker is not None and marker.kwargs.get("transaction", False)
    if is_marked or not {"transactional_db", "live_server"}.isdisjoint(request.fixturenames):
        request.getfixturevalue("db" if is_marked else "transactional_db")
        ensure_roots()


@pytest.fixture
def site(db):
    """A site with all languages, vocabularies and organisations and a Danish home page that is not published."""
    load_languages()
    load_vocabularies()
    load_organisations()
    return get_home("da")


@pytest.fixture
def english() -> Iterator[None]:
    """Sentences are asserted in the language of the source code."""
    with translation.override("en"):
        yield
