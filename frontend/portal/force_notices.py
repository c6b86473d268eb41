"""Notices above the law: it is not in force, or it is the text of another day than today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.core.calendar import today
from frontend.portal.timelines import build_diff_path

IN_FORCE = "in_force"
UNKNOWN = "unknown"
SENTENCES: dict[str, str | Promise] = {
    "partly_in_force": _("Only parts of this are in force."),
    "not_in_force": _("This is not in force yet."),
    "repealed": _("This has been repealed."),
    "historic": _("This no longer applies."),
    UNKNOWN: _("It is not known here whether this is in force."),
}

Document = Mapping[str, Any]


@dataclass(frozen=True)
class ForceNotice:
    """Notice that a text may not be read as law on the day asked for.

    ``begins`` is a day still to come on which it takes effect, ``last_day`` the last one on which it is, or was, in force.
    """

    sentence: str | Promise
    begins: date | None
    last_day: date | None
    derived_from: str
    is_warning: bool


@dataclass(frozen=True)
class DayNotice:
    """Notice that a text is not the one of today.

    ``today_path`` leads to today's text, ``diff_path`` to what differs ("" where nothing can be compared); ``state_today`` is
    the state of the act or section today, "" where it is in force.
    """

    day: date
    is_changed: bool
    today_path: str
    diff_path: str
    state_today: str


def build_force_notice(status: Document, day: date) -> ForceNotice | None:
    """Build the notice for a status on a day; ``None`` for what is in force without a known end."""
    since, until = _read_day(status.get("since")), _read_day(status.get("until"))
    state = str(status["state"])
    if state == IN_FORCE and until is None:
        return None
    return ForceNotice(
        sentence=SENTENCES.get(state, ""),
        begins=since if since and since > day else None,
        last_day=until,
        derived_from=str(status["derived_from"]) if state != IN_FORCE else "",
        is_warning=state != UNKNOWN,
    )


def build_day_notice(
    shown: Document, current: Document | None, as_of: date | None, *, act_path: str, today_path: str
) -> DayNotice | None:
    """Build the notice for a text of another day; ``None`` for today's.

    ``shown`` and ``current`` are an act or a section at a date, as of that day and as of today; ``current`` ``None``: it is not
    there today.
    """
    if as_of is None or as_of == today():
        return None
    section = str(shown.get("section", ""))
    is_same_text = current is not None and current["expression"]["eli_uri"] == shown["expression"]["eli_uri"]
    is_changed = current is None or (not is_same_text and (not section or current["text"] != shown["text"]))
    is_compared = is_changed and all(text and text["expression"]["text_hash"] for text in (shown, current))
    state = str(current["status"]["state"]) if current else ""
    return DayNotice(
        day=as_of,
        is_changed=is_changed,
        today_path=today_path,
        diff_path=build_diff_path(act_path, min(as_of, today()), max(as_of, today()), section) if is_compared else "",
        state_today="" if state == IN_FORCE else state,
    )


def _read_day(value: Any) -> date | None:
    return parse_date(str(value)) if value else None
