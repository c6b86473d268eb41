"""Links to the feeds and the calendar of the API that go with a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import override

from cms.api.v1.views.calendar import PAST, list_sources
from cms.core.calendar import today
from cms.publication.registry import registry
from frontend.portal.interface_labels import TYPE_LABELS
from frontend.portal.labels import Label
from frontend.portal.released_documents import ReleasedDocument, list_public
from legal.enums import ACT, LAW_NOTE

FEEDS = "/api/v1/feeds/"
CALENDAR = "/api/v1/calendar.ics"


@dataclass(frozen=True)
class FeedLink:
    """A feed to follow, titled in the language ``locale``.

    ``calendar_path`` leads to the same dates as a calendar, ``""`` where there are none.
    """

    title: str
    path: str
    locale: str
    calendar_path: str = ""

    @property
    def url(self) -> str:
        """Address to copy into a program that reads feeds."""
        return f"{settings.PUBLIC_URL}{self.path}"

    @property
    def calendar_url(self) -> str:
        """Address to copy into a calendar program."""
        return f"{settings.PUBLIC_URL}{self.calendar_path}"


def has_dates(type_name: str) -> bool:
    """Say whether contents of a type, acts aside, stand in the calendar; that of all acts is not offered."""
    content_type = registry.types.get(type_name)
    return type_name != ACT and content_type is not None and content_type.calendar_events is not None


def has_calendar_events(topics: Sequence[str]) -> bool:
    """Say whether the calendar, of some topics if any are named, holds an event; an empty one is not offered."""
    day = today()
    windows = list_public(day).not_stale()
    if topics:
        windows = windows.carrying("topic", topics)
    return any(
        source.keep(windows.filter(type=name), day - PAST, day).exists() for name, source in list_sources().items()
    )


def build_feed_link(
    locale: str, *, type_name: str = "", topics: Sequence[Label] = (), act: Mapping[str, Any] | None = None
) -> FeedLink:
    """Build the link to the feed of a type, topics or an act, titled in the language it is followed in.

    Like the list it goes with, it holds every item in the best language of the chain.
    """
    parameters: dict[str, Any] = {"locale": locale}
    # The calendar takes the best language of the chain unless told otherwise; a feed has to be asked.
    chain = {"fallback": "true"} if type_name != ACT and act is None else {}
    if topics:
        parameters["topic"] = ",".join(topic.value for topic in topics)
    has_calendar = has_dates(type_name) and has_calendar_events([topic.value for topic in topics])
    calendar = f"{CALENDAR}?{urlencode(parameters)}" if has_calendar else ""
    if act is not None:
        parameters["act"] = act["id"]
    with override(locale):
        label = str(TYPE_LABELS.get(type_name, ""))
    names = [settings.WAGTAIL_SITE_NAME, act["short_title"] if act else "", label, *(topic.text for topic in topics)]
    return FeedLink(
        title=" · ".join(filter(None, names)),
        path=f"{FEEDS}{type_name or 'all'}.atom?{urlencode(parameters | chain)}",
        locale=locale,
        calendar_path=calendar,
    )


def list_feeds(document: Mapping[str, Any], locale: str, items: Sequence[ReleasedDocument] = ()) -> list[FeedLink]:
    """List the feeds that tell of a page: of an act, of what a section lists when that is news, of all on a home page.

    ``items`` are the documents a section lists.
    """
    if document["type"] == ACT:
        return [build_feed_link(document["locale"], act=document)]
    if document["type"] != "page":
        return []
    if document["layout"] == "home":
        return [build_feed_link(locale), build_feed_link(locale, type_name=LAW_NOTE)]
    types = {item.type for item in items} & registry.list_news_types()
    return (
        [build_feed_link(locale, type_name=name) for name in sorted(types)] if document["layout"] == "section" else []
    )
