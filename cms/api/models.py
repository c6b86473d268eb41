"""Consumers' keys."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ConsumerKeyQuerySet(models.QuerySet["ConsumerKey"]):
    """Keys by whether they open anything."""

    def active(self) -> "ConsumerKeyQuerySet":
        """Keep what is neither revoked nor expired."""
        unexpired = models.Q(expires_at__isnull=True) | models.Q(expires_at__gt=timezone.now())
        return self.filter(unexpired, revoked_at__isnull=True)


class ConsumerKey(models.Model):
    """A consumer's key. The secret is 256 random bits, so its plain SHA-256 digest is all that needs to be stored."""

    name = models.CharField(_("name"), max_length=120)
    prefix = models.CharField(_("prefix"), max_length=12, unique=True)
    digest = models.CharField(max_length=64, editable=False)
    scopes = models.JSONField(_("scopes"), default=list)
    origins = models.JSONField(_("origins"), default=list, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    objects = ConsumerKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("consumer key")
        verbose_name_plural = _("consumer keys")
        ordering: ClassVar = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix})"

    @property
    def is_active(self) -> bool:
        """Say whether the key opens anything now."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > timezone.now())
