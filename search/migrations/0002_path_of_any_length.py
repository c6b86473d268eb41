"""Paths have no longest length; titles are also indexed word for word in PostgreSQL.

The statements are a copy that no longer changes: what they have once built stands in every database.
"""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# The longest text PostgreSQL is handed at once: a tsvector may take one megabyte.
MAX_INDEXED_LENGTH = 300_000
CONFIGURATIONS = {
    "da": "danish",
    "en": "english",
    "de": "german",
    "ro": "romanian",
    "lt": "lithuanian",
    "ar": "arabic",
}


def renew_full_text(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Replace the triggers. SQLite loses them whenever a field is altered: that is done by copying the table."""
    if schema_editor.connection.vendor == "sqlite":
        for statement in _list_sqlite_statements():
            schema_editor.execute(statement)
    else:
        schema_editor.execute(_build_postgresql_function())
        schema_editor.execute("UPDATE search_searchtext SET title = title")


def _build_fold(expression: str) -> str:
    folded = expression
    for letter, spelling in (("æ", "ae"), ("ø", "oe"), ("å", "aa"), ("Æ", "Ae"), ("Ø", "Oe"), ("Å", "Aa")):
        folded = f"replace({folded}, '{letter}', '{spelling}')"
    return folded


def _list_sqlite_statements() -> list[str]:
    new = f"new.id, {_build_fold('new.title')}, {_build_fold('new.body')}"
    old = f"old.id, {_build_fold('old.title')}, {_build_fold('old.body')}"
    insert = f"INSERT INTO search_text_index(rowid, title, body) VALUES ({new});"  # noqa: S608 (constants)
    delete = f"INSERT INTO search_text_index(search_text_index, rowid, title, body) VALUES ('delete', {old});"  # noqa: S608
    return [
        *(f"DROP TRIGGER IF EXISTS search_text_{name}" for name in ("insert", "delete", "update")),
        f"CREATE TRIGGER search_text_insert AFTER INSERT ON search_searchtext BEGIN {insert} END",
        f"CREATE TRIGGER search_text_delete AFTER DELETE ON search_searchtext BEGIN {delete} END",
        f"CREATE TRIGGER search_text_update AFTER UPDATE ON search_searchtext BEGIN {delete} {insert} END",
    ]


def _build_postgresql_function() -> str:
    cases = " ".join(f"WHEN '{code}' THEN '{name}'::regconfig" for code, name in CONFIGURATIONS.items())
    configuration = f"(CASE new.locale {cases} ELSE 'simple'::regconfig END)"
    title, body = _build_fold("new.title"), _build_fold(f"left(new.body, {MAX_INDEXED_LENGTH})")
    return f"""
        CREATE OR REPLACE FUNCTION search_text_vector() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            new.vector := setweight(to_tsvector({configuration}, {title}), 'A')
                || setweight(to_tsvector('simple', {title}), 'B')
                || setweight(to_tsvector({configuration}, {body}), 'C');
            RETURN new;
        END $$
        """


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='searchtext',
            name='path',
            field=models.TextField(blank=True),
        ),
        migrations.RunPython(renew_full_text, renew_full_text),
    ]
