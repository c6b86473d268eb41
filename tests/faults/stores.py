"""Databases of their own for tests that need more than one process, and the commands run on them."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass
from uuid import uuid4

import psycopg

from tests.servers.shared import REPOSITORY

COMMAND_TIMEOUT_SECONDS = 300


def build_environment(data_dir, **values):
    """Build the environment of a site that lives in a folder."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "ELASTICSEARCH_URL")}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "DATA_DIR": str(data_dir),
        "SECRET_KEY": "for-the-test-suite-alone-" + "x" * 40,
        **values,
    }


def start(arguments, environment, **options):
    """Start a Python process of the site."""
    return subprocess.Popen(
        [sys.executable, *arguments], cwd=REPOSITORY, env=environment, text=True, start_new_session=True, **options
    )


def run(arguments, environment):
    """Run a Python process of the site to its end; returns what it printed.

    Raises:
        AssertionError: if it failed.
    """
    finished = subprocess.run(
        [sys.executable, *arguments],
        cwd=REPOSITORY,
        env=environment,
        text=True,
        check=False,
        capture_output=True,
        timeout=COMMAND_TIMEOUT_SECONDS,
    )
    assert finished.returncode == 0, finished.stdout[-3000:] + finished.stderr[-3000:]
    return finished.stdout


@dataclass(frozen=True)
class Database:
    """The database of a site of its own; others write to it meanwhile."""

    url: str

    def query(self, sql):
        """Run one statement; returns the rows it gives."""
        if self.url.startswith("sqlite"):
            with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=30)) as connection:
                rows = connection.execute(sql).fetchall()
                connection.commit()
                return rows
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(sql)
            return cursor.fetchall() if cursor.description else []


@contextmanager
def new_database(server_url, template="template1"):
    """Make a database on a PostgreSQL server for the length of the block, a copy of ``template``; gives its URL."""
    name = f"faults_{uuid4().hex[:12]}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield f"{server_url.rsplit('/', 1)[0]}/{name}"
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
