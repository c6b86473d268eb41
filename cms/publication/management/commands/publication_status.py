"""Show how far each follower has come."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.publication.following.followers import get_head_position
from cms.publication.models import FollowerPosition
from cms.publication.registry import registry


class Command(BaseCommand):
    """One line a follower: how many rows it lags behind, and its last error."""

    help = "Shows the lag of each follower of the publication log."

    def handle(self, *args: Any, **options: Any) -> None:
        head = get_head_position()
        positions = {position.name: position for position in FollowerPosition.objects.all()}
        self.stdout.write(f"log: {head} rows")
        for name in sorted(registry.followers):
            position = positions.get(name)
            lag = head - (position.position if position else 0)
            error = (
                f"  {position.failures} failures, last: {position.last_error}" if position and position.failures else ""
            )
            self.stdout.write(f"{name}: {lag} behind{error}")
