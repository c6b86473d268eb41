"""Drop what Wagtail's forms, redirects and embeds and Django's admin have left behind; they are no longer installed.

Wagtail wrote a redirect at every change of a slug, and nothing ever answered one. With the model gone, a row left in its table
would refuse the deletion of the page it names. Forms, embeds and the admin had no way to be used.
"""

from django.db import migrations

APPS = ("admin", "wagtailembeds", "wagtailforms", "wagtailredirects")
TABLES = ("django_admin_log", "wagtailembeds_embed", "wagtailforms_formsubmission", "wagtailredirects_redirect")


def drop_tables(apps, schema_editor):
    """Drop the tables and forget their migrations, so that an app installed again makes its own."""
    for table in TABLES:
        schema_editor.execute(f"DROP TABLE IF EXISTS {table}")
    for app in APPS:
        schema_editor.execute("DELETE FROM django_migrations WHERE app = %s", [app])


class Migration(migrations.Migration):
    dependencies = [("core", "0002_figures")]

    operations = [migrations.RunPython(drop_tables, migrations.RunPython.noop)]
