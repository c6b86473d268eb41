"""Feeds: what the list of documents holds, newest first, and what happens to one act."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

import orjson
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext, override
from rest_framework.request import Request

from cms.api.problems import build_bad_parameters, build_not_found
from cms.api.v1 import atom, json_feed
from cms.api.v1.declarations import (
    ALLOW_OUTDATED,
    FALLBACK_ASKED,
    FILTERS,
    LAW_DATES,
    LIMIT,
    LOCALE_ASKED,
    TYPE_FILTER,
)
from cms.api.v1.negotiation import AtomMedia, JsonFeedMedia, JsonMedia, XmlMedia, XmlTextMedia
from cms.api.v1.openapi import Operation
from cms.api.v1.parameters import Parameter
from cms.api.v1.replies import build_address, build_reply
from cms.api.v1.syndication import Feed, FeedEntry, build_document_entry, build_event_entry
from cms.api.v1.values import Choice, Identifier
from cms.api.v1.views.documents import DocumentListView
from cms.core.models import Topic, build_labels
from cms.publication.access.querysets import WindowQuerySet
from cms.publication.log.envelope import format_moment
from cms.publication.log.text_versions import words_released_at
from cms.publication.models import Window
from cms.publication.registry import registry
from legal.enums import ACT, LAW_NOTE, ActEventKind
from legal.models import Work
from legal.works.act_events import filter_concerning, list_act_events, list_telling

ALL = "all"
TELLING_OF_ACTS = (ALL, ACT, LAW_NOTE)
FEED_NAME = Choice(lambda: [ALL, *registry.types])


class FeedView(DocumentListView):
    """The documents of one type, or of all, that apply today, newest first; with ``act`` what happens to that act.

    An act's entries say by a category what they tell of: ``expression`` a new text, ``commencement`` a day on which law takes
    effect, known as soon as it is fixed, ``note`` a law note. Two queries, four more for an act, one for each
    vocabulary asked by.
    """

    parameters: ClassVar[Sequence[Parameter]] = (
        LOCALE_ASKED,
        FALLBACK_ASKED,
        ALLOW_OUTDATED,
        *(parameter for parameter in FILTERS if parameter is not TYPE_FILTER),
        *LAW_DATES,
        Parameter("act", Identifier(), "Only what happens to this act; in the feeds all, act and law-note."),
        LIMIT,
    )
    path_parameters: ClassVar = (Parameter("name", FEED_NAME, "A content type, or all of them."),)

    name: str
    work: Work | None

    def write(self, feed: Feed) -> bytes:
        """Write the feed in the view's format."""
        raise NotImplementedError

    def get(self, request: Request, name: str = ALL) -> HttpResponse:
        if name not in FEED_NAME.list_choices():
            raise build_not_found()
        self.name = name
        self.work = self._find_work(self.asked["act"])
        entries = self._list_entries()
        latest = max((entry.updated_at for entry in entries), default=None)
        return build_reply(
            request,
            self.write(self._build_feed(request, entries)),
            last_modified=latest,
            headers={"Content-Language": self.asked["locale"]},
            media_type=self.operation.media_type,
        )

    def keep_meant(self, windows: WindowQuerySet) -> WindowQuerySet:
        if self.name != ALL:
            windows = windows.filter(type=self.name)
        return filter_concerning(windows, self.work) if self.work else windows

    def _find_work(self, content_id: UUID | None) -> Work | None:
        if content_id is None:
            return None
        detail = "is the id of no act"
        if self.name not in TELLING_OF_ACTS:
            detail = f"is understood by the feeds {', '.join(TELLING_OF_ACTS)}"
        elif work := Work.objects.released().filter(content_id=content_id).first():
            return work
        raise build_bad_parameters([{"parameter": "act", "detail": detail}])

    def _list_entries(self) -> Sequence[FeedEntry]:
        limit = self.asked["limit"]
        windows = self._list_windows().newest_first()
        if self.work is None:
            return [build_document_entry(document) for document in _load(windows[:limit])]
        # Every text of the act is an event of its own: which are the newest is known when the documents are read.
        telling = Window.objects.filter(pk__in=list_telling(windows, limit))
        told = list_act_events(self.work, _load(telling))
        since = self.asked["updated_since"]
        kept = [entry for entry in told if since is None or entry[1].updated_at >= since]
        return [build_event_entry(document, event) for document, event in kept[:limit]]

    def _build_feed(self, request: Request, entries: Sequence[FeedEntry]) -> Feed:
        locale = self.asked["locale"]
        topics = build_labels(Topic, locale)
        home = f"/{locale}/" if self.work is None else self.work.path
        with override(locale):
            names = [
                settings.WAGTAIL_SITE_NAME,
                self.work.short_title if self.work else "",
                "" if self.name == ALL else gettext(registry.types[self.name].label),
                *(topics.get(slug, slug) for slug in self.asked.list_values("topic")),
            ]
            kinds = {str(kind): str(kind.label) for kind in ActEventKind}
        return Feed(
            title=" · ".join(filter(None, names)),
            url=build_address(request.path, request._request.GET.urlencode()),
            home_url=build_address(home),
            locale=locale,
            entries=entries,
            labels=topics | kinds,
        )


class AtomFeedView(FeedView):
    __doc__ = FeedView.__doc__
    operation = Operation("feed_atom", "Feeds", "Follow as Atom", answer="atom", media_type=atom.MEDIA_TYPE)
    renderer_classes = (AtomMedia, XmlMedia, XmlTextMedia)

    def write(self, feed: Feed) -> bytes:
        return atom.write_atom(feed)


class JsonFeedView(FeedView):
    __doc__ = FeedView.__doc__
    operation = Operation(
        "feed_json", "Feeds", "Follow as JSON Feed", answer="json-feed", media_type=json_feed.MEDIA_TYPE
    )
    renderer_classes = (JsonFeedMedia, JsonMedia)

    def write(self, feed: Feed) -> bytes:
        return json_feed.write_json_feed(feed)


def _load(windows: QuerySet[Any]) -> list[dict[str, Any]]:
    """Load documents as of the release of their words: one that is only released again is no news to who follows. One query."""
    rows = windows.annotate(words_at=words_released_at()).values_list("release__stored_body__body", "words_at")
    return [{**orjson.loads(bytes(body)), "released_at": format_moment(moment)} for body, moment in rows]
