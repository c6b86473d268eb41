"""Drafts remember from which reading of their source they were made; of those there are it is known for the newest reading."""

import django.db.models.deletion
from django.db import migrations, models


def note_newest(apps, _schema_editor):
    """Note the reading of every draft that was made since its source was read last."""
    logs = apps.get_model("wagtail_localize", "TranslationLog").objects.filter(
        created_at__gte=models.F("source__last_updated_at")
    )
    readings = apps.get_model("translation", "DraftReading").objects
    rows = logs.order_by("pk").values_list("pk", "source__last_updated_at")
    readings.bulk_create([readings.model(log_id=pk, read_at=moment) for pk, moment in rows.iterator()], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("translation", "0001_translation_work"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [
        migrations.CreateModel(
            name="DraftReading",
            fields=[
                (
                    "log",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="reading",
                        serialize=False,
                        to="wagtail_localize.translationlog",
                    ),
                ),
                ("read_at", models.DateTimeField()),
            ],
        ),
        migrations.RunPython(note_newest, migrations.RunPython.noop),
    ]
