"""Release bundles and the texts in them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.enums import Significance
from cms.core.fields import CodeListField
from cms.core.languages import LANGUAGES
from cms.translation.bundle_enums import BundleState, IfMissing, Timing


def list_languages() -> list[tuple[str, str]]:
    """List the languages a bundle may require, as ``(code, endonym)``."""
    return [(language.code, language.endonym) for language in LANGUAGES.values()]


class ReleaseBundle(models.Model):
    """Texts and languages that go live together, in one range of the log, or not at all.

    ``day`` and ``moment`` go with ``timing``. ``first_day`` is the day from which its texts apply, known once it is live, and
    ``first_position`` and ``last_position`` are its range of the log. ``obstacle`` says what keeps a scheduled one from going
    live. ``undoes`` names the bundle that this one took back.
    """

    name = models.CharField(_("name"), max_length=120)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="release_bundles",
    )
    state = models.CharField(_("state"), max_length=10, choices=BundleState, default=BundleState.OPEN)
    timing = models.CharField(_("goes live"), max_length=8, choices=Timing, default=Timing.DAY)
    day = models.DateField(_("day"), null=True, blank=True)
    moment = models.DateTimeField(_("moment"), null=True, blank=True)
    required_locales = CodeListField(
        _("languages that must be ready"), choices_source="cms.translation.models.bundles.list_languages"
    )
    if_missing = models.CharField(
        _("if one of them is not ready in time"), max_length=8, choices=IfMissing, default=IfMissing.WAIT
    )
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    scheduled_at = models.DateTimeField(null=True, blank=True)
    obstacle = models.TextField(blank=True)
    went_live_at = models.DateTimeField(null=True, blank=True)
    first_day = models.DateField(null=True, blank=True)
    first_position = models.BigIntegerField(null=True, blank=True)
    last_position = models.BigIntegerField(null=True, blank=True)
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="undone_by")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("release bundle")
        verbose_name_plural = _("release bundles")
        ordering: ClassVar = ["-created_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["state", "created_at"], name="release_bundle_state")]

    def __str__(self) -> str:
        return self.name

    def count_texts(self) -> int:
        """Count its texts, each once in however many languages."""
        return len({entry.content_id for entry in self.entries.all()})


class BundleEntry(models.Model):
    """One text of a bundle in one language: its newest draft, or from the scheduling on the draft that was ready then.

    ``page_key`` is the key of its page as soon as there is one, so that one that was deleted is told from one that was never made.
    ``draft`` is the mark of that draft (``cms.publication.editor.draft_marks``), "" for the newest. ``significance`` and
    ``change_note`` answer for a source that readers know; of a translation they say nothing. ``handed_out_at`` is when its
    translators were last given the draft of the source. ``version`` is what it was released
    as, "" where readers saw the text already. ``is_pending`` is true while the bundle is open or scheduled: a text is in one such
    bundle at most.
    """

    bundle = models.ForeignKey(ReleaseBundle, on_delete=models.CASCADE, related_name="entries")
    content_id = models.UUIDField()
    locale = models.CharField(_("language"), max_length=12)
    page_key = models.BigIntegerField(null=True, blank=True)
    draft = models.CharField(max_length=80, blank=True)
    significance = models.CharField(_("significance"), max_length=12, choices=Significance, blank=True)
    change_note = models.CharField(_("change note"), max_length=400, blank=True)
    is_pending = models.BooleanField(default=True)
    handed_out_at = models.DateTimeField(null=True, blank=True)
    version = models.CharField(max_length=16, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("text of a release bundle")
        verbose_name_plural = _("texts of release bundles")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bundle", "content_id", "locale"], name="bundle_entry_unique"),
            models.UniqueConstraint(
                fields=["content_id", "locale"],
                condition=models.Q(is_pending=True),
                name="bundle_entry_pending_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.content_id} {self.locale}"
