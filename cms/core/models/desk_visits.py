"""When people were last at the editor's start page."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

# After so long away from the start page a person comes back: what was published since is new.
ABSENCE = timedelta(hours=4)
# Somebody who was never here is shown the last week.
FIRST_VISIT = timedelta(days=7)


class DeskVisit(models.Model):
    """A person's last visit to the start page, and the one before it."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    previous_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id} {self.seen_at}"


def store_visit(user: Any) -> datetime:
    """Note that a person is at the start page; returns when the visit before this one ended.

    Opening the page again within four hours belongs to the same visit.
    """
    now = timezone.now()
    visit, _is_new = DeskVisit.objects.get_or_create(
        user=user, defaults={"seen_at": now, "previous_at": now - FIRST_VISIT}
    )
    if now - visit.seen_at > ABSENCE:
        visit.previous_at = visit.seen_at
    # A visit goes on while the page is opened; once in ten minutes is written, not every time.
    if now - visit.seen_at > timedelta(minutes=10):
        visit.seen_at = now
        visit.save()
    return visit.previous_at
