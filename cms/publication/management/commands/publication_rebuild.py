"""Rebuild what one follower made, from the log."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.publication.following.followers import rebuild
from cms.publication.log.projection import rebuild_windows
from cms.publication.registry import registry

WINDOWS = "windows"


class Command(BaseCommand):
    """``windows`` rebuilds the projection that reads are answered from; any other name is a follower's."""

    help = "Rebuilds one follower, or the windows, from the log."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help=f"{WINDOWS}, or the name of a follower")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"]
        if name == WINDOWS:
            self.stdout.write(f"{rebuild_windows()} windows rebuilt.")
            return
        follower = registry.followers.get(name)
        if follower is None:
            known = ", ".join([WINDOWS, *sorted(registry.followers)])
            raise CommandError(f"There is no follower named {name}. Known: {known}")
        self.stdout.write(f"{name}: {rebuild(follower)} rows followed.")
