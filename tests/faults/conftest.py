"""Failed comparisons show both sides, also those made outside the test modules; and databases for sites of their own."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from django.db import connection

CHECKERS = ("agreement", "mirror", "reference_agreement", "stores")
pytest.register_assert_rewrite(*(f"tests.faults.{name}" for name in CHECKERS))

from tests.faults.stores import Database, new_database  # noqa: E402 - after its assertions are rewritten


@pytest.fixture(scope="module")
def empty_database(request, django_db_setup, django_db_blocker, tmp_path_factory):
    """Keep a copy of the suite's own database while it is empty, for migrating takes longer than the rest.

    Gives the path of a file in SQLite, the name of a database in PostgreSQL.
    """
    with django_db_blocker.unblock():
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            path = tmp_path_factory.mktemp("empty") / "videnbro.sqlite3"
            with closing(sqlite3.connect(path)) as copy:
                connection.connection.backup(copy)
            yield path
            return
        name = connection.settings_dict["NAME"]
        # Only a database that nobody is connected to can be copied.
        connection.close()
    with new_database(request.getfixturevalue("postgres_url"), template=name) as url:
        yield url.rsplit("/", 1)[1]


@pytest.fixture
def database(request, empty_database, tmp_path):
    """Give a new site's database, of the kind that the suite runs on."""
    if connection.vendor == "sqlite":
        yield Database(f"sqlite:///{shutil.copy(empty_database, tmp_path / 'videnbro.sqlite3')}")
        return
    with new_database(request.getfixturevalue("postgres_url"), template=empty_database) as url:
        yield Database(url)
