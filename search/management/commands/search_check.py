"""``search_check``: what is searched against the log."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from elasticsearch import ApiError, TransportError

from cms.core.locking import LockBusyError
from search.elastic.bulk import BulkError
from search.elastic.connection import is_configured
from search.elastic.index_rebuild import RebuildError
from search.gate import SearchFinding, check_index, check_texts


class Command(BaseCommand):
    """Compare the index and the database's texts with the log."""

    help = "Compare the search index and the database's texts with the publication log; exit 1 on a difference."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the repair."""
        parser.add_argument("--repair", action="store_true", help="bring in line what differs, then compare again")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line for each thing compared."""
        findings = list(self._report(check_texts(repair=options["repair"])))
        if is_configured():
            try:
                findings += self._report(check_index(repair=options["repair"]))
            except (ApiError, TransportError, BulkError) as error:
                raise CommandError(f"The search engine failed: {error}") from error
            except (LockBusyError, RebuildError) as error:
                raise CommandError(str(error)) from error
        if any(finding.is_drifted for finding in findings):
            raise CommandError("What is searched differs from the log; --repair brings it in line.")

    def _report(self, findings: Any) -> Any:
        for finding in findings:
            self._print(finding)
            yield finding

    def _print(self, finding: SearchFinding) -> None:
        style = self.style.ERROR if finding.is_drifted else self.style.SUCCESS
        self.stdout.write(style(f"{finding.name}: {finding.description}"))
