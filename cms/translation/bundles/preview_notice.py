"""Words around the preview of the site with a bundle, for its editors."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.calendar import write_day
from cms.translation.bundles.gate import build_gate
from cms.translation.models import ReleaseBundle

PREVIEW_LABEL = gettext_lazy("Preview of the site")
NO_SEARCH = gettext_lazy("The preview has no search.")


@dataclass(frozen=True)
class PreviewNotice:
    """Banner of a preview: a heading, whose it is, what is not in it because it is not ready, and the way back."""

    heading: str
    text: str
    missing: str
    back: str


def build_preview_notice(bundle: ReleaseBundle, user: Any, day: date) -> PreviewNotice:
    """Build the banner for a bundle as it would go out by a user, seen on a day."""
    gate = build_gate(bundle, user)
    missing = " ".join([*gate.list_obstacles(), *gate.list_awaited()])
    return PreviewNotice(
        heading=_("Preview"),
        text=_("The site on %(day)s, with “%(bundle)s”. Readers do not see it yet.")
        % {"day": write_day(day), "bundle": bundle.name},
        missing=_("Not in it: %(missing)s") % {"missing": missing} if missing else "",
        back=_("Back to the bundle"),
    )
