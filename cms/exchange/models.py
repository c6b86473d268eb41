"""Map from a bundle's source ids to contents."""

from typing import ClassVar

from django.db import models


class SourceRecord(models.Model):
    """A source id in one language and the content it became."""

    source_id = models.CharField(max_length=200)
    locale = models.CharField(max_length=12)
    content_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["source_id", "locale"], name="source_record_unique")]

    def __str__(self) -> str:
        return f"{self.source_id} ({self.locale})"
