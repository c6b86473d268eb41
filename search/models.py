"""The text the database itself searches: when there is no engine, and when it is out of reach."""

from typing import ClassVar

from django.db import models


class SearchText(models.Model):
    """The plain text of one version that has a window, or of one section of an act.

    The full-text index over it (FTS5 in SQLite, a ``tsvector`` in PostgreSQL) is kept by triggers, so it is never out of step.
    ``position`` is that of the window for a version, and for a section that of the act's newest window when it was stored;
    ``log_position`` is that of the content's last row in the log then, and the highest of an item's rows is how far it was
    followed. ``starts`` and ``ends`` (exclusive) are a section's own days, and those of the window
    for a version.
    """

    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=160, unique=True)
    content_id = models.UUIDField()
    locale = models.CharField(max_length=12)
    position = models.BigIntegerField()
    log_position = models.BigIntegerField()
    starts = models.DateField()
    ends = models.DateField(null=True)
    section = models.CharField(max_length=60, blank=True)
    label = models.CharField(max_length=60, blank=True)
    path = models.TextField(blank=True)
    title = models.TextField()
    body = models.TextField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["content_id"], name="search_text_content"),
            models.Index(fields=["position"], name="search_text_position"),
            models.Index(fields=["section"], condition=~models.Q(section=""), name="search_text_section"),
        ]

    def __str__(self) -> str:
        return self.key
