"""``search_rebuild``: replace what is searched while searches and edits go on."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from elasticsearch import ApiError, TransportError

from cms.core.languages import LANGUAGES
from cms.core.locking import LockBusyError
from cms.publication.following.followers import rebuild
from search.elastic.bulk import BulkError
from search.elastic.connection import is_configured
from search.elastic.index_rebuild import RebuildError, rebuild_index
from search.followers import DatabaseFollower
from search.models import SearchText


class Command(BaseCommand):
    """Rebuild the database's texts and the indices of all languages, or the indices of some."""

    help = "Rebuild what is searched from the publication log: the database's texts and, where there is an engine, its index."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the languages."""
        parser.add_argument(
            "--locale", action="append", choices=list(LANGUAGES), help="only this language's index; may repeat"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild the texts, then one language after the other."""
        if not options["locale"] or not is_configured():
            self._rebuild_texts()
        if not is_configured():
            self.stdout.write("No search engine is configured: the database searches.")
            return
        for locale in options["locale"] or list(LANGUAGES):
            try:
                done = rebuild_index(locale)
            except (ApiError, TransportError, BulkError, LockBusyError, RebuildError) as error:
                raise CommandError(f"{locale}: {error}") from error
            deleted = ", ".join(done.deleted) or "-"
            self.stdout.write(f"{locale}: {done.documents} documents in {done.index}; deleted: {deleted}")

    def _rebuild_texts(self) -> None:
        rebuild(DatabaseFollower())
        self.stdout.write(f"database: {SearchText.objects.count()} texts")
