"""The text table and the database's own full-text index over it.

Æ, ø and å are written out as ae, oe and aa on both sides, so either spelling finds the other. The statements are a copy that no
longer changes: what they have once built stands in every database.
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


def build_fold(expression: str) -> str:
    """Build the SQL that writes the Danish letters out."""
    folded = expression
    for letter, spelling in (("æ", "ae"), ("ø", "oe"), ("å", "aa"), ("Æ", "Ae"), ("Ø", "Oe"), ("Å", "Aa")):
        folded = f"replace({folded}, '{letter}', '{spelling}')"
    return folded


def build_configuration(locale: str) -> str:
    """Build the SQL that names the text search configuration of a locale; languages without one are not stemmed."""
    cases = " ".join(f"WHEN '{code}' THEN '{name}'::regconfig" for code, name in CONFIGURATIONS.items())
    return f"(CASE {locale} {cases} ELSE 'simple'::regconfig END)"


def create_full_text(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the index and the triggers that keep it."""
    for statement in _list_statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def drop_full_text(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop what SQLite keeps outside the table; in PostgreSQL everything goes with it but the function."""
    if schema_editor.connection.vendor == "sqlite":
        for name in ("insert", "delete", "update"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS search_text_{name}")
        schema_editor.execute("DROP TABLE IF EXISTS search_text_index")
    else:
        schema_editor.execute("DROP TRIGGER IF EXISTS search_text_vector ON search_searchtext")
        schema_editor.execute("DROP FUNCTION IF EXISTS search_text_vector()")


def _list_statements(vendor: str) -> list[str]:
    return _list_sqlite_statements() if vendor == "sqlite" else _list_postgresql_statements()


def _list_sqlite_statements() -> list[str]:
    new = f"new.id, {build_fold('new.title')}, {build_fold('new.body')}"
    old = f"old.id, {build_fold('old.title')}, {build_fold('old.body')}"
    insert = f"INSERT INTO search_text_index(rowid, title, body) VALUES ({new});"  # noqa: S608 (constants)
    delete = f"INSERT INTO search_text_index(search_text_index, rowid, title, body) VALUES ('delete', {old});"  # noqa: S608
    return [
        # Without content of its own: the texts stand in the table already.
        "CREATE VIRTUAL TABLE search_text_index USING fts5("
        "title, body, content='', tokenize='unicode61 remove_diacritics 2')",
        f"CREATE TRIGGER search_text_insert AFTER INSERT ON search_searchtext BEGIN {insert} END",
        f"CREATE TRIGGER search_text_delete AFTER DELETE ON search_searchtext BEGIN {delete} END",
        f"CREATE TRIGGER search_text_update AFTER UPDATE ON search_searchtext BEGIN {delete} {insert} END",
    ]


def _list_postgresql_statements() -> list[str]:
    configuration = build_configuration("new.locale")
    title, body = build_fold("new.title"), build_fold(f"left(new.body, {MAX_INDEXED_LENGTH})")
    return [
        "ALTER TABLE search_searchtext ADD COLUMN vector tsvector",
        f"""
        CREATE FUNCTION search_text_vector() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            new.vector := setweight(to_tsvector({configuration}, {title}), 'A')
                || setweight(to_tsvector({configuration}, {body}), 'C');
            RETURN new;
        END $$
        """,
        "CREATE TRIGGER search_text_vector BEFORE INSERT OR UPDATE ON search_searchtext"
        " FOR EACH ROW EXECUTE FUNCTION search_text_vector()",
        "CREATE INDEX search_text_vector_index ON search_searchtext USING gin (vector)",
    ]


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='SearchText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=10)),
                ('key', models.CharField(max_length=160, unique=True)),
                ('content_id', models.UUIDField()),
                ('locale', models.CharField(max_length=12)),
                ('position', models.BigIntegerField()),
                ('log_position', models.BigIntegerField()),
                ('starts', models.DateField()),
                ('ends', models.DateField(null=True)),
                ('section', models.CharField(blank=True, max_length=60)),
                ('label', models.CharField(blank=True, max_length=60)),
                ('path', models.CharField(blank=True, max_length=600)),
                ('title', models.TextField()),
                ('body', models.TextField()),
            ],
            options={
                'indexes': [models.Index(fields=['content_id'], name='search_text_content'), models.Index(fields=['position'], name='search_text_position'), models.Index(condition=models.Q(('section', ''), _negated=True), fields=['section'], name='search_text_section')],
            },
        ),
        migrations.RunPython(create_full_text, drop_full_text),
    ]
