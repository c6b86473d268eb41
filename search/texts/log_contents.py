"""Current state of some contents in the log: the input of every index, read in a handful of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from django.db.models import Max, prefetch_related_objects

from cms.publication.enums import Kind
from cms.publication.models import Release, ReleaseBody, Window
from legal.enums import ACT

CONTENTS_IN_MEMORY = 100
VERSIONS_IN_MEMORY = 200


class GoneVersion(NamedTuple):
    """A release that has no window: withdrawn, superseded on its own days, or never to apply."""

    locale: str
    version: str
    type: str
    released_at: datetime


@dataclass
class Content:
    """One content. ``position`` is that of its last row in the log: what is derived from it carries it as external version.

    ``windows`` cover all languages and stand in order of time; ``documents`` are keyed by the window's position, as far as they
    are loaded, with the window's terms and commencements; ``gone`` lists the releases that have no window.
    """

    content_id: UUID
    position: int
    windows: list[Window] = field(default_factory=list)
    documents: dict[int, dict[str, Any]] = field(default_factory=dict)
    gone: list[GoneVersion] = field(default_factory=list)

    @property
    def is_act(self) -> bool:
        """Say whether it has sections, or had when it was there."""
        return ACT in {*(window.type for window in self.windows), *(gone.type for gone in self.gone)}

    @property
    def has_a_past(self) -> bool:
        """Say whether an earlier state of it may have been written."""
        return bool(self.gone) or len(self.windows) != 1

    @property
    def newest(self) -> Window:
        """The window whose terms an act's sections take on: that of the newest release."""
        return max(self.windows, key=lambda window: window.pk)


def load_contents(content_ids: Iterable[UUID]) -> list[Content]:
    """Load contents as they stand now, with the documents of all their versions."""
    contents = load_states(content_ids)
    load_documents(contents, {window.pk for content in contents for window in content.windows})
    return contents


def load_states(content_ids: Iterable[UUID]) -> list[Content]:
    """Load contents as they stand now, without documents.

    The positions are read first: a row that is appended meanwhile makes the windows newer than their position says, never
    older, and its own turn in the log comes later.
    """
    wanted = list(content_ids)
    contents = {key: Content(key, position) for key, position in list_last_positions(wanted).items()}
    for window in Window.objects.filter(content_id__in=wanted).order_by("starts", "pk"):
        contents[window.content_id].windows.append(window)
    _add_gone(contents)
    return list(contents.values())


def load_documents(contents: Iterable[Content], positions: Collection[int]) -> None:
    """Load the documents of some windows, with their terms and commencements, where they are not loaded yet."""
    found = {
        window.pk: (content, window)
        for content in contents
        for window in content.windows
        if window.pk in positions and window.pk not in content.documents
    }
    bodies = dict(ReleaseBody.objects.filter(pk__in=list(found)).values_list("pk", "body"))
    prefetch_related_objects([window for _content, window in found.values()], "terms", "commencements")
    for position, (content, window) in found.items():
        if position in bodies:
            content.documents[position] = orjson.loads(bytes(bodies[position]))
        else:
            # Withdrawn between two of these queries: it is removed when its own row is followed.
            content.windows.remove(window)


def list_last_positions(content_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return the position of each content's last row."""
    rows = Release.objects.filter(content_id__in=list(content_ids)).order_by().values("content_id")
    return dict(rows.annotate(last=Max("position")).values_list("content_id", "last"))


def list_content_ids(batch: Sequence[Release]) -> list[UUID]:
    """List the contents a batch of the log is about, each once.

    An item with rows beyond the batch is left to them: its windows are read as they stand now, so once is enough.
    """
    last_in_batch: dict[UUID, int] = {row.content_id: row.position for row in batch}
    last = list_last_positions(last_in_batch)
    end = max((row.position for row in batch), default=0)
    return [content_id for content_id in last_in_batch if last.get(content_id, 0) <= end]


def _add_gone(contents: dict[UUID, Content]) -> None:
    there: dict[UUID, set[str]] = defaultdict(set)
    for content in contents.values():
        there[content.content_id] = {window.version for window in content.windows}
    released = Release.objects.filter(content_id__in=list(contents), kind=Kind.RELEASED).order_by("position")
    fields = ("content_id", "locale", "version", "type", "released_at")
    for content_id, locale, version, kind, released_at in released.values_list(*fields):
        if version not in there[content_id]:
            contents[content_id].gone.append(GoneVersion(locale, version, kind, released_at))
