"""The index's lag: whether the index knows what the publication log says, asked before every search.

An index that is missing, still being filled or behind the log would answer with what was true some time ago, and nobody would see.
"""

from datetime import timedelta

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from cms.publication.models import FollowerPosition, Release
from search.followers import ElasticsearchFollower

# An edit is indexed within a second; what waits longer is a lag.
LONGEST_WAIT = timedelta(seconds=2)


def is_index_behind() -> bool:
    """Say whether a row of the log has been waiting for the index too long, or was never indexed at all. One query."""
    waiting = Release.objects.filter(position__gt=OuterRef("position")).order_by("position").values("released_at")[:1]
    followed = FollowerPosition.objects.filter(name=ElasticsearchFollower.name, position__gt=0)
    found = list(followed.annotate(waiting_since=Subquery(waiting)).values_list("waiting_since", flat=True))
    if not found:
        return True
    return found[0] is not None and found[0] < timezone.now() - LONGEST_WAIT
