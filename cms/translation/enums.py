"""What a translation can be in, and what can happen to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkState(models.TextChoices):
    """Where the translation of one content into one language stands, for those who work on it.

    Readers know fewer (``cms.publication.enums.TranslationState``): of what is not out yet they see nothing.
    """

    UNTRANSLATED = "untranslated", _("Not translated")
    IN_WORK = "in_work", _("In work")
    READY = "ready", _("Ready")
    CURRENT = "current", _("Current")
    OUTDATED = "outdated", _("Outdated")
    MACHINE = "machine", _("Machine translation")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class WorkEvent(models.TextChoices):
    """What happened to a translation, or to the text it translates."""

    REQUESTED = "requested", _("Requested")
    SOURCE_TYPO = "source_typo", _("Source: misprint corrected")
    SOURCE_MINOR = "source_minor", _("Source: small change")
    SOURCE_SUBSTANTIVE = "source_substantive", _("Source: changed in substance")
    SOURCE_PLANNED = "source_planned", _("Source: change in substance planned")
    SOURCE_REPUBLISHED = "source_republished", _("Source: published again unchanged")
    SOURCE_UNDONE = "source_undone", _("Source: change taken back")
    SOURCE_WITHDRAWN = "source_withdrawn", _("Source: withdrawn")
    SOURCE_BACK = "source_back", _("Source: published again after its withdrawal")
    EDITED = "edited", _("Translation edited")
    COMPLETED = "completed", _("All passages translated")
    MACHINE_RUN = "machine_run", _("Translated by machine")
    RELEASED = "released", _("Translation published")
    WITHDRAWN = "withdrawn", _("Translation withdrawn")
    DISMISSED = "dismissed", _("Still right, with a reason")
    CONFIRMED = "confirmed", _("Still right in all languages")


class TermKind(models.TextChoices):
    """Kinds of terms: the one to write, others that may be written, what people say, and what must not be written."""

    PREFERRED = "preferred", _("Preferred")
    ADMITTED = "admitted", _("Admitted")
    LAY = "lay", _("Everyday word")
    FORBIDDEN = "forbidden", _("Forbidden")


class NoticeKind(models.TextChoices):
    """What a translator is told of."""

    REQUESTED = "requested", _("A translation is asked for")
    OUTDATED = "outdated", _("The source has changed in substance")
    BLOCKED = "blocked", _("It cannot be published")
    HANDED_OUT = "handed_out", _("The draft of the source is to be translated")
