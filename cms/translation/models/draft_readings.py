"""Readings of the source behind drafts that were translated passage by passage."""

from django.db import models


class DraftReading(models.Model):
    """When the source was read from whose passages a draft was made.

    All languages share one reading in wagtail-localize, and it moves on whenever anybody reads the source anew; a draft goes on
    saying what was read for it.
    """

    log = models.OneToOneField(
        "wagtail_localize.TranslationLog", on_delete=models.CASCADE, primary_key=True, related_name="reading"
    )
    read_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.log_id} ({self.read_at:%Y-%m-%d %H:%M})"
