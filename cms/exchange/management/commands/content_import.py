"""Import a content bundle."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from cms.exchange.bundle_files import BundleFiles, get_folder
from cms.exchange.bundle_import import BundleRefusedError, import_bundle


class Command(BaseCommand):
    """Imports all lines or none; with ``--keep-going`` the good ones. Exits 1 when a line was refused.

    Pictures and files are taken from ``FILE.files/``.
    """

    help = "Imports a content bundle (NDJSON, docs/content-bundle.schema.json)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the bundle")
        parser.add_argument(
            "--keep-going", action="store_true", help="import the good lines although others are refused"
        )

    @translation.override("en")  # the command line speaks one language
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            bundle = Path(options["file"])
            raw_lines = bundle.read_bytes().split(b"\n")
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}") from error
        try:
            report = import_bundle(raw_lines, keep_going=options["keep_going"], files=BundleFiles(get_folder(bundle)))
        except BundleRefusedError as error:
            report = error.report
            for problem in report.errors:
                self.stderr.write(str(problem))
            self.stderr.write(f"{options['file']}: {len(report.errors)} errors; nothing was imported.")
            sys.exit(1)
        for problem in [*report.errors, *report.notes]:
            self.stderr.write(str(problem))
        self.stdout.write(f"{options['file']}: {report}.")
        if report.errors:
            sys.exit(1)
