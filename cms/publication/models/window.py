"""Windows: the days on which each version applies, a projection of the log from which reads are answered."""

from typing import ClassVar

from django.contrib.postgres.indexes import HashIndex
from django.db import models

from cms.core.collation import KEY_LENGTH
from cms.publication.access.querysets import HIDDEN_WHEN_OUTDATED, WindowQuerySet
from cms.publication.enums import TranslationState
from cms.publication.models.log import Release

WindowManager = models.Manager.from_queryset(WindowQuerySet)


class Window(models.Model):
    """The days on which one version of one content in one language applies.

    ``starts`` is the first day, ``ends`` the first day on which it no longer applies (exclusive), ``None`` without end. Versions
    whose days were taken over by a later release have no row.
    """

    release = models.OneToOneField(Release, on_delete=models.CASCADE, primary_key=True, related_name="window")
    content_id = models.UUIDField()
    locale = models.CharField(max_length=12)
    type = models.CharField(max_length=40)
    version = models.CharField(max_length=16)
    etag = models.CharField(max_length=32)
    starts = models.DateField()
    ends = models.DateField(null=True)
    applies_until = models.DateField(null=True)
    visibility = models.CharField(max_length=12)
    consortium = models.CharField(max_length=60, blank=True)
    path = models.TextField()
    parent_path = models.TextField(help_text="The path one level up.")
    layout = models.CharField(
        max_length=10, blank=True, help_text="How a page is laid out; empty for types without layouts."
    )
    title = models.TextField()
    title_key = models.CharField(max_length=KEY_LENGTH, help_text="The title as its language sorts it.")
    released_at = models.DateTimeField()
    state = models.CharField(max_length=10)
    ended_on = models.DateField(
        null=True,
        help_text="The first day on which what it tells of has ended (0001-01-01: nobody knows when), or null without an end.",
    )

    objects = WindowManager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["content_id", "locale", "starts"], name="window_content"),
            models.Index(fields=["locale", "type", "-released_at", "-release"], name="window_newest"),
            HashIndex(fields=["path"], name="window_path_hash"),
            HashIndex(fields=["parent_path"], name="window_parent_hash"),
        ]

    def __str__(self) -> str:
        return f"{self.content_id} {self.locale} {self.starts}–{self.ends or ''}"

    @property
    def is_stale(self) -> bool:
        """Say whether this is left out by ``not_stale``."""
        return self.type in HIDDEN_WHEN_OUTDATED and self.state == TranslationState.OUTDATED


class WindowTerm(models.Model):
    """One classifying term of a window: topic, audience, focus_area or municipality."""

    window = models.ForeignKey(Window, on_delete=models.CASCADE, related_name="terms")
    facet = models.CharField(max_length=12)
    value = models.CharField(max_length=60)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["facet", "value", "window"], name="window_term")]

    def __str__(self) -> str:
        return f"{self.facet}={self.value}"


class WindowCommencement(models.Model):
    """One day on which law told of in a window commences; an undated one is still to come."""

    window = models.ForeignKey(Window, on_delete=models.CASCADE, related_name="commencements")
    date = models.DateField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["date", "window"], name="window_commencement_date")]

    def __str__(self) -> str:
        return str(self.date)
