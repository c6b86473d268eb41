"""Enumerations of the law: closed lists of values with their labels."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# Names of the law's content types.
ACT = "act"
LAW_NOTE = "law-note"


class Jurisdiction(TextChoices):
    """Part of the realm in which an act applies; acts put into force for Greenland or the Faroe Islands are works of their own."""

    DENMARK = "dk", _("Denmark")
    GREENLAND = "gl", _("Greenland")
    FAROE_ISLANDS = "fo", _("Faroe Islands")


class ActKind(TextChoices):
    """Kind of a text in the grouping: only main acts and their consolidations form lines of expressions."""

    MAIN = "main", _("Main act or consolidation")
    AMENDING = "amending", _("Amending, repealing or commencing act or order")
    OTHER = "other", _("Order or other text")


class ActState(TextChoices):
    """Status of an act on a day, as far as it can be derived."""

    IN_FORCE = "in_force", _("In force")
    PARTLY_IN_FORCE = "partly_in_force", _("Partly in force")
    NOT_IN_FORCE = "not_in_force", _("Not yet in force")
    REPEALED = "repealed", _("Repealed")
    HISTORIC = "historic", _("Historic")
    UNKNOWN = "unknown", _("Unknown")


class NameKind(TextChoices):
    """Kind of a name that an act is called by."""

    OFFICIAL = "official", _("Official title")
    SHORT = "short", _("Short title")
    POPULAR = "popular", _("Popular title")
    ABBREVIATION = "abbreviation", _("Abbreviation")


class RelationKind(TextChoices):
    """Effect of one text on another, or its debt to it (ELI: changes, repeals, consolidates, transposes, based_on)."""

    AMENDS = "amends", _("Amends")
    AMENDED_BY = "amended_by", _("Is amended by")
    REPEALS = "repeals", _("Repeals")
    CONSOLIDATES = "consolidates", _("Consolidates")
    IMPLEMENTS = "implements", _("Implements")
    BASED_ON = "based_on", _("Is based on")
    COMMENCES = "commences", _("Puts into force")


class TimelineEvent(TextChoices):
    """Events in an act's life; those of one day stand in this order."""

    SIGNED = "signed", _("Signed")
    CONSOLIDATED = "consolidated", _("Consolidated")
    PUBLISHED = "published", _("Announced")
    AMENDED = "amended", _("Amended")
    COMMENCED = "commenced", _("Commenced")
    REPEALED = "repealed", _("Repealed")


class ChangeKind(TextChoices):
    """Ways in which a change of the law becomes known."""

    EXPRESSION = "expression", _("New text of the act")
    SOURCE_MOVED = "source_moved", _("The source changed a text")
    NOTE = "note", _("Law note")


class ActEventKind(TextChoices):
    """Events of an act's feed."""

    EXPRESSION = "expression", _("New text")
    COMMENCEMENT = "commencement", _("Commencement")
    NOTE = "note", _("Law note")


class ReviewState(TextChoices):
    """State of the review of one text."""

    OPEN = "open", _("Open")
    REVIEWED = "reviewed", _("Reviewed: still right")
    EDITED = "edited", _("Edited")
    DISMISSED = "dismissed", _("Not affected: nothing to change")
    WITHDRAWN = "withdrawn", _("The text was withdrawn")
