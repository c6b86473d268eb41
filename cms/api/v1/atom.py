"""Feeds as Atom (RFC 4287), well-formed whatever the texts hold."""

import re
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

from cms.api.v1.syndication import Feed, FeedEntry

MEDIA_TYPE = "application/atom+xml"
# What XML 1.0 cannot hold, not even escaped (section 2.2).
# Example: "a‹\u0000›b"
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TOPICS = "/api/v1/vocabularies/topics/"
EVENTS = "/api/v1/feeds/"


class _AtomWriter(Atom1Feed):
    """Django's writer with what it lacks: plain summaries beside the text, languages, schemes and names of categories.

    A feed without entries gets the moment it is given, not the present one: its bytes stay the same.
    """

    def latest_post_date(self) -> datetime:
        moment: datetime = self.feed["moment"]
        return moment

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["locale"]}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        # Its own summary is HTML.
        super().add_item_elements(handler, {**item, "description": None})
        if item["summary"]:
            handler.addQuickElement("summary", item["summary"])
        handler.addQuickElement("content", item["html"], {"type": "html"})
        for category in item["terms"]:
            handler.addQuickElement("category", "", category)


def write_atom(feed: Feed) -> bytes:
    """Write a feed as Atom, UTF-8."""
    writer = _AtomWriter(
        title=_clean(feed.title),
        link=feed.home_url,
        description=None,
        language=feed.locale,
        author_name=settings.WAGTAIL_SITE_NAME,
        feed_url=feed.url,
        feed_guid=feed.url,
        moment=feed.updated_at,
    )
    for entry in feed.entries:
        writer.add_item(
            title=_clean(entry.title),
            link=entry.url,
            description="",
            unique_id=entry.id,
            pubdate=entry.published_at,
            updateddate=entry.updated_at,
            locale=entry.locale,
            summary=_clean(entry.summary),
            html=_clean(entry.html),
            terms=_list_categories(feed, entry),
        )
    text: str = writer.writeString("utf-8")
    return text.encode()


def _list_categories(feed: Feed, entry: FeedEntry) -> list[dict[str, str]]:
    schemes = [(entry.kind, EVENTS), *((topic, TOPICS) for topic in entry.topics)]
    return [
        {"term": _clean(term), "scheme": f"{settings.PUBLIC_URL}{scheme}", "label": _clean(feed.labels.get(term, term))}
        for term, scheme in schemes
        if term
    ]


def _clean(text: str) -> str:
    return UNWRITABLE.sub("", text)
