"""Closed lists of the knowledge base."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PracticeStatus(TextChoices):
    """Progress of a best practice."""

    IDEA = "idea", _("Idea")
    TRIAL = "trial", _("On trial")
    RUNNING = "running", _("Running")
    ENDED = "ended", _("Ended")
