"""The two followers of search: the index of the engine, and the text table of the database."""

import logging
from collections.abc import Sequence

from cms.core.languages import LANGUAGES
from cms.publication.following.followers import get_head_position
from cms.publication.models import FollowerPosition, Release
from search.database.text_table import clear_texts, store_texts
from search.elastic.connection import get_write_client
from search.elastic.index_names import READ, WRITE
from search.elastic.index_updates import index_contents
from search.elastic.indices import Aliases, create_index, delete_index, list_indices, load_aliases, swap
from search.texts.log_contents import list_content_ids

logger = logging.getLogger(__name__)


class IndexMissingError(RuntimeError):
    """The index is not there although the log was followed: it has been created anew and is filled from the log's beginning."""


class ElasticsearchFollower:
    """Keeps one index a language in line with the log.

    An index that is missing is created and filled; searches stay with the database until it holds everything, because only then
    does the read alias point to it.
    """

    name = "search-elasticsearch"

    def follow(self, batch: Sequence[Release]) -> None:
        """Index the contents of a batch.

        Raises:
            BulkError: if the engine did not take everything.
            IndexMissingError: if the index was lost; the stored position is set back.
        """
        client = get_write_client()
        aliases = load_aliases(client)
        if missing := aliases.list_missing(WRITE):
            for locale in missing:
                create_index(client, locale, [WRITE])
            if batch[0].position > 1:
                request_refill()
                raise IndexMissingError(f"index missing for {', '.join(missing)}: created, filling it from the log")
            aliases = load_aliases(client)
        index_contents(client, aliases, list_content_ids(batch))
        if aliases.list_missing(READ) and batch[-1].position >= get_head_position():
            self._open(aliases)

    def reset(self) -> None:
        """Throw the indices away; the log fills new ones."""
        client = get_write_client()
        for locale in LANGUAGES:
            for index in list_indices(client, locale):
                delete_index(client, index)

    def _open(self, aliases: Aliases) -> None:
        """Let readers in: the new indices hold everything the log says."""
        client = get_write_client()
        for locale in aliases.list_missing(READ):
            index = aliases.find_index(locale, WRITE)
            if index is not None:
                client.indices.refresh(index=index)
                swap(client, locale, index)


class DatabaseFollower:
    """Keeps the database's own full text in line with the log: it answers when the engine cannot."""

    name = "search-database"

    def follow(self, batch: Sequence[Release]) -> None:
        """Store the texts of a batch's contents."""
        store_texts(list_content_ids(batch))

    def reset(self) -> None:
        """Empty the table."""
        clear_texts()


def request_refill() -> None:
    """Let the index be filled from the log's beginning."""
    FollowerPosition.objects.filter(name=ElasticsearchFollower.name, position__gt=0).update(position=0)
