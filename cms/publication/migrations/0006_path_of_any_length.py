"""Slugs may have 255 characters each, at any depth: a path has no longest length. What is looked up is the whole path."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publication', '0005_references'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='release',
            name='release_path',
        ),
        migrations.RemoveIndex(
            model_name='window',
            name='window_path',
        ),
        migrations.AlterField(
            model_name='release',
            name='path',
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name='window',
            name='path',
            field=models.TextField(),
        ),
        migrations.AddIndex(
            model_name='release',
            index=django.contrib.postgres.indexes.HashIndex(fields=['path'], name='release_path_hash'),
        ),
        migrations.AddIndex(
            model_name='window',
            index=django.contrib.postgres.indexes.HashIndex(fields=['path'], name='window_path_hash'),
        ),
    ]
