"""Models of the provisions that released texts cite, of changes of the law, and of the reviews these open."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.core.calendar import today
from legal.enums import ChangeKind, ReviewState
from legal.models.acts import Expression, Work


class CitedProvision(models.Model):
    """One place in the law that a released text cites; made from the log, rebuilt at will.

    ``section`` is "" for a text that cites the act as a whole; ``section_to`` closes a range. ``is_source`` marks what a law note
    was written on; everything else is cited in its words alone.
    """

    content_id = models.UUIDField()
    locale = models.CharField(max_length=12)
    type = models.CharField(max_length=40)
    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="citing")
    section = models.CharField(max_length=60, blank=True)
    section_to = models.CharField(max_length=60, blank=True)
    is_source = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["content_id", "locale", "work", "section", "section_to"], name="legal_cited_once"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["work", "section"], name="legal_cited_work")]

    def __str__(self) -> str:
        return f"{self.content_id} {self.locale} → {self.work_id} § {self.section}"


class LawChange(models.Model):
    """A change of one act that may make texts wrong.

    ``sections`` maps each section concerned to what happened to it (``changed``, ``added``, ``removed``, ``renumbered``,
    ``noted``); empty: the act as a whole. ``key`` names the change, so that it is found again: the ELI URI of the new text,
    the two hashes of a text the source changed, or the law note and the act.
    """

    key = models.CharField(max_length=300, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=ChangeKind)
    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="changes")
    before = models.ForeignKey(Expression, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    after = models.ForeignKey(Expression, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    note_id = models.UUIDField(null=True, blank=True)
    sections = models.JSONField(default=dict, blank=True)
    applicable_from = models.DateField(_("applicable from"), null=True, blank=True)
    found_at = models.DateTimeField(_("found"), default=timezone.now)
    opened_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When the reviews were opened; empty: not yet.")
    )

    class Meta:
        verbose_name = _("change of the law")
        verbose_name_plural = _("changes of the law")

    def __str__(self) -> str:
        return f"{self.work}: {self.get_kind_display()}"


class ReviewTask(models.Model):
    """One released text in one language that somebody has to look at, because the law it cites changed.

    ``sections`` are the places it cites that changed; empty: it cites the act as a whole.
    """

    change = models.ForeignKey(LawChange, on_delete=models.CASCADE, related_name="tasks")
    content_id = models.UUIDField()
    locale = models.CharField(_("language"), max_length=12)
    type = models.CharField(_("type"), max_length=40)
    title = models.TextField(_("title"))
    page = models.ForeignKey(Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="law_reviews")
    sections = models.JSONField(_("sections"), default=list, blank=True)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=ReviewState, default=ReviewState.OPEN)
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["change", "content_id", "locale"], name="legal_review_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "deadline"], name="legal_review_due"),
            models.Index(fields=["content_id", "locale"], name="legal_review_content"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_overdue(self) -> bool:
        """Say whether the law already applies and the text has not been looked at."""
        return self.is_due_by(today())

    def is_due_by(self, day: date) -> bool:
        """Say whether an open review's deadline is on or before a day."""
        return self.state == ReviewState.OPEN and self.deadline is not None and self.deadline <= day
