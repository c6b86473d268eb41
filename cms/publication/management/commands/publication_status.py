"""Show how far each follower has come, and what it could not follow."""

import sys
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from cms.publication.following.followers import (
    find_first_moment,
    get_head_position,
    has_waited,
    list_waiting_since,
)
from cms.publication.models import ChangedTarget, FollowerPosition, SetAsideContent
from cms.publication.registry import registry

# A worker follows within a second; who waits longer has none, or one that does not come through.
LONGEST_WAIT = timedelta(minutes=1)


class Command(BaseCommand):
    """One line a follower: how many rows it lags behind, and its last error; one line for each content that was set aside."""

    help = "Shows the lag of each follower of the publication log; exit 1 when rows wait for a minute or contents were set aside."

    def handle(self, *args: Any, **options: Any) -> None:
        head = get_head_position()
        positions = {position.name: position for position in FollowerPosition.objects.all()}
        self.stdout.write(f"log: {head} rows")
        self.stdout.write(f"references: {ChangedTarget.objects.count()} changes wait for their referrers")
        for name in sorted(registry.followers):
            position = positions.get(name)
            lag = head - (position.position if position else 0)
            error = (
                f"  {position.failures} failures, last: {position.last_error}" if position and position.failures else ""
            )
            self.stdout.write(f"{name}: {lag} behind{error}")
        is_standing = self._is_standing()
        if is_standing:
            self.stdout.write("Rows have waited for more than a minute: is the worker running?")
        set_aside = list(SetAsideContent.objects.order_by("follower", "position"))
        for content in set_aside:
            self.stdout.write(f"{content.follower}: set aside {content.content_id}: {content.error}")
        if set_aside:
            self.stdout.write("Try one again with: publication_rebuild NAME --only ID")
        if set_aside or is_standing:
            sys.exit(1)

    def _is_standing(self) -> bool:
        """Say whether a row has waited for a follower too long."""
        waits = list_waiting_since(registry.followers)
        moments = [waits[name] if name in waits else find_first_moment() for name in registry.followers]
        return any(has_waited(since, LONGEST_WAIT) for since in moments)
