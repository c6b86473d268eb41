"""What the log now says of some contents: the input of every index, read in a handful of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Max

from cms.publication.enums import Kind
from cms.publication.models import Release, ReleaseBody, Window
from search.texts.provision_texts import ACT

CONTENTS_IN_MEMORY = 100


@dataclass
class Content:
    """One content. ``position`` is that of its last row in the log: what is derived from it carries it as external version.

    ``windows`` come with their terms and commencements and cover all languages; ``documents`` are keyed by the window's
    position; ``gone`` lists ``(locale, version)`` of the releases that have no window.
    """

    content_id: UUID
    position: int
    windows: list[Window] = field(default_factory=list)
    documents: dict[int, dict[str, Any]] = field(default_factory=dict)
    gone: list[tuple[str, str]] = field(default_factory=list)


def load_contents(content_ids: Iterable[UUID]) -> list[Content]:
    """Load contents as they stand now.

    The positions are read first: a row that is appended meanwhile makes the windows newer than their position says, never
    older, and its own turn in the log comes later.
    """
    wanted = list(content_ids)
    contents = {key: Content(key, position) for key, position in list_last_positions(wanted).items()}
    windows = Window.objects.filter(content_id__in=wanted).order_by("starts", "pk")
    for window in windows.prefetch_related("terms", "commencements"):
        contents[window.content_id].windows.append(window)
    pks = [window.pk for content in contents.values() for window in content.windows]
    bodies = dict(ReleaseBody.objects.filter(pk__in=pks).values_list("pk", "body"))
    for content in contents.values():
        # A version withdrawn between two of these queries is skipped here and removed when its own row is followed.
        content.windows = [window for window in content.windows if window.pk in bodies]
        content.documents = {window.pk: orjson.loads(bytes(bodies[window.pk])) for window in content.windows}
    _add_gone(contents)
    return list(contents.values())


def list_last_positions(content_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return the position of each content's last row."""
    rows = Release.objects.filter(content_id__in=list(content_ids)).order_by().values("content_id")
    return dict(rows.annotate(last=Max("position")).values_list("content_id", "last"))


def list_content_ids(batch: Sequence[Release]) -> list[UUID]:
    """List the contents a batch of the log is about, each once.

    A content with rows beyond the batch is left to them: its windows are read as they stand now, so once is enough.
    """
    last_in_batch: dict[UUID, int] = {row.content_id: row.position for row in batch}
    last = list_last_positions(last_in_batch)
    end = max((row.position for row in batch), default=0)
    return [content_id for content_id in last_in_batch if last.get(content_id, 0) <= end]


def pick_newest(windows: Sequence[Window]) -> Window:
    """Pick the window whose terms an act's sections take on: that of the newest release."""
    return max(windows, key=lambda window: window.pk)


def is_act(content: Content) -> bool:
    """Say whether a content has sections, or had when it was there."""
    return any(window.type == ACT for window in content.windows) or not content.windows


def _add_gone(contents: dict[UUID, Content]) -> None:
    there: dict[UUID, set[str]] = defaultdict(set)
    for content in contents.values():
        there[content.content_id] = {window.version for window in content.windows}
    released = Release.objects.filter(content_id__in=list(contents), kind=Kind.RELEASED).order_by("position")
    for content_id, locale, version in released.values_list("content_id", "locale", "version"):
        if version not in there[content_id]:
            contents[content_id].gone.append((locale, version))
