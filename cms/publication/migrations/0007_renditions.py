"""Rename the stored later renditions of texts; the rows stay as they are."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publication", "0006_path_of_any_length")]

    operations = [
        migrations.RenameModel("ReleaseVariant", "ReleaseRendition"),
        migrations.AlterField(
            "releaserendition",
            "release",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="renditions",
                to="publication.release",
            ),
        ),
        migrations.RemoveConstraint("releaserendition", "release_variant_unique"),
        migrations.AddConstraint(
            "releaserendition",
            models.UniqueConstraint(fields=("release", "starts"), name="release_rendition_unique"),
        ),
    ]
