"""Write a content bundle."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms.exchange.bundle_export import BundleExporter
from cms.exchange.bundle_files import BundleFiles, get_folder


class Command(BaseCommand):
    """Writes drafts, present and planned versions of every page, with files beside it; the bundle appears when it is complete."""

    help = "Writes everything editors made as a content bundle, its pictures and files beside it in FILE.files/."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="where to write the bundle")

    def handle(self, *args: Any, **options: Any) -> None:
        target = Path(options["file"])
        unfinished = target.with_name(f".{target.name}.{os.getpid()}")
        exporter = BundleExporter(BundleFiles(get_folder(target)))
        count = 0
        with unfinished.open("w", encoding="utf-8") as bundle:
            for line in exporter.write():
                bundle.write(line + "\n")
                count += 1
        unfinished.replace(target)
        exporter.files.delete_others()
        for warning in exporter.warnings:
            self.stderr.write(warning)
        beside = f", {len(exporter.files.names)} files to {get_folder(target)}" if exporter.files.names else ""
        self.stdout.write(f"{count} lines written to {target}{beside}.")
