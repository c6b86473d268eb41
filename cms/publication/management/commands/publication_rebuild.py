"""Rebuild what one follower made, from the log."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.publication.following.followers import NotInLogError, follow_again, rebuild
from cms.publication.following.leases import FollowerBusyError
from cms.publication.log.projection import rebuild_windows
from cms.publication.pages.referrers import rebuild_references
from cms.publication.registry import Follower, registry

WINDOWS = "windows"
REFERENCES = "references"


class Command(BaseCommand):
    """``windows`` rebuilds the projection that reads are answered from, ``references`` what every text shows by reference.

    Any other name is a follower's.
    """

    help = "Rebuilds one follower, the windows or the references, from the log."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help=f"{WINDOWS}, {REFERENCES}, or the name of a follower")
        parser.add_argument(
            "--only", metavar="ID", nargs="+", type=UUID, help="contents to follow again, the rest stays"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"]
        if name == WINDOWS and not options["only"]:
            self.stdout.write(f"{rebuild_windows()} windows rebuilt.")
            return
        if name == REFERENCES:
            self.stdout.write(f"references of {rebuild_references()} pages rebuilt.")
            return
        follower = registry.followers.get(name)
        if follower is None:
            known = ", ".join([REFERENCES, WINDOWS, *sorted(registry.followers)])
            raise CommandError(f"There is no follower named {name}. Known: {known}")
        self.stdout.write(f"{name}: {_run(follower, options['only'])} rows followed.")


def _run(follower: Follower, only: list[UUID] | None) -> int:
    try:
        return follow_again(follower, only) if only else rebuild(follower)
    except (FollowerBusyError, NotInLogError) as error:
        raise CommandError(str(error)) from error
    except Exception as error:
        if only is None:
            raise
        raise CommandError(f"It cannot be followed yet: {type(error).__name__}: {error}") from error
