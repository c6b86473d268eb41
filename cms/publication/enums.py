"""Closed lists of the log."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """What a row of the log says."""

    RELEASED = "released"
    WITHDRAWN = "withdrawn"


class Reason(TextChoices):
    """Why something was withdrawn; ``hidden`` is never stored, it is what a caller is told who may no longer see it."""

    GONE = "gone"
    MOVED = "moved"
    RECALLED = "recalled"
    HIDDEN = "hidden"


class TranslationState(TextChoices):
    """How a language stands towards its source."""

    SOURCE = "source"
    CURRENT = "current"
    OUTDATED = "outdated"
    MACHINE = "machine"
