"""Served sites; each has a database of its own, made once for a module."""

import pytest

from tests.faults.stores import new_database
from tests.server.site import open_site


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A site on SQLite."""
    with open_site(tmp_path_factory.mktemp("served")) as site:
        yield site


@pytest.fixture(scope="module")
def served_on_postgresql(postgres_url, tmp_path_factory):
    """A site on PostgreSQL."""
    with new_database(postgres_url) as url, open_site(tmp_path_factory.mktemp("served"), DATABASE_URL=url) as site:
        yield site
