"""Closed lists of release bundles."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BundleState(models.TextChoices):
    """States of a bundle. ``live`` is in the log, for a day to come too: nothing has to happen on that day."""

    OPEN = "open", _("Open")
    SCHEDULED = "scheduled", _("Scheduled")
    LIVE = "live", _("Live")
    UNDONE = "undone", _("Undone")
    CANCELLED = "cancelled", _("Cancelled")


class Timing(models.TextChoices):
    """Ways to say when a bundle goes live."""

    DAY = "day", _("On a day")
    LAW = "law", _("On the day from which the law applies, as the texts say")
    MOMENT = "moment", _("At a time of day")


class IfMissing(models.TextChoices):
    """Choices for a required language that is not ready in time."""

    WAIT = "wait", _("Wait until it is ready")
    FALLBACK = "fallback", _("Go without it; readers get the text in the next language they can read")


# States in which a bundle's texts belong to it alone.
PENDING = (BundleState.OPEN, BundleState.SCHEDULED)
