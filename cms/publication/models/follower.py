"""Positions of the followers in the log, and the contents they could not follow."""

from typing import ClassVar

from django.db import models


class FollowerPosition(models.Model):
    """A follower's stored position.

    The lease keeps it in one holder's hands at a time. ``generation`` counts how often it was set back to the beginning: a
    batch that was taken in an earlier generation does not store its position.
    """

    name = models.CharField(max_length=60, primary_key=True)
    position = models.BigIntegerField(default=0)
    generation = models.PositiveIntegerField(default=0)
    holder = models.CharField(max_length=60, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.name} at {self.position}"


class SetAsideContent(models.Model):
    """An item that a follower could not follow; the others went on without it.

    It is followed again when a new row of it arrives, or on demand.
    """

    follower = models.CharField(max_length=60)
    content_id = models.UUIDField()
    position = models.BigIntegerField()
    error = models.TextField()
    set_aside_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["follower", "content_id"], name="set_aside_once_for_each_follower")
        ]

    def __str__(self) -> str:
        return f"{self.content_id} of {self.follower}"
