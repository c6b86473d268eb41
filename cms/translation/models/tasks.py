"""The work on translations: one task for each content and language, and every step it took."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.translation.enums import WorkEvent, WorkState
from cms.translation.models.task_querysets import TaskQuerySet

TaskManager = models.Manager.from_queryset(TaskQuerySet)


class TranslationTask(models.Model):
    """The translation of one content into one language other than its source's: where it stands, who has it, and by when.

    ``content_id`` is Wagtail's ``translation_key``. ``state`` is where the last step led and ``since`` is when that was;
    ``outdated_from`` is the day from which a planned change of the source makes the translation outdated, ``current_from`` the day
    from which a planned text of its own makes an outdated one current. What it is on a day, ``objects.on_day`` says.
    """

    content_id = models.UUIDField()
    locale = models.CharField(_("language"), max_length=12)
    state = models.CharField(_("state"), max_length=12, choices=WorkState, default=WorkState.UNTRANSLATED)
    since = models.DateTimeField(_("since"))
    outdated_from = models.DateField(_("outdated from"), null=True, blank=True)
    current_from = models.DateField(_("current from"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("translator"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="translation_tasks",
    )
    due = models.DateField(_("due"), null=True, blank=True)

    objects = TaskManager()

    class Meta:
        verbose_name = _("translation task")
        verbose_name_plural = _("translation tasks")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["content_id", "locale"], name="translation_task_unique")
        ]
        indexes: ClassVar = [
            models.Index(fields=["locale", "state"], name="translation_task_state"),
            models.Index(fields=["owner", "state"], name="translation_task_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.content_id} {self.locale}: {self.state}"


class TranslationStep(models.Model):
    """One thing that happened to a translation, append-only: what, from which state to which, who did it and why.

    ``version`` is that of the release that brought it about, "" where none did. ``user`` is None for what nobody clicked: an
    import, a planned text's first day.
    """

    task = models.ForeignKey(TranslationTask, on_delete=models.CASCADE, related_name="steps")
    event = models.CharField(_("event"), max_length=20, choices=WorkEvent)
    before = models.CharField(_("before"), max_length=12, choices=WorkState)
    after = models.CharField(_("after"), max_length=12, choices=WorkState)
    at = models.DateTimeField(_("at"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    version = models.CharField(max_length=16, blank=True)

    class Meta:
        verbose_name = _("step of a translation")
        verbose_name_plural = _("steps of translations")
        indexes: ClassVar = [models.Index(fields=["task", "at"], name="translation_step_task")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.event}: {self.before} → {self.after}"
