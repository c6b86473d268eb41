"""Models of the harvest's state: days asked for, documents to fetch, and the lease of the running harvest."""

from typing import ClassVar

from django.db import models
from django.utils import timezone


class HarvestDay(models.Model):
    """One day of the source's list of changes. Asked for after the day was over, it is done."""

    day = models.DateField(unique=True)
    listed_at = models.DateTimeField()

    class Meta:
        verbose_name = "harvested day"
        verbose_name_plural = "harvested days"

    def __str__(self) -> str:
        return self.day.isoformat()


class HarvestDocument(models.Model):
    """One document the source told of, or somebody asked for. ``done_at`` is empty until it is stored or settled.

    ``reason`` is the source's ("NewDocument", "RemovedDocument"), "" for one asked for by name. ``changed_at`` is the last
    moment at which the change may have been made. ``attempts`` counts the failures since the document was told of.
    """

    eli_uri = models.CharField(max_length=200, unique=True)
    accession_number = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=80, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "harvested document"
        verbose_name_plural = "harvested documents"
        indexes: ClassVar = [
            models.Index(fields=["told_at"], condition=models.Q(done_at__isnull=True), name="legal_harvest_waiting")
        ]

    def __str__(self) -> str:
        return self.eli_uri


class HarvestTurn(models.Model):
    """The one row that lets a single harvest run at a time, and keeps its pace from one run to the next."""

    holder = models.CharField(max_length=60, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)
    last_call_at = models.DateTimeField(null=True, blank=True)
    next_try_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "turn of the harvest"
        verbose_name_plural = "turns of the harvest"

    def __str__(self) -> str:
        return self.holder
