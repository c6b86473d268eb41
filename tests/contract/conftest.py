"""A site with the starter content, loaded once: what the contract is held against."""

import pytest
from django.core.management import call_command
from django.test import Client


@pytest.fixture(scope="module")
def starter_site(django_db_setup, django_db_blocker):
    """The starter content; gone again after the module."""
    from django.db import transaction

    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        call_command("starter_load", verbosity=0)
        yield
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.fixture
def ask(starter_site, db):
    """Ask the API: ``ask("/documents/?limit=5")``."""
    client = Client()

    def get(path, **headers):
        return client.get(f"/api/v1{path}", headers=headers)

    return get
