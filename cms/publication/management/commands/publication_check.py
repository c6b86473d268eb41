"""Compare live pages with the log."""

import sys
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from cms.publication.pages.agreement import list_differences

# Of one kind so many are named; another PUBLIC_URL, say, makes every document differ. All are with ``--verbosity 2``.
MOST_NAMED = 20


class Command(BaseCommand):
    """Exits 1 on a difference; with ``--repair`` on one that is left."""

    help = "Compares live pages with the publication log; exit 1 on a difference, with --repair on one that is left."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="release or withdraw what differs")

    def handle(self, *args: Any, **options: Any) -> None:
        counts = self._look(is_repairing=options["repair"], names_all=options["verbosity"] > 1)
        found = counts.total()
        if not options["repair"] or not found:
            self.stdout.write(f"{found} differences found.")
            sys.exit(1 if found else None)
        left = sum(1 for _difference in list_differences())
        self.stdout.write(f"{found} differences found and repaired, {left} are left.")
        if left:
            sys.exit(1)

    def _look(self, *, is_repairing: bool, names_all: bool) -> Counter[str]:
        counts: Counter[str] = Counter()
        for difference in list_differences():
            counts[difference.what] += 1
            if names_all or counts[difference.what] <= MOST_NAMED:
                self.stdout.write(f"{difference.content_id} {difference.locale}: {difference.what}")
            if is_repairing:
                with transaction.atomic():
                    difference.repair()
        for what, count in counts.items():
            if count > MOST_NAMED and not names_all:
                self.stdout.write(f"and {count - MOST_NAMED} more: {what}")
        return counts
