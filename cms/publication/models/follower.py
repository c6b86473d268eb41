"""Where each follower stands in the log."""

from django.db import models


class FollowerPosition(models.Model):
    """A follower's stored position; the lease keeps it in one worker's hands at a time."""

    name = models.CharField(max_length=60, primary_key=True)
    position = models.BigIntegerField(default=0)
    holder = models.CharField(max_length=60, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.name} at {self.position}"
