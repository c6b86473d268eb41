"""Take translations back in that were exported as PO or XLIFF."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from cms.core.languages import LANGUAGES
from cms.translation.interchange.file_import import import_file
from cms.translation.interchange.formats import read_file
from cms.translation.interchange.texts import LARGEST_FILE, TOO_LARGE, FileRefusedError


class Command(BaseCommand):
    """Stores what can be taken as drafts and says of each other passage why not; exits 1 when one was refused."""

    help = "Takes translated passages from a PO or XLIFF file of translation_export, as drafts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the file, ending in .po or .xlf")
        parser.add_argument("--publish", action="store_true", help="publish the texts of the file that are whole")
        parser.add_argument("--locale", default="", choices=["", *LANGUAGES], help="refuse a file of another language")

    @translation.override("en")  # the command line speaks one language
    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        try:
            if path.stat().st_size > LARGEST_FILE:
                raise FileRefusedError(TOO_LARGE % {"limit": LARGEST_FILE // 1024 // 1024})
            file = read_file(path.name, path.read_bytes())
            report = import_file(file, locale=options["locale"], is_publishing=options["publish"])
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}") from error
        except FileRefusedError as error:
            raise CommandError(f"{path}: {error} Nothing was taken.") from error
        for line in [*report.notes, *report.loud, *report.problems]:
            self.stderr.write(str(line))
        self.stdout.write(f"{path}: {report}.")
        if report.has_refusals:
            sys.exit(1)
