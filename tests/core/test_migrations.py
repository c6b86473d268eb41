"""Upgrades of a site that is there already."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from tests.factories.pages import make_page

drop_unneeded_apps = import_module("cms.core.migrations.0003_drop_unneeded_apps")


@pytest.mark.django_db(transaction=True)
def test_page_that_a_former_redirect_names_can_be_deleted():
    page = make_page()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE wagtailredirects_redirect (id integer PRIMARY KEY, redirect_page_id integer NOT NULL "
            "REFERENCES wagtailcore_page (id) DEFERRABLE INITIALLY DEFERRED)"
        )
        cursor.execute("INSERT INTO wagtailredirects_redirect VALUES (1, %s)", [page.pk])
    MigrationRecorder(connection).record_applied("wagtailredirects", "0001_initial")

    with connection.schema_editor() as editor:
        drop_unneeded_apps.drop_tables(None, editor)

    page.delete()
    assert "wagtailredirects_redirect" not in connection.introspection.table_names()
    assert ("wagtailredirects", "0001_initial") not in MigrationRecorder(connection).applied_migrations()
