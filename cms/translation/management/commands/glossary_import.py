"""Import the glossary."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from cms.translation.glossary.csv_import import GlossaryRefusedError, import_glossary


class Command(BaseCommand):
    """Imports all lines or none, and exits 1 with the lines that are wrong."""

    help = "Imports the glossary (CSV: concept,locale,term,kind; see docs/glossary.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the CSV file")
        parser.add_argument("--replace", action="store_true", help="remove the terms that are not in the file")

    @translation.override("en")  # the command line speaks one language
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            raw = Path(options["file"]).read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}") from error
        try:
            report = import_glossary(raw, is_replacing=options["replace"])
        except GlossaryRefusedError as error:
            for problem in error.errors:
                self.stderr.write(str(problem))
            self.stderr.write(f"{options['file']}: {error}")
            sys.exit(1)
        self.stdout.write(f"{options['file']}: {report}.")
