"""Models of the source's answers, kept as they came, and of deviations from them found later."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SourceSnapshot(models.Model):
    """One answer of the source for one text; ``body`` is gzip, ``sha256`` is of the bytes before compression."""

    eli_uri = models.CharField(_("ELI URI"), max_length=200)
    url = models.CharField(_("address"), max_length=400)
    retrieved_at = models.DateTimeField(_("retrieved"), default=timezone.now)
    sha256 = models.CharField("SHA-256", max_length=64)
    media_type = models.CharField(_("media type"), max_length=80, blank=True)
    body = models.BinaryField()

    class Meta:
        verbose_name = _("source snapshot")
        verbose_name_plural = _("source snapshots")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["eli_uri", "sha256"], name="legal_snapshot_content_unique")
        ]

    def __str__(self) -> str:
        return f"{self.eli_uri} {self.retrieved_at:%Y-%m-%d}"


class SourceDeviation(models.Model):
    """The source moved: a stored text and what the source now answers differ. Hashes are of the texts of all sections."""

    eli_uri = models.CharField(_("ELI URI"), max_length=200)
    stored_hash = models.CharField(_("stored text"), max_length=64)
    found_hash = models.CharField(_("text found"), max_length=64)
    found_at = models.DateTimeField(_("found"), default=timezone.now)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)

    class Meta:
        verbose_name = _("source deviation")
        verbose_name_plural = _("source deviations")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["eli_uri", "stored_hash", "found_hash"], name="legal_deviation_once")
        ]

    def __str__(self) -> str:
        return self.eli_uri
