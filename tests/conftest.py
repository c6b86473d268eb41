"""Fixtures of the whole suite."""

import pytest

from cms.core.starting import load_languages, load_organisations, load_vocabularies
from cms.exchange.sites import get_home

pytest_plugins = ["tests.servers.plugin"]


@pytest.fixture
def site(db):
    """A site with all languages, vocabularies and organisations and a Danish home page that is not published."""
    load_languages()
    load_vocabularies()
    load_organisations()
    return get_home("da")
