"""Export the glossary."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.translation.glossary.csv_import import export_glossary


class Command(BaseCommand):
    """Writes every term; importing the file again changes nothing."""

    help = "Exports the glossary (CSV: concept,locale,term,kind; see docs/glossary.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the CSV file")
        parser.add_argument("--definitions", action="store_true", help="write the definitions in a fifth column")

    def handle(self, *args: Any, **options: Any) -> None:
        text = export_glossary(has_definitions=options["definitions"])
        try:
            Path(options["file"]).write_text(text, encoding="utf-8", newline="")
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be written: {error.strerror}") from error
        self.stdout.write(f"{options['file']}: {text.count(chr(10)) - 1} terms.")
