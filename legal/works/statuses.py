"""Status of an act on a day (in force, repealed, historic, …), and the facts it is derived from.

The source's own status is not to be trusted when it says "in force" (it says so of nearly everything), so force is derived from
commencements, repeals and later texts. What is released is told in Danish, as the acts are; the portal asks again in the
language of its reader.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypedDict

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from cms.core.calendar import write_day
from cms.core.languages import LANGUAGES, SOURCE_LANGUAGE
from legal.enums import ActKind, ActState
from legal.language import danish_days
from legal.language.document_types import TYPE_NAMES
from legal.models import Commencement, Expression

ENDED_IN_SOURCE: dict[str, str | Promise] = {
    "historic": gettext_lazy("The source marks the text as historic."),
    "repealed": gettext_lazy("The source marks the text as historic."),
    "removed": gettext_lazy("The source has taken the text down."),
}
# Example: "træder i kraft ‹dagen efter bekendtgørelse›n i Lovtidende"
AT_PUBLICATION = re.compile(
    r"\b(?:ved|dagen efter) (?:\w+ )?(?:bekendtgørelse|kundgørelse|offentliggørelse)", re.IGNORECASE
)
# Lovtidende prints a text within days of its signature.
PUBLISHED_WITHIN = timedelta(days=31)


ENDED_STATES = frozenset({ActState.REPEALED, ActState.HISTORIC})
ONE_DAY = timedelta(days=1)


class Force(TypedDict):
    """A state and the words that say what it is concluded from."""

    state: str
    derived_from: str


class ActStatus(Force):
    """Status of an act or a section: in force or not.

    ``since`` is the first day of its own commencement, also one still to come; ``until`` the last day on which it is, or was, in
    force. ``None``: not known here.
    """

    since: date | None
    until: date | None


@dataclass(frozen=True)
class StatusGrounds:
    """Facts that the status of a work is derived from.

    ``expression`` is the text that applies on the day asked for, ``newest`` the newest one; ``commencements`` are the act's
    own (``legal.works.work_facts``). ``successor`` is the newest text of the same name in another work, ``succeeds_on`` the day it
    takes over.
    """

    expression: Expression
    newest: Expression
    commencements: Sequence[Commencement] = ()
    repealed_on: date | None = None
    repealed_by: Expression | None = None
    successor: Expression | None = None
    succeeds_on: date | None = None


def build_citation_line(expression: Expression) -> str:
    """Build the number line of a text, as Danish law cites it: "lovbekendtgørelse nr. 1183 af 25. september 2025"."""
    name = TYPE_NAMES.get(expression.document_type, expression.document_type)
    return f"{name} nr. {expression.number} af {danish_days.write_day(expression.signed_date)}"


def derive_status(grounds: StatusGrounds, day: date, language: str = SOURCE_LANGUAGE) -> ActStatus:
    """Derive the status of a work on a day, its reason in words of a language."""
    with override(language):
        return build_status(_derive_force(grounds, day), _find_first_day(grounds), _find_last_day(grounds))


def build_status(force: Force, since: date | None, until: date | None) -> ActStatus:
    """Build a status in the order in which it is printed."""
    return {"state": force["state"], "since": since, "until": until, "derived_from": force["derived_from"]}


def _find_first_day(grounds: StatusGrounds) -> date | None:
    """Find the day on which the whole act takes effect, else the first one on which a part of it does."""
    dated = [entry for entry in grounds.commencements if entry.date]
    whole = [entry for entry in dated if entry.provisions is None]
    return min((entry.date for entry in whole or dated if entry.date), default=None)


def _find_last_day(grounds: StatusGrounds) -> date | None:
    """Find the last day before the act ends, by whatever ends it first."""
    is_ended_in_source = grounds.newest.source_status.lower() in ENDED_IN_SOURCE
    ends = (
        grounds.repealed_on,
        grounds.succeeds_on if grounds.successor else None,
        grounds.newest.ended_on if is_ended_in_source else None,
    )
    ended = min((day for day in ends if day), default=None)
    return ended - ONE_DAY if ended else None


def _derive_force(grounds: StatusGrounds, day: date) -> Force:
    ended = _derive_end(grounds, day)
    if ended is not None:
        return ended
    begun = _derive_commencement(grounds, day)
    if grounds.expression.kind == ActKind.AMENDING:
        through = _("It works through the acts that it amends or puts into force.")
        if begun is None:
            return build_force(ActState.UNKNOWN, through)
        return {**begun, "derived_from": f"{begun['derived_from']} {through}"}
    if begun is not None:
        return begun
    if grounds.expression.kind == ActKind.MAIN:
        return build_force(ActState.IN_FORCE, _describe_text(grounds))
    return build_force(
        ActState.UNKNOWN,
        _(
            "No later text with the same title is known here; "
            "the source does not say for sure whether this one has been repealed."
        ),
    )


def list_change_days(grounds: StatusGrounds) -> list[date]:
    """List the days on which the status changes, in order."""
    days = {entry.date for entry in grounds.commencements}
    days |= {grounds.repealed_on, grounds.succeeds_on, grounds.newest.ended_on}
    return sorted(day for day in days if day)


def _derive_end(grounds: StatusGrounds, day: date) -> Force | None:
    expression, by = grounds.expression, grounds.repealed_by
    if grounds.repealed_on is not None and day >= grounds.repealed_on:
        own = by is None or by.work_id == expression.work_id
        told = {"day": write_day(grounds.repealed_on)}
        if own or by is None:
            return build_force(ActState.REPEALED, _("Repealed on %(day)s by a provision of its own.") % told)
        return build_force(ActState.REPEALED, _("Repealed on %(day)s by %(text)s.") % {**told, "text": name_text(by)})
    if (
        expression == grounds.newest
        and expression.source_status.lower() in ENDED_IN_SOURCE
        and (expression.ended_on is None or day >= expression.ended_on)
    ):
        return build_force(ActState.HISTORIC, str(ENDED_IN_SOURCE[expression.source_status.lower()]))
    successor = grounds.successor
    if successor is not None and grounds.succeeds_on is not None and day >= grounds.succeeds_on:
        told = {"text": name_text(successor)}
        return build_force(ActState.HISTORIC, _("A later act of the same name: %(text)s.") % told)
    return None


def _derive_commencement(grounds: StatusGrounds, day: date) -> Force | None:
    """Derive what the commencements say; ``None`` where they say nothing."""
    whole = [entry for entry in grounds.commencements if entry.provisions is None]
    parts = [entry for entry in grounds.commencements if entry.provisions is not None]
    dated = min((entry.date for entry in whole if entry.date), default=None)
    begun_parts = [entry for entry in parts if entry.date and entry.date <= day]
    open_parts = [entry for entry in parts if not has_begun(entry, grounds.expression.signed_date, day)]
    if dated is not None and day >= dated:
        return _derive_begun(grounds, dated, open_parts)
    if begun_parts and not whole:
        return _derive_parts(grounds, begun_parts, open_parts)
    if begun_parts:
        return build_force(ActState.PARTLY_IN_FORCE, _tell_begun_parts(begun_parts))
    if dated is not None:
        return build_force(ActState.NOT_IN_FORCE, _("Takes effect on %(day)s.") % {"day": write_day(dated)})
    if not whole or grounds.expression.document_type == "LBK":
        return None
    return _derive_undated(grounds, whole, day)


def has_begun(entry: Commencement, signed: date, day: date) -> bool:
    """Say whether a commencement lies on or before a day; one at publication, whose day is not known, soon after signature."""
    if entry.date is not None:
        return entry.date <= day
    return bool(AT_PUBLICATION.search(entry.note)) and day >= signed + PUBLISHED_WITHIN


def _derive_begun(grounds: StatusGrounds, dated: date, open_parts: Sequence[Commencement]) -> Force:
    if open_parts:
        return build_force(ActState.PARTLY_IN_FORCE, _tell_open_parts(dated, open_parts))
    if grounds.expression.document_type == "LBK":
        return build_force(ActState.IN_FORCE, _describe_text(grounds))
    return build_force(ActState.IN_FORCE, _tell_begun(dated))


def _tell_begun(day: date) -> str:
    return _("In force since %(day)s; no repeal or later text is known here.") % {"day": write_day(day)}


def _tell_begun_parts(parts: Iterable[Commencement]) -> str:
    return _("Only partly in force: %(parts)s.") % {"parts": _name_parts(parts)}


def _tell_open_parts(begun: date, parts: Sequence[Commencement]) -> str:
    dated = [entry for entry in parts if entry.date]
    undated = [entry for entry in parts if not entry.date]
    told = {"day": write_day(begun), "parts": _name_parts(dated), "undated": _name_parts(undated)}
    if not undated:
        return _("In force since %(day)s, but not %(parts)s.") % told
    if not dated:
        return _("In force since %(day)s; when %(undated)s takes effect is not known here.") % told
    return _("In force since %(day)s, but not %(parts)s; when %(undated)s takes effect is not known here.") % told


def _derive_parts(
    grounds: StatusGrounds, begun_parts: Sequence[Commencement], open_parts: Sequence[Commencement]
) -> Force:
    """Derive the status of a text that is only known to commence in parts."""
    if grounds.expression.kind == ActKind.AMENDING:
        told = _("Put into force: %(parts)s; when the rest takes effect is not known here.")
        return build_force(ActState.UNKNOWN, told % {"parts": _name_parts(begun_parts)})
    if open_parts:
        return build_force(ActState.PARTLY_IN_FORCE, _tell_begun_parts(begun_parts))
    return build_force(ActState.IN_FORCE, _tell_begun(max(entry.date for entry in begun_parts if entry.date)))


def _derive_undated(grounds: StatusGrounds, whole: Sequence[Commencement], day: date) -> Force:
    if not any(AT_PUBLICATION.search(entry.note) for entry in whole):
        told = _("The day on which it takes effect is set separately and is not known here.")
        return build_force(ActState.UNKNOWN, told)
    if any(has_begun(entry, grounds.expression.signed_date, day) for entry in whole):
        return build_force(ActState.IN_FORCE, _("In force since its publication; the day is not known here."))
    return build_force(ActState.UNKNOWN, _("Takes effect when it is published; the day is not known here."))


def _describe_text(grounds: StatusGrounds) -> str:
    told = {"text": name_text(grounds.expression), "newest": name_text(grounds.newest)}
    if grounds.expression != grounds.newest:
        return _("The text on that day was %(text)s; the newest is %(newest)s.") % told
    return _("The newest text known here is %(text)s.") % told


def name_text(expression: Expression) -> str:
    """Name a text inside a sentence: by its number line in Danish, as "LBK 1183/2025" in every other language."""
    return build_citation_line(expression) if get_language() == SOURCE_LANGUAGE else isolate(str(expression))


def isolate(text: str) -> str:
    """Keep a Danish piece in the order of its own letters inside a sentence that is read from right to left."""
    language = LANGUAGES.get(get_language() or SOURCE_LANGUAGE)
    return f"\u2066{text}\u2069" if language and language.direction == "rtl" else text


def _name_parts(parts: Iterable[Commencement]) -> str:
    sections = list(dict.fromkeys(section for entry in parts for section in entry.provisions or ()))
    if not sections:
        return _("some parts")
    return isolate(f"{'§' if len(sections) == 1 else '§§'} {', '.join(sections)}")


def build_force(state: ActState, derived_from: str) -> Force:
    """Build a state with its reason."""
    return {"state": state.value, "derived_from": derived_from}
