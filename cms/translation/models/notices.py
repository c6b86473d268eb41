"""Notices: what a translator has been told of, at the desk and by mail."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.translation.enums import NoticeKind
from cms.translation.models.tasks import TranslationStep, TranslationTask


class NoticeOccasion(models.Model):
    """Something that translators are told of, once: a step that asks for a translation, say.

    It is stored with its notices in one transaction, so that a job that is killed, or runs twice, tells nobody twice. ``step``
    is None for what no step stands for: a planned text whose day has come, or a release that waits. ``due`` is the day by which
    the translation was asked for when it was told.
    """

    task = models.ForeignKey(TranslationTask, on_delete=models.CASCADE, related_name="occasions")
    kind = models.CharField(max_length=12, choices=NoticeKind)
    at = models.DateTimeField()
    step = models.OneToOneField(
        TranslationStep, null=True, blank=True, on_delete=models.CASCADE, related_name="occasion"
    )
    reason = models.TextField(blank=True)
    due = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["task", "kind", "at"], name="translation_occasion")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.task}"


class Notice(models.Model):
    """One person who is told of an occasion.

    ``mailed_at`` is None while a mail is still to be sent, where one is wanted; ``tried_at`` is when somebody last set about it.
    """

    occasion = models.ForeignKey(NoticeOccasion, on_delete=models.CASCADE, related_name="notices")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="translation_notices")
    seen_at = models.DateTimeField(_("seen"), null=True, blank=True)
    wants_mail = models.BooleanField()
    tried_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["occasion", "user"], name="translation_notice_unique")]
        indexes: ClassVar = [
            models.Index(fields=["user", "seen_at"], name="translation_notice_unseen"),
            models.Index(
                fields=["user"],
                condition=models.Q(wants_mail=True, mailed_at__isnull=True),
                name="translation_notice_unmailed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.occasion_id}"
