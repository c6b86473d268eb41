"""``search_rebuild``: replace the index while searches and edits go on."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from elasticsearch import ApiError, TransportError

from cms.core.languages import LANGUAGES
from search.elastic.bulk import BulkError
from search.elastic.connection import is_configured
from search.elastic.index_rebuild import RebuildError, rebuild_index


class Command(BaseCommand):
    """Rebuild the indices of all languages, or of some."""

    help = "Rebuild the search index from the publication log; searches and edits go on meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the languages."""
        parser.add_argument("--locale", action="append", choices=list(LANGUAGES), help="only this language; may repeat")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild one language after the other."""
        if not is_configured():
            raise CommandError(
                _("No search engine is configured; publication_rebuild search-database rebuilds the texts.")
            )
        for locale in options["locale"] or list(LANGUAGES):
            try:
                done = rebuild_index(locale)
            except (ApiError, TransportError, BulkError, RebuildError) as error:
                raise CommandError(_("%(locale)s: %(error)s") % {"locale": locale, "error": error}) from error
            self.stdout.write(
                _("%(locale)s: %(documents)d documents in %(index)s; deleted: %(deleted)s")
                % {
                    "locale": locale,
                    "documents": done.documents,
                    "index": done.index,
                    "deleted": ", ".join(done.deleted) or "-",
                }
            )
