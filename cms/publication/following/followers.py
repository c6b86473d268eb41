"""Running followers: read the log in batches, hand them over, store the position afterwards."""

import logging
import os
import socket
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from cms.publication.following.isolation import find_sick_contents
from cms.publication.following.leases import (
    POLL_SECONDS,
    Lease,
    find_lease,
    release_lease,
    start_over,
    take_lease,
)
from cms.publication.models import FollowerPosition, LogHead, Release, SetAsideContent
from cms.publication.registry import Follower

logger = logging.getLogger(__name__)

BATCH_SIZE = 500
# A batch that failed this often is looked at content by content.
TRIES_BEFORE_ISOLATION = 3


class NotInLogError(LookupError):
    """The content is not in the log."""


def get_head_position() -> int:
    """Return the position of the last row of the log."""
    return LogHead.objects.filter(pk=1).values_list("position", flat=True).first() or 0


def follow_once(follower: Follower, holder: str, *, keep: bool = False) -> int:
    """Let a follower take its next batch, unless somebody else holds it. Returns the number of rows taken.

    The position is stored after the follower has finished: killed in between, it gets the same batch again. With ``keep`` the
    lease is held beyond the batch.

    Raises:
        Exception: the follower's own error; after some tries an item that fails by itself is set aside instead.
    """
    stored = FollowerPosition.objects.filter(name=follower.name).values_list("position", flat=True).first()
    if stored is not None and stored >= get_head_position():
        return 0
    lease = find_lease(follower.name, holder)
    if lease is None:
        return 0
    batch = list(Release.objects.filter(position__gt=lease.position).order_by("position")[:BATCH_SIZE])
    if not batch:
        lease.store_position(lease.position, keep=keep)
        return 0
    try:
        sick = _follow_batch(follower, batch, lease)
    except Exception:
        lease.release()
        raise
    _store_set_aside(follower.name, batch, sick)
    return len(batch) if lease.store_position(batch[-1].position, keep=keep) else 0


def catch_up(follower: Follower, holder: str = "command") -> int:
    """Let a follower take everything there is. Returns the number of rows taken."""
    taken = 0
    while step := follow_once(follower, holder, keep=True):
        taken += step
    release_lease(follower.name, holder)
    return taken


def rebuild(follower: Follower) -> int:
    """Throw away what a follower made and follow the log again from zero, beside a running worker too. Returns the rows taken.

    Raises:
        FollowerBusyError: if somebody else holds the follower and does not let go.
    """
    holder = f"rebuild {socket.gethostname()}:{os.getpid()}"[:60]
    take_lease(follower.name, holder)
    # Before: a batch under way stores no position, and a rebuild that is killed is gone on with from zero. After: nor does a
    # batch that was taken during a reset that outlasted the lease.
    start_over(follower.name)
    follower.reset()
    start_over(follower.name)
    SetAsideContent.objects.filter(follower=follower.name).delete()
    taken = 0
    while _is_behind(follower.name):
        step = follow_once(follower, holder, keep=True)
        taken += step
        if not step:
            time.sleep(POLL_SECONDS)
    release_lease(follower.name, holder)
    return taken


def follow_again(follower: Follower, content_ids: Iterable[UUID]) -> int:
    """Follow all rows of some contents again, set aside or not. Returns the number of rows taken.

    Raises:
        NotInLogError: if the log holds nothing of one of them.
        Exception: the follower's own error; the content stays set aside.
    """
    taken = 0
    for content_id in content_ids:
        rows = list(Release.objects.filter(content_id=content_id).order_by("position"))
        if not rows:
            raise NotInLogError(f"The log holds nothing of {content_id}.")
        follower.follow(rows)
        SetAsideContent.objects.filter(follower=follower.name, content_id=content_id).delete()
        taken += len(rows)
    return taken


def list_waiting_since(names: Collection[str]) -> dict[str, datetime | None]:
    """List by follower since when its next row waits, ``None`` where none does; who never followed one is left out. One query."""
    waiting = Release.objects.filter(position__gt=OuterRef("position")).order_by("position").values("released_at")[:1]
    followed = FollowerPosition.objects.filter(name__in=list(names), position__gt=0)
    return dict(followed.annotate(waiting_since=Subquery(waiting)).values_list("name", "waiting_since"))


def find_first_moment() -> datetime | None:
    """Find when the log's first row was released: since then rows wait for who never followed one."""
    return Release.objects.order_by("position").values_list("released_at", flat=True).first()


def has_waited(since: datetime | None, longest: timedelta) -> bool:
    """Say whether something waits since a moment, and for longer than allowed."""
    return since is not None and since < timezone.now() - longest


def count_set_aside() -> dict[str, int]:
    """Count the contents set aside, by follower."""
    counts: dict[str, int] = {}
    for name in SetAsideContent.objects.values_list("follower", flat=True):
        counts[name] = counts.get(name, 0) + 1
    return counts


def _follow_batch(follower: Follower, batch: Sequence[Release], lease: Lease) -> Mapping[UUID, Exception]:
    """Hand a batch over. Returns the contents that have to be set aside."""
    try:
        follower.follow(batch)
    except Exception as error:
        if lease.store_failure(error) < TRIES_BEFORE_ISOLATION:
            raise
        return find_sick_contents(follower, batch, _list_followed(batch, lease.position), lease.renew)
    return {}


def _is_behind(name: str) -> bool:
    position = FollowerPosition.objects.filter(name=name).values_list("position", flat=True).first() or 0
    return position < get_head_position()


def _list_followed(batch: Sequence[Release], position: int) -> list[Release]:
    """List the last row that was followed of an item that is not in a batch."""
    contents = {row.content_id for row in batch}
    sick = SetAsideContent.objects.values("content_id")
    earlier = (
        Release.objects.filter(position__lte=position).exclude(content_id__in=contents).exclude(content_id__in=sick)
    )
    return list(earlier.order_by("-position")[:1])


def _store_set_aside(name: str, batch: Sequence[Release], sick: Mapping[UUID, Exception]) -> None:
    """Set sick contents aside, and take back those of the batch that could be followed now."""
    set_aside = SetAsideContent.objects.filter(follower=name)
    if set_aside.exists():
        set_aside.filter(content_id__in={row.content_id for row in batch} - set(sick)).delete()
    for content_id, error in sick.items():
        described = f"{type(error).__name__}: {error}"[:2000]
        position = max(row.position for row in batch if row.content_id == content_id)
        SetAsideContent.objects.update_or_create(
            follower=name,
            content_id=content_id,
            defaults={"position": position, "error": described, "set_aside_at": timezone.now()},
        )
        logger.error("%s: %s is set aside: %s", name, content_id, described)
