"""Closed lists of values that pages, the log and the API share."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Visibility(TextChoices):
    """Readers who may learn that an item exists. It belongs to the content, not to one language of it."""

    PUBLIC = "public", _("Anyone")
    NETWORK = "network", _("All consortia")
    CONSORTIUM = "consortium", _("The owning consortium only")


class Significance(TextChoices):
    """Significance of an edit; only a substantive one makes translations outdated."""

    TYPO = "typo", _("Typo: nobody needs to know")
    MINOR = "minor", _("Minor: the meaning stays")
    SUBSTANTIVE = "substantive", _("Substantive: what people must do has changed")


class AudienceKind(TextChoices):
    """Meaning of an audience: what a person does here, or which rules of nationality apply."""

    ROLE = "role", _("Role")
    NATIONALITY = "nationality", _("Nationality group")
