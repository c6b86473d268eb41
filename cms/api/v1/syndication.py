"""Feeds before they are written down: entries made of released documents and of what happens to an act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from django.utils.encoding import iri_to_uri

from legal.works.act_events import ActEvent

# What a feed without entries gives as its moment: the same at every request.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class FeedEntry:
    """One entry. ``id`` is a URN that stays through all versions of what it tells of; ``kind`` is an act's kind of event."""

    id: str
    url: str
    title: str
    summary: str
    html: str
    locale: str
    published_at: datetime
    updated_at: datetime
    topics: Sequence[str] = ()
    kind: str = ""


@dataclass(frozen=True)
class Feed:
    """A feed in one language; ``labels`` names topics by slug and kinds of events by themselves, in that language."""

    title: str
    url: str
    home_url: str
    locale: str
    entries: Sequence[FeedEntry]
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def updated_at(self) -> datetime:
        return max((entry.updated_at for entry in self.entries), default=NEVER)


def build_entry_id(document: Mapping[str, Any], key: str = "") -> UUID:
    """Build the id of what a document tells of, in its language; without ``key`` that of the text itself.

    It is a UUID of version 5 (RFC 9562) in the name space of the content's own id.
    """
    return uuid5(UUID(document["id"]), f"{document['locale']}#{key}" if key else document["locale"])


def build_document_entry(document: Mapping[str, Any]) -> FeedEntry:
    """Build the entry of a released document."""
    return FeedEntry(
        id=build_entry_id(document).urn,
        url=iri_to_uri(document["url"]),
        title=document["title"],
        summary=document.get("summary") or "",
        html=document.get("html") or "",
        locale=document["locale"],
        published_at=datetime.fromisoformat(document["first_released_at"]),
        updated_at=datetime.fromisoformat(document["released_at"]),
        topics=document.get("topics") or (),
    )


def build_event_entry(document: Mapping[str, Any], event: ActEvent) -> FeedEntry:
    """Build the entry of an event of an act, read from ``document``."""
    return FeedEntry(
        id=build_entry_id(document, event.key).urn,
        url=iri_to_uri(event.url),
        title=event.title,
        summary=event.summary,
        html=event.html,
        locale=document["locale"],
        published_at=event.published_at,
        updated_at=event.updated_at,
        topics=document.get("topics") or (),
        kind=event.kind,
    )
