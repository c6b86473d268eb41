"""Status of one section on a day: that of its act, unless the section takes effect on a day of its own."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.core.calendar import write_day
from cms.core.languages import SOURCE_LANGUAGE
from legal.enums import ActState
from legal.language.cited_sections import is_finer
from legal.models import Commencement
from legal.works.statuses import (
    ENDED_STATES,
    ActStatus,
    Force,
    StatusGrounds,
    build_force,
    build_status,
    has_begun,
    isolate,
)


def derive_section_status(
    grounds: StatusGrounds, act: ActStatus, section: str, day: date, language: str = SOURCE_LANGUAGE
) -> ActStatus:
    """Derive the status of a section, as cited ("9 a"), on a day; ``act`` is the status of its act, in the same language.

    The day on which the whole act took effect is that of a section too, where the text is the act's first one; a consolidation
    does not tell when a section was inserted.
    """
    own = [entry for entry in grounds.commencements if section in (entry.provisions or ())]
    since = min((entry.date for entry in own if entry.date), default=None)
    if since is None and not own and grounds.expression.document_type != "LBK":
        since = _find_whole_day(grounds)
    force: Force = act
    if act["state"] not in ENDED_STATES:
        with override(language):
            force = _derive_rest(grounds, section, act, day)
            if own:
                force = _derive_own(section, own, force, day)
    return build_status(force, since, act["until"])


def _derive_own(section: str, own: Sequence[Commencement], rest: Force, day: date) -> Force:
    """Derive what a section's own commencements say; ``rest`` holds for the parts of it that they do not name."""
    name = isolate(f"§ {section}")
    still_open = [entry for entry in own if not has_begun(entry, entry.expression.signed_date, day)]
    is_rest_named = any(not is_finer(entry.note) for entry in own)
    is_rest_in_force = not is_rest_named and rest["state"] == ActState.IN_FORCE
    if not still_open:
        if is_rest_named or is_rest_in_force:
            begun = max((entry.date for entry in own if entry.date), default=None)
            told = _("%(section)s has been in force since %(day)s.")
            return build_force(
                ActState.IN_FORCE,
                told % {"section": name, "day": write_day(begun)} if begun else rest["derived_from"],
            )
        return build_force(ActState.PARTLY_IN_FORCE, _("Only parts of %(section)s are in force.") % {"section": name})
    following = min((entry.date for entry in still_open if entry.date), default=None)
    named = {"section": name, "day": write_day(following) if following else ""}
    if len(still_open) < len(own) or is_rest_in_force:
        known = _("Parts of %(section)s take effect on %(day)s.")
        unknown = _("Parts of %(section)s take effect on a day that is not known here.")
        return build_force(ActState.PARTLY_IN_FORCE, (known if following else unknown) % named)
    if following:
        return build_force(ActState.NOT_IN_FORCE, _("%(section)s takes effect on %(day)s.") % named)
    return build_force(ActState.UNKNOWN, _("%(section)s takes effect on a day that is not known here.") % named)


def _derive_rest(grounds: StatusGrounds, section: str, act: Force, day: date) -> Force:
    """Derive the force of a section that has no day of its own: of an act partly in force it is in the named rest or not."""
    if act["state"] != ActState.PARTLY_IN_FORCE:
        return act
    begins = _find_whole_day(grounds)
    if begins is None:
        return build_force(
            ActState.UNKNOWN,
            _("When %(section)s takes effect is not known here.") % {"section": isolate(f"§ {section}")},
        )
    if day >= begins:
        return build_force(ActState.IN_FORCE, _("In force since %(day)s.") % {"day": write_day(begins)})
    return build_force(ActState.NOT_IN_FORCE, _("Takes effect on %(day)s.") % {"day": write_day(begins)})


def _find_whole_day(grounds: StatusGrounds) -> date | None:
    return min((entry.date for entry in grounds.commencements if entry.date and entry.provisions is None), default=None)
