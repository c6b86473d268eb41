"""Titles are sorted by their own language's rules; the keys of the windows that are there are written anew."""

from django.db import migrations, models

from cms.core.collation import build_sort_key

BATCH_SIZE = 500


def write_keys(apps, schema_editor):
    """Write the key of every window; what is released later gets its own as it is released."""
    Window = apps.get_model("publication", "Window")
    position = 0
    while windows := list(
        Window.objects.filter(pk__gt=position).order_by("pk").only("pk", "locale", "title")[:BATCH_SIZE]
    ):
        for window in windows:
            window.title_key = build_sort_key(window.title, window.locale)
        Window.objects.bulk_update(windows, ["title_key"])
        position = windows[-1].pk


class Migration(migrations.Migration):

    # On PostgreSQL no table is altered beside rows that the same transaction has changed.
    atomic = False

    dependencies = [
        ('publication', '0009_release_undoes'),
    ]

    operations = [
        migrations.AlterField(
            model_name='window',
            name='title_key',
            field=models.CharField(help_text='The title as its language sorts it.', max_length=400),
        ),
        migrations.RunPython(write_keys, migrations.RunPython.noop, elidable=True),
    ]
