"""The full-text index of the database: queries are stemmed by what the triggers stem the texts by."""

from importlib import import_module

from search.database.full_text import CONFIGURATIONS


def test_queries_use_the_configurations_that_the_migration_has_built_into_the_triggers():
    migration = import_module("search.migrations.0001_initial")

    assert migration.CONFIGURATIONS == CONFIGURATIONS
