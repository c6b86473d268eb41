"""Pytest fixtures with the addresses of the real servers; a server given in the environment is used as it is."""

import os
from contextlib import ExitStack

import pytest

from tests.servers.chromium import get_chromium
from tests.servers.elasticsearch import start_elasticsearch
from tests.servers.postgres import start_postgres
from tests.servers.shared import get_shared, hold_servers

SERVERS = {"elasticsearch": "elasticsearch_url", "postgresql": "postgres_url", "browser": "chromium_path"}


def pytest_configure(config: pytest.Config) -> None:
    """Hold the servers' folder for the whole run; the workers of a distributed run find it in their environment."""
    held = ExitStack()
    held.enter_context(hold_servers())
    config.add_cleanup(held.close)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let a marked test have its server, whether it asks for the address or not."""
    for item in items:
        names = getattr(item, "fixturenames", None)
        for marker, fixture in SERVERS.items():
            if names is not None and item.get_closest_marker(marker) and fixture not in names:
                names.insert(0, fixture)


@pytest.fixture(scope="session")
def elasticsearch_url() -> str:
    """Return the address of a running Elasticsearch."""
    return os.environ.get("TEST_ELASTICSEARCH_URL") or get_shared("elasticsearch", start_elasticsearch)


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """Return the URL of a PostgreSQL database whose user may create others."""
    given = os.environ.get("TEST_DATABASE_URL", "")
    return given if given.startswith("postgres") else get_shared("postgres", start_postgres)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Return the path of the Chromium program."""
    return get_shared("chromium", lambda folder: get_chromium())
