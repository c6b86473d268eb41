"""Compare live pages with the log."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from cms.publication.pages.agreement import list_differences


class Command(BaseCommand):
    """Exits 1 on a difference, also after repairing it, so that somebody asks where it came from."""

    help = "Compares live pages with the publication log."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="release or withdraw what differs")

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for difference in list_differences():
            count += 1
            self.stdout.write(f"{difference.content_id} {difference.locale}: {difference.what}")
            if options["repair"]:
                with transaction.atomic():
                    difference.repair()
        done = " and repaired" if options["repair"] else ""
        self.stdout.write(f"{count} differences found{done if count else ''}.")
        if count:
            sys.exit(1)
