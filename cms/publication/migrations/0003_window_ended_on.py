"""The day on which what a document tells of has ended, projected for the windows that are there."""

import json
from datetime import date, timedelta

from django.db import migrations, models

BATCH_SIZE = 500


def project_ends(apps, schema_editor):
    """Set the day for acts; what is released later is projected as it is released."""
    Window = apps.get_model("publication", "Window")
    ReleaseBody = apps.get_model("publication", "ReleaseBody")
    position = 0
    while positions := list(
        Window.objects.filter(type="act", pk__gt=position).order_by("pk").values_list("pk", flat=True)[:BATCH_SIZE]
    ):
        ended = []
        for pk, body in ReleaseBody.objects.filter(pk__in=positions).values_list("pk", "body"):
            day = find_end(json.loads(bytes(body)))
            if day is not None:
                ended.append(Window(pk=pk, ended_on=day))
        Window.objects.bulk_update(ended, ["ended_on"])
        position = positions[-1]


def find_end(document):
    status = document.get("status") or {}
    if status.get("until"):
        return date.fromisoformat(status["until"]) + timedelta(days=1)
    if document.get("repealed_on"):
        return date.fromisoformat(document["repealed_on"])
    return date.min if status.get("state") in ("repealed", "historic") else None


class Migration(migrations.Migration):

    dependencies = [
        ('publication', '0002_release_variant'),
    ]

    operations = [
        migrations.AddField(
            model_name='window',
            name='ended_on',
            field=models.DateField(help_text='The first day on which what it tells of has ended (0001-01-01: nobody knows when), or null without an end.', null=True),
        ),
        migrations.RunPython(project_ends, migrations.RunPython.noop, elidable=True),
    ]
