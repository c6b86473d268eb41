"""Feeds as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from typing import Any

import orjson
from django.conf import settings

from cms.api.v1.syndication import Feed, FeedEntry
from cms.publication.log.envelope import format_moment

MEDIA_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def write_json_feed(feed: Feed) -> bytes:
    """Write a feed as JSON Feed, UTF-8. Of an act's events ``_videnbro.kind`` says which one an item tells of."""
    return orjson.dumps(
        {
            "version": VERSION,
            "title": feed.title,
            "home_page_url": feed.home_url,
            "feed_url": feed.url,
            "language": feed.locale,
            "authors": [{"name": settings.WAGTAIL_SITE_NAME, "url": f"{settings.PUBLIC_URL}/"}],
            "items": [_build_item(entry) for entry in feed.entries],
        }
    )


def _build_item(entry: FeedEntry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.html,
        "date_published": format_moment(entry.published_at),
        "date_modified": format_moment(entry.updated_at),
        "language": entry.locale,
    }
    if entry.summary:
        item["summary"] = entry.summary
    if tags := [*filter(None, [entry.kind]), *entry.topics]:
        item["tags"] = tags
    return item | ({"_videnbro": {"kind": entry.kind}} if entry.kind else {})
