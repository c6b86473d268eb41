"""Lag of what is searched: do the index and the database's texts know what the publication log says? Asked before every search.

An index that is missing, still being filled or behind the log would answer with what was true some time ago, and nobody would see.
"""

from datetime import datetime, timedelta

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from cms.publication.models import FollowerPosition, Release
from search.followers import DatabaseFollower, ElasticsearchFollower

# An edit is indexed within a second; what waits longer is a lag.
LONGEST_WAIT = timedelta(seconds=2)


def is_index_behind() -> bool:
    """Say whether a row of the log has been waiting for the index too long, or was never indexed at all. One query."""
    waits = _list_waits(ElasticsearchFollower.name)
    return not waits or _is_too_long(waits[0])


def is_text_table_behind() -> bool:
    """Say whether a row of the log has been waiting for the database's texts too long. One query, two before the first is there."""
    waits = _list_waits(DatabaseFollower.name)
    if waits:
        return _is_too_long(waits[0])
    return _is_too_long(Release.objects.order_by("position").values_list("released_at", flat=True).first())


def _list_waits(follower: str) -> list[datetime | None]:
    """List since when the next row waits for a follower, ``None`` where none does; empty before it has followed one."""
    waiting = Release.objects.filter(position__gt=OuterRef("position")).order_by("position").values("released_at")[:1]
    followed = FollowerPosition.objects.filter(name=follower, position__gt=0)
    return list(followed.annotate(waiting_since=Subquery(waiting)).values_list("waiting_since", flat=True))


def _is_too_long(waiting_since: datetime | None) -> bool:
    return waiting_since is not None and waiting_since < timezone.now() - LONGEST_WAIT
