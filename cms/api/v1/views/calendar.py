"""The calendar: the days on which law takes effect, and what other types have registered."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

import orjson
from django.conf import settings
from django.db.models import F
from django.http import HttpResponse
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext, override
from rest_framework.request import Request

from cms.api.conditional import build_etag, is_unmodified
from cms.api.v1.applying_documents import load_bodies
from cms.api.v1.calendar_text import MEDIA_TYPE, CalendarEntry, write_calendar
from cms.api.v1.declarations import ALLOW_OUTDATED, AUDIENCE_FILTER, LOCALE_ASKED, MUNICIPALITY_FILTER, TOPIC_FILTER
from cms.api.v1.negotiation import CalendarMedia
from cms.api.v1.openapi import Operation
from cms.api.v1.parameters import Parameter
from cms.api.v1.replies import build_address, build_reply
from cms.api.v1.syndication import build_entry_id
from cms.api.v1.values import Choice, Flag
from cms.api.v1.views.documents import DocumentListView
from cms.core.calendar import local_day
from cms.core.models import Topic, build_labels
from cms.publication.calendar_events import CalendarEventSource
from cms.publication.registry import registry

PAST = timedelta(days=365)
# A year of all Danish law is more than a calendar on a telephone takes.
MOST_ENTRIES = 300


def list_sources() -> dict[str, CalendarEventSource]:
    """List what is registered for the calendar, by type."""
    return {
        name: content_type.calendar_events
        for name, content_type in registry.types.items()
        if content_type.calendar_events
    }


CALENDAR_TYPE = Choice(lambda: list(list_sources()))


class CalendarView(DocumentListView):
    """Dated commencements of acts and law notes as a calendar to subscribe to: to come, and past ones back to one year.

    At most 300 entries: the next ones first, then the latest of the past, whatever more there is.
    Every id once, in the best language of the chain. A query for each type, one for the documents, one for each vocabulary.
    """

    operation = Operation("calendar", "Feeds", "Subscribe to the calendar", answer="calendar", media_type=MEDIA_TYPE)
    renderer_classes = (CalendarMedia,)
    parameters: ClassVar[Sequence[Parameter]] = (
        LOCALE_ASKED,
        Parameter("fallback", Flag(), "Take the best language of the chain.", default=True),
        ALLOW_OUTDATED,
        Parameter("type", CALENDAR_TYPE, "Only these types.", several=True),
        TOPIC_FILTER,
        AUDIENCE_FILTER,
        MUNICIPALITY_FILTER,
    )

    def get(self, request: Request) -> HttpResponse:
        rows = self._list_rows()
        topics = build_labels(Topic, self.asked["locale"])
        etag = build_etag(
            [*(etag for _position, etag, _moment in rows), str(self._first_day), repr(sorted(topics.items()))]
        )
        # Writing a calendar takes far longer than knowing that it is the same.
        is_known = is_unmodified(request.META.get("HTTP_IF_NONE_MATCH"), etag)
        return build_reply(
            request,
            b"" if is_known else self._write(request, [position for position, *_others in rows], topics),
            etag=etag,
            last_modified=max((moment for *_others, moment in rows), default=None),
            headers={"Content-Language": self.asked["locale"]},
            media_type=f"{MEDIA_TYPE}; charset=utf-8",
        )

    @property
    def _first_day(self) -> date:
        return self.day - PAST

    def _list_rows(self) -> list[tuple[int, str, datetime]]:
        """List what has the nearest occasions, those to come first, each with its position, ETag and moment of release."""
        windows = self._list_windows()
        rows: list[tuple[date | None, date | None, int, str, datetime]] = []
        for name, source in list_sources().items():
            kept: Any = source.keep(windows.filter(type=name), self._first_day, self.day).order_by(
                F("next_day").asc(nulls_last=True), F("last_day").desc(nulls_last=True), "-release_id"
            )
            rows += kept.values_list("next_day", "last_day", "release_id", "etag", "released_at")[:MOST_ENTRIES]
        rows.sort(key=lambda row: (_get_distance(row[0] or row[1], self.day), -row[2]))
        return [(position, etag, moment) for _next, _last, position, etag, moment in rows[:MOST_ENTRIES]]

    def _write(self, request: Request, positions: Sequence[int], topics: dict[str, str]) -> bytes:
        locale = self.asked["locale"]
        entries = [entry for body in load_bodies(positions) for entry in self._list_entries(orjson.loads(body), topics)]
        with override(locale):
            name = f"{settings.WAGTAIL_SITE_NAME} · {gettext('Calendar')}"
        nearest = sorted(
            entries, key=lambda entry: (_get_distance(_get_day(entry.calendar_event.begins), self.day), entry.uid)
        )
        ordered = sorted(nearest[:MOST_ENTRIES], key=lambda entry: (str(entry.calendar_event.begins), entry.uid))
        return write_calendar(name, ordered, url=build_address(request.path, request._request.GET.urlencode()))

    def _list_entries(self, document: dict[str, Any], topics: dict[str, str]) -> list[CalendarEntry]:
        with override(document["locale"]):
            calendar_events = list_sources()[document["type"]].build(document)
        return [
            CalendarEntry(
                uid=str(build_entry_id(document, calendar_event.key)),
                calendar_event=calendar_event,
                url=iri_to_uri(document["url"]),
                categories=tuple(topics.get(slug, slug) for slug in document.get("topics") or ()),
                released_at=datetime.fromisoformat(document["released_at"]),
            )
            for calendar_event in calendar_events
            if _get_day(calendar_event.begins) >= self._first_day
        ]


def _get_distance(day: date | None, today: date) -> tuple[bool, int]:
    """Return what days are sorted by so that those to come stand first, the next one foremost."""
    days = ((day or date.min) - today).days
    return days < 0, abs(days)


def _get_day(moment: date | datetime) -> date:
    return local_day(moment) if isinstance(moment, datetime) else moment
