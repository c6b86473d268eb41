"""The append-only log and its head."""

from typing import ClassVar

from django.contrib.postgres.indexes import HashIndex
from django.db import models

from cms.core.enums import Significance, Visibility
from cms.publication.enums import Kind, Reason, TranslationState


class LogHead(models.Model):
    """The one row whose lock orders all appends: positions are given without gaps in commit order."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    position = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"position {self.position}"


class Release(models.Model):
    """One row of the log, narrow on purpose: the document's bytes stand in ``ReleaseBody``.

    A released row carries its own ``version``; a withdrawn one names the version it takes away, or ``""`` for all of that
    content and locale. ``text_position`` names the row whose text a row delivers: itself for what an editor published, an
    earlier row when the same text was released again because something around it changed. ``undoes`` names the text that was
    published by mistake, on the row of the one that stood there before and does so again. ``change_note`` says what changed, and
    on a withdrawn row why it was taken away.
    """

    position = models.BigIntegerField(primary_key=True)
    content_id = models.UUIDField()
    locale = models.CharField(max_length=12)
    type = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    moved_to = models.UUIDField(null=True, blank=True)
    version = models.CharField(max_length=16, blank=True)
    text_position = models.BigIntegerField(null=True, blank=True)
    undoes = models.BigIntegerField(null=True, blank=True)
    text_hash = models.CharField(max_length=32, blank=True)
    envelope_hash = models.CharField(max_length=32, blank=True)
    etag = models.CharField(max_length=32, blank=True)
    title = models.TextField(blank=True)
    path = models.TextField(blank=True)
    visibility = models.CharField(max_length=12, choices=Visibility)
    consortium = models.CharField(max_length=60, blank=True)
    terms = models.JSONField(default=dict)
    applies_from = models.DateField(null=True)
    applies_until = models.DateField(null=True, blank=True)
    released_at = models.DateTimeField()
    first_released_at = models.DateTimeField()
    significance = models.CharField(max_length=12, choices=Significance, default=Significance.MINOR)
    change_note = models.CharField(max_length=400, blank=True)
    source_locale = models.CharField(max_length=12)
    source_version = models.CharField(max_length=16, blank=True)
    is_machine = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=TranslationState, blank=True)
    revision_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["content_id", "locale", "position"], name="release_content"),
            models.Index(fields=["type", "locale", "position"], name="release_type"),
            HashIndex(fields=["path"], name="release_path_hash"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version"], condition=models.Q(kind=Kind.RELEASED), name="release_version_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.kind} {self.content_id} {self.locale} {self.version}"

    @property
    def is_text(self) -> bool:
        """Say whether an editor (or an import) published this row's text with it."""
        return self.kind == Kind.RELEASED and self.text_position == self.position


class JointRelease(models.Model):
    """Rows of the log that came out in one go: several texts and languages that belong together.

    The rows between the two positions, both included, are of one transaction and one moment. A page of changes never ends between
    them, so that a mirror never shows one half of them.
    """

    first_position = models.BigIntegerField(primary_key=True)
    last_position = models.BigIntegerField(unique=True)

    def __str__(self) -> str:
        return f"{self.first_position}–{self.last_position}"


class ReleaseRendition(models.Model):
    """A text as it reads from a day on, where that is not what its own row has: another amount of a figure, say.

    It stands beside the row that published the text and is what repeated releases of that text are made of. It is no row of the
    log: when what a text shows changes, the renditions of days to come are replaced, those of days gone by stay.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="renditions")
    starts = models.DateField()
    text_hash = models.CharField(max_length=32)
    document = models.BinaryField(help_text="The text part of the document, UTF-8 JSON.")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["release", "starts"], name="release_rendition_unique")]

    def __str__(self) -> str:
        return f"{self.release_id} from {self.starts}"


class ReleaseReference(models.Model):
    """One thing that a text shows by reference, or asked to show and may not yet.

    It stands beside the row that published the text. ``target`` is the key of ``cms.core.shown_targets.Target``.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="references")
    kind = models.CharField(max_length=12)
    target = models.CharField(max_length=40)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "target"], name="reference_target")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["release", "kind", "target"], name="release_reference_unique")
        ]

    def __str__(self) -> str:
        return f"{self.release_id} shows {self.kind} {self.target}"


class ChangedTarget(models.Model):
    """A thing that has changed and whose referrers are still to be released again.

    It is stored in the transaction of the change and deleted when the referrers are done, so that a process that is killed in
    between leaves the work to the next one. With ``keeps_past`` what applied until today stays as it was.
    """

    kind = models.CharField(max_length=12)
    target = models.CharField(max_length=40)
    keeps_past = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.kind} {self.target}"


class ReleaseBody(models.Model):
    """The released document as the bytes that are sent: UTF-8 JSON."""

    release = models.OneToOneField(Release, on_delete=models.CASCADE, primary_key=True, related_name="stored_body")
    body = models.BinaryField()

    def __str__(self) -> str:
        return f"body of {self.release_id}"
