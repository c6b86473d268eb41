"""Calendar events of commencements, from the documents of acts and law notes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from cms.publication.access.querysets import WindowQuerySet
from cms.publication.calendar_events import CalendarEvent, CalendarEventSource
from cms.publication.models import WindowCommencement


class KnownCommencement(NamedTuple):
    """One commencement of a document; ``date`` ``None``: not fixed yet. ``key`` stays when its date is fixed or moved."""

    key: str
    date: date | None
    sections: Sequence[str]
    note: str


def list_known_commencements(document: Mapping[str, Any]) -> list[KnownCommencement]:
    """List the commencements of a document, or of one of its pending amendments, in its own order.

    A commencement is known by the sections it concerns, and by its place among those that concern the same.
    """
    listed: list[KnownCommencement] = []
    counted: dict[str, int] = {}
    for entry in document.get("commencements") or ():
        sections = list(entry.get("provisions") or ())
        name = ",".join(sections)
        counted[name] = counted.get(name, 0) + 1
        day = date.fromisoformat(entry["date"]) if entry.get("date") else None
        listed.append(KnownCommencement(f"commencement:{name}:{counted[name]}", day, sections, entry.get("note") or ""))
    return listed


def build_commencement_title(title: str, sections: Sequence[str]) -> str:
    """Build "Takes effect: the act, § 9 a" in the active language."""
    if sections:
        places = ", ".join(f"§ {section}" for section in sections)
        return _("Takes effect: %(title)s, %(sections)s") % {"title": title, "sections": places}
    return _("Takes effect: %(title)s") % {"title": title}


def build_commencement_events(document: Mapping[str, Any]) -> list[CalendarEvent]:
    """Build an all-day calendar event for each dated commencement."""
    return [
        CalendarEvent(
            key=commencement.key,
            begins=commencement.date,
            title=build_commencement_title(document.get("short_title") or document["title"], commencement.sections),
            description="\n\n".join(filter(None, [commencement.note, document.get("summary") or ""])),
        )
        for commencement in list_known_commencements(document)
        if commencement.date is not None
    ]


def keep_commencing(windows: WindowQuerySet, since: date, today: date) -> WindowQuerySet:
    """Keep the windows with a commencement on or after a day, each with its next and its last day."""
    dated: Any = WindowCommencement.objects.filter(date__gte=since)
    own: Any = dated.filter(window=OuterRef("pk"))
    kept: WindowQuerySet = windows.filter(pk__in=dated.values("window_id")).annotate(
        next_day=Subquery(own.filter(date__gte=today).order_by("date").values("date")[:1]),
        last_day=Subquery(own.filter(date__lt=today).order_by("-date").values("date")[:1]),
    )
    return kept


COMMENCEMENTS = CalendarEventSource(keep=keep_commencing, build=build_commencement_events)
