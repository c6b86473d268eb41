"""Menus and lists are found by the path one level up; it and the layout are projected for the windows that are there."""

import json

import django.contrib.postgres.indexes
from django.db import migrations, models

BATCH_SIZE = 500


def project_places(apps, schema_editor):
    """Set both; what is released later is projected as it is released. Only pages have a layout."""
    Window = apps.get_model("publication", "Window")
    ReleaseBody = apps.get_model("publication", "ReleaseBody")
    position = 0
    while windows := list(
        Window.objects.filter(pk__gt=position).order_by("pk").only("pk", "path", "type")[:BATCH_SIZE]
    ):
        pages = [window.pk for window in windows if window.type == "page"]
        bodies = dict(ReleaseBody.objects.filter(pk__in=pages).values_list("pk", "body"))
        for window in windows:
            window.parent_path = window.path[: window.path.rstrip("/").rfind("/") + 1]
            if window.pk in bodies:
                window.layout = json.loads(bytes(bodies[window.pk])).get("layout") or ""
        Window.objects.bulk_update(windows, ["parent_path", "layout"])
        position = windows[-1].pk


class Migration(migrations.Migration):

    # On PostgreSQL no index is made beside rows that the same transaction has changed.
    atomic = False

    dependencies = [
        ('publication', '0007_renditions'),
    ]

    operations = [
        migrations.AddField(
            model_name='window',
            name='layout',
            field=models.CharField(blank=True, default='', help_text='How a page is laid out; empty for types without layouts.', max_length=10),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='window',
            name='parent_path',
            field=models.TextField(default='', help_text='The path one level up.'),
            preserve_default=False,
        ),
        migrations.RunPython(project_places, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name='window',
            index=django.contrib.postgres.indexes.HashIndex(fields=['parent_path'], name='window_parent_hash'),
        ),
        migrations.AddIndex(
            model_name='windowcommencement',
            index=models.Index(fields=['date', 'window'], name='window_commencement_date'),
        ),
    ]
