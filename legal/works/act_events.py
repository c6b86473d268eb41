"""Events of an act's feed: new texts, commencements, and the law notes about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.core.calendar import write_day
from cms.publication.access.querysets import WindowQuerySet
from legal.enums import ACT, LAW_NOTE, ActEventKind
from legal.models import CitedProvision, Expression, Work
from legal.works.commencement_events import build_commencement_title, list_known_commencements


@dataclass(frozen=True)
class ActEvent:
    """One event of an act.

    ``key`` names it among those of the document it is read from, ``""`` is the document itself. ``published_at`` is when it
    became public, ``updated_at`` when what is told of it last changed; ``url`` is where people read about it.
    """

    kind: str
    key: str
    title: str
    summary: str
    html: str
    url: str
    published_at: datetime
    updated_at: datetime


def filter_concerning(windows: WindowQuerySet, work: Work) -> WindowQuerySet:
    """Keep the act itself and the law notes that name it as a source."""
    sources: Any = CitedProvision.objects.filter(
        work=work, content_id=OuterRef("content_id"), locale=OuterRef("locale"), is_source=True
    )
    act = windows.filter(type=ACT, content_id=work.content_id)
    notes: WindowQuerySet = windows.filter(Exists(sources), type=LAW_NOTE)
    kept: WindowQuerySet = act | notes
    return kept


def list_telling(windows: WindowQuerySet, limit: int) -> list[int]:
    """List the versions in which the newest ``limit`` events of an act stand, of those that concern it. Two queries.

    A note's events are published with it or before, and the note itself is one. So no event of an older note than the
    ``limit`` newest is among the newest events, however many notes there are.
    """
    acts = windows.filter(type="act").order_by("release_id").values_list("release_id", flat=True)
    notes = windows.filter(type="law-note").order_by("-release__first_released_at", "-released_at", "-release_id")
    return [*acts, *notes.values_list("release_id", flat=True)[:limit]]


def list_act_events(work: Work, documents: Sequence[Mapping[str, Any]]) -> list[tuple[Mapping[str, Any], ActEvent]]:
    """List the events of an act with the document each is read from, the newest first. One query.

    ``documents`` holds the act, and law notes; a note counts when its sources name the act.
    """
    known = dict(Expression.objects.filter(work=work).values_list("eli_uri", "imported_at"))
    told: list[tuple[Mapping[str, Any], ActEvent]] = []
    for document in documents:
        with override(document["locale"]):
            told += [(document, event) for event in _list_events(document, work, known)]
    return sorted(told, key=lambda entry: (entry[1].published_at, entry[1].updated_at, entry[1].key), reverse=True)


def _list_events(document: Mapping[str, Any], work: Work, known: Mapping[str, datetime]) -> list[ActEvent]:
    own = _list_commencements(document, document, document.get("short_title") or document["title"])
    if document["type"] == "act":
        texts = [_build_expression(document, entry, known) for entry in document.get("expressions") or ()]
        return [*texts, *own, *_list_amending(document)]
    if any((source.get("act") or {}).get("id") == str(work.content_id) for source in document.get("sources") or ()):
        return [_build_note(document), *own]
    return []


def _list_amending(document: Mapping[str, Any]) -> list[ActEvent]:
    """List when the amendments take effect that the newest text does not hold yet; each amending text once."""
    amending = {entry["expression"]["eli_uri"]: entry for entry in document.get("pending_amendments") or ()}
    return [
        event
        for eli_uri, entry in amending.items()
        for event in _list_commencements(
            document, entry, f"{document['short_title']}, {_name_number(entry['expression'])}", f"{eli_uri}:"
        )
    ]


def _list_commencements(
    document: Mapping[str, Any], told: Mapping[str, Any], title: str, prefix: str = ""
) -> list[ActEvent]:
    """List the dated commencements of ``told``, which is ``document`` or stands in it."""
    about = told.get("summary") or told.get("expression", {}).get("title", "")
    return [
        ActEvent(
            kind=ActEventKind.COMMENCEMENT,
            key=f"{prefix}{entry.key}",
            title=f"{write_day(entry.date)}: {build_commencement_title(title, entry.sections)}",
            summary=entry.note or about,
            html=format_html(
                "<p>{}</p><p>{}</p>", build_commencement_title(title, entry.sections), entry.note or about
            ),
            url=document["url"],
            # What took effect long ago is no news on the day it was imported; what is to come is, as soon as it is known.
            published_at=min(_begin_day(entry.date), datetime.fromisoformat(document["first_released_at"])),
            updated_at=datetime.fromisoformat(document["released_at"]),
        )
        for entry in list_known_commencements(told)
        if entry.date is not None
    ]


def _build_expression(
    document: Mapping[str, Any], expression: Mapping[str, Any], known: Mapping[str, datetime]
) -> ActEvent:
    number = _name_number(expression)
    signed = date.fromisoformat(expression["signed_date"])
    published = _begin_day(signed)
    summary = _("%(number)s, signed on %(day)s") % {"number": number, "day": write_day(signed)}
    html = format_html(
        '<p>{}</p><p><a href="{}">{}</a></p>', summary, expression["eli_uri"], _("Official text at Retsinformation")
    )
    return ActEvent(
        kind=ActEventKind.EXPRESSION,
        key=f"expression:{expression['eli_uri']}",
        title=_("New text: %(title)s, %(number)s") % {"title": document["short_title"], "number": number},
        summary=summary,
        html=html,
        url=f"{document['url']}?as_of={expression['signed_date']}",
        published_at=published,
        updated_at=max(published, known.get(expression["eli_uri"], published)),
    )


def _build_note(document: Mapping[str, Any]) -> ActEvent:
    return ActEvent(
        kind=ActEventKind.NOTE,
        key="",
        title=document["title"],
        summary=document.get("summary") or "",
        html=document.get("html") or "",
        url=document["url"],
        published_at=datetime.fromisoformat(document["first_released_at"]),
        updated_at=datetime.fromisoformat(document["released_at"]),
    )


def _name_number(expression: Mapping[str, Any]) -> str:
    return f"{expression['document_type']} {expression['number']}/{expression['year']}"


def _begin_day(day: date) -> datetime:
    """Begin a day in UTC: the same date there and in Copenhagen."""
    return datetime.combine(day, datetime.min.time(), tzinfo=UTC)
