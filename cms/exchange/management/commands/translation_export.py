"""Write what there is to translate into one language as PO or XLIFF."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from cms.core.languages import LANGUAGES
from cms.exchange.identity import derive_content_id
from cms.exchange.models import SourceRecord
from cms.translation.interchange.file_export import export_texts
from cms.translation.interchange.formats import write_file


class Command(BaseCommand):
    """Writes all texts that are out, or those named; exits 1 when one that was named is not in the file."""

    help = "Writes passages to translate as PO, or as XLIFF 1.2 when FILE ends in .xlf; nothing is released."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="where to write, ending in .po or .xlf")
        parser.add_argument("--locale", required=True, choices=list(LANGUAGES), help="the language to translate into")
        parser.add_argument(
            "--outdated",
            action="store_true",
            help="only translations that are outdated or miss passages, and texts nobody has begun that were asked for",
        )
        parser.add_argument(
            "--source",
            action="append",
            default=[],
            metavar="ID",
            help="only this text, named by the source_id of a bundle's line or the id of the API; may be given several times",
        )

    @translation.override("en")  # the command line speaks one language
    def handle(self, *args: Any, **options: Any) -> None:
        content_ids = [find_content_id(source_id) for source_id in options["source"]]
        report = export_texts(options["locale"], content_ids=content_ids, only_outdated=options["outdated"])
        for reason in report.skipped:
            self.stderr.write(reason)
        target = Path(options["file"])
        try:
            target.write_bytes(write_file(target.name, report.file))
        except OSError as error:
            raise CommandError(f"{target} cannot be written: {error.strerror}") from error
        passages = sum(len(text.passages) for text in report.file.texts)
        self.stdout.write(f"{len(report.file.texts)} texts with {passages} passages written to {target}.")
        if content_ids and report.skipped:
            raise CommandError(f"{len(report.skipped)} texts are not in the file.")


def find_content_id(source_id: str) -> UUID:
    """Find a content by a bundle's source id; one that no bundle brought is derived, as an import would."""
    record = SourceRecord.objects.filter(source_id=source_id).order_by("pk").first()
    return record.content_id if record else derive_content_id(source_id)
