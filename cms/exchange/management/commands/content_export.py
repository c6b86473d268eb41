"""Write a content bundle."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms.exchange.bundle_export import BundleExporter


class Command(BaseCommand):
    """Writes drafts, present and planned versions of every page; the file appears when it is complete."""

    help = "Writes everything editors made as a content bundle."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="where to write the bundle")

    def handle(self, *args: Any, **options: Any) -> None:
        target = Path(options["file"])
        unfinished = target.with_name(f".{target.name}.{os.getpid()}")
        count = 0
        with unfinished.open("w", encoding="utf-8") as bundle:
            for line in BundleExporter().write():
                bundle.write(line + "\n")
                count += 1
        unfinished.replace(target)
        self.stdout.write(f"{count} lines written to {target}.")
