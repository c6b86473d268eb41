"""Running followers: read the log in batches, hand them over, store the position afterwards."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cms.publication.models import FollowerPosition, LogHead, Release
from cms.publication.registry import Follower

logger = logging.getLogger(__name__)

BATCH_SIZE = 500
# How long indexing stands still after a worker was killed. A batch that takes longer may be taken twice, which harms nothing.
LEASE = timedelta(seconds=15)


def get_head_position() -> int:
    """Return the position of the last row of the log."""
    return LogHead.objects.filter(pk=1).values_list("position", flat=True).first() or 0


def follow_once(follower: Follower, holder: str) -> int:
    """Let a follower take its next batch, unless another worker holds it. Returns the number of rows taken.

    The position is stored after the follower has finished: killed in between, it gets the same batch again.
    """
    stored = FollowerPosition.objects.filter(name=follower.name).values_list("position", flat=True).first()
    if stored is not None and stored >= get_head_position():
        return 0
    if not _take_lease(follower.name, holder):
        return 0
    position = FollowerPosition.objects.values_list("position", flat=True).get(name=follower.name)
    batch = list(Release.objects.filter(position__gt=position).order_by("position")[:BATCH_SIZE])
    if not batch:
        return 0
    try:
        follower.follow(batch)
    except Exception as error:
        FollowerPosition.objects.filter(name=follower.name).update(
            failures=_count_failure(follower.name),
            last_error=f"{type(error).__name__}: {error}"[:2000],
            leased_until=None,
        )
        raise
    FollowerPosition.objects.filter(name=follower.name, holder=holder).update(
        position=batch[-1].position, failures=0, last_error=""
    )
    return len(batch)


def catch_up(follower: Follower, holder: str = "command") -> int:
    """Let a follower take everything there is. Returns the number of rows taken."""
    taken = 0
    while step := follow_once(follower, holder):
        taken += step
    release_lease(follower.name, holder)
    return taken


def release_lease(name: str, holder: str) -> None:
    """Let another worker take over at once."""
    FollowerPosition.objects.filter(name=name, holder=holder).update(leased_until=None)


def rebuild(follower: Follower) -> int:
    """Throw away what a follower made and follow the log again from zero. Returns the number of rows taken."""
    follower.reset()
    FollowerPosition.objects.update_or_create(
        name=follower.name, defaults={"position": 0, "failures": 0, "last_error": ""}
    )
    return catch_up(follower)


def _take_lease(name: str, holder: str) -> bool:
    now = timezone.now()
    with transaction.atomic():
        FollowerPosition.objects.get_or_create(name=name)
        free = Q(leased_until__isnull=True) | Q(leased_until__lt=now) | Q(holder=holder)
        taken = FollowerPosition.objects.filter(free, name=name).update(holder=holder, leased_until=now + LEASE)
    return bool(taken)


def _count_failure(name: str) -> int:
    return 1 + FollowerPosition.objects.values_list("failures", flat=True).get(name=name)
