"""Passages that stand as they are, though a check found something in them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PassageApproval(models.Model):
    """A person's word that a translated passage is right as it stands, with the reason.

    ``digest`` is that of source and translation together, so that any change of either asks again.
    """

    content_id = models.UUIDField()
    locale = models.CharField(_("language"), max_length=12)
    digest = models.CharField(max_length=64)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=400)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("approved passage")
        verbose_name_plural = _("approved passages")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["content_id", "locale", "digest"], name="passage_approval_unique")
        ]

    def __str__(self) -> str:
        return f"{self.content_id} {self.locale}: {self.reason}"
