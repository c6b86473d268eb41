"""Closed lists of the log."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """Kinds of rows of the log."""

    RELEASED = "released"
    WITHDRAWN = "withdrawn"


class Reason(TextChoices):
    """Reasons of a withdrawal; ``hidden`` is never stored, it is what a caller is told who may no longer see it."""

    GONE = "gone"
    MOVED = "moved"
    RECALLED = "recalled"
    HIDDEN = "hidden"


class TranslationState(TextChoices):
    """State of a translation towards its source."""

    SOURCE = "source"
    CURRENT = "current"
    OUTDATED = "outdated"
    MACHINE = "machine"
