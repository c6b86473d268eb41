"""Mark the sources of law notes among what they cite; set for the notes that are released."""

import json

from django.db import migrations, models

BATCH_SIZE = 200


def mark_sources(apps, schema_editor):
    """Mark the sources of released law notes; what is released later is marked as it is followed."""
    Window = apps.get_model("publication", "Window")
    ReleaseBody = apps.get_model("publication", "ReleaseBody")
    CitedProvision = apps.get_model("legal", "CitedProvision")
    position = 0
    windows = Window.objects.filter(type="law-note").order_by("pk")
    while positions := list(windows.filter(pk__gt=position).values_list("pk", flat=True)[:BATCH_SIZE]):
        for body in ReleaseBody.objects.filter(pk__in=positions).values_list("body", flat=True):
            document = json.loads(bytes(body))
            for source in document.get("sources") or []:
                if act := source.get("act"):
                    CitedProvision.objects.filter(
                        content_id=document["id"],
                        locale=document["locale"],
                        work__content_id=act["id"],
                        section__in=source.get("sections") or [""],
                        section_to="",
                    ).update(is_source=True)
        position = positions[-1]


class Migration(migrations.Migration):

    dependencies = [
        ('legal', '0006_harvest'),
        ('publication', '0006_path_of_any_length'),
    ]

    operations = [
        migrations.AddField(
            model_name='citedprovision',
            name='is_source',
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(mark_sources, migrations.RunPython.noop, elidable=True),
    ]
