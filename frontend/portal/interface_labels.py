"""Names of closed lists in the interface's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TYPE_LABELS: dict[str, str | Promise] = {
    "page": _("Page"),
    "guide": _("Guide"),
    "contact-point": _("Contact point"),
    "article": _("Article"),
    "best-practice": _("Best practice"),
    "consortium": _("Consortium"),
    "act": _("Act"),
    "law-note": _("Law note"),
    "meeting": _("Meeting"),
    "newsletter": _("Newsletter"),
}

STATUS_LABELS: dict[str, str | Promise] = {
    "idea": pgettext_lazy("status of a practice", "Idea"),
    "trial": pgettext_lazy("status of a practice", "On trial"),
    "running": pgettext_lazy("status of a practice", "Running"),
    "ended": pgettext_lazy("status of a practice", "Ended"),
}

FACET_LABELS: dict[str, str | Promise] = {
    "type": _("Kind"),
    "topic": _("Topic"),
    "audience": _("For whom"),
    "focus_area": _("Focus area"),
    "consortium": _("Consortium"),
    "municipality": _("Municipality"),
    "locale": _("Language"),
}

ACT_STATE_LABELS: dict[str, str | Promise] = {
    "in_force": _("In force"),
    "partly_in_force": _("Partly in force"),
    "not_in_force": _("Not yet in force"),
    "repealed": _("Repealed"),
    "historic": _("Historic"),
    "unknown": _("Unknown"),
}
