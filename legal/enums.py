"""Closed lists of values of the law."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Jurisdiction(TextChoices):
    """Where an act applies; acts put into force for Greenland or the Faroe Islands are works of their own."""

    DENMARK = "dk", _("Denmark")
    GREENLAND = "gl", _("Greenland")
    FAROE_ISLANDS = "fo", _("Faroe Islands")


class ActKind(TextChoices):
    """What a text is for grouping: only main acts and their consolidations form lines of expressions."""

    MAIN = "main", _("Main act or consolidation")
    AMENDING = "amending", _("Amending, repealing or commencing act or order")
    OTHER = "other", _("Order or other text")


class ActState(TextChoices):
    """Whether an act is in force, as far as it can be derived."""

    IN_FORCE = "in_force", _("In force")
    HISTORIC = "historic", _("Historic")
    UNKNOWN = "unknown", _("Unknown")
