"""The text table and the database's own full-text index over it."""

from django.db import migrations, models

from search.full_text import create_full_text, drop_full_text


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
