"""The two followers of search: the index of the engine, and the text table of the database."""

import logging
from collections.abc import Iterable, Sequence
from contextlib import suppress

from elasticsearch import BadRequestError, Elasticsearch

from cms.core.languages import LANGUAGES
from cms.core.locking import LockBusyError
from cms.publication.following.followers import get_head_position
from cms.publication.following.leases import start_over
from cms.publication.models import FollowerPosition, Release
from search.database.text_table import delete_unknown_texts, store_texts
from search.elastic.connection import get_write_client
from search.elastic.index_lock import hold_indices
from search.elastic.index_names import READ, WRITE
from search.elastic.index_rebuild import settle_index
from search.elastic.index_updates import index_contents
from search.elastic.indices import (
    Aliases,
    add_missing_fields,
    create_index,
    delete_index,
    list_indices,
    load_aliases,
    swap,
)
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

    def __init__(self) -> None:
        self._completed: set[str] = set()

    def follow(self, batch: Sequence[Release]) -> None:
        """Index the contents of a batch.

        Raises:
            BulkError: if the engine did not take everything.
            IndexMissingError: if the index was lost; the stored position is set back.
        """
        client = get_write_client()
        aliases = load_aliases(client)
        if missing := aliases.list_missing(WRITE):
            created = _create_indices(client, missing)
            if created and batch[0].position > 1:
                request_refill()
                raise IndexMissingError(f"index missing for {', '.join(created)}: created, filling it from the log")
            aliases = load_aliases(client)
        self._complete(client, aliases)
        index_contents(client, aliases, list_content_ids(batch))
        if aliases.list_missing(READ) and batch[-1].position >= get_head_position():
            self._open(aliases)

    def reset(self) -> None:
        """Throw the indices away; the log fills new ones.

        Raises:
            LockBusyError: if somebody else makes or replaces an index.
        """
        client = get_write_client()
        for locale in LANGUAGES:
            with hold_indices(locale):
                for index in list_indices(client, locale):
                    delete_index(client, index)

    def _complete(self, client: Elasticsearch, aliases: Aliases) -> None:
        """Let the indices in use take every field of this release; asked once for each index."""
        indices = {index for locale in LANGUAGES if (index := aliases.find_index(locale, WRITE))}
        for index in sorted(indices - self._completed):
            add_missing_fields(client, index)
        self._completed = indices

    def _open(self, aliases: Aliases) -> None:
        """Let readers in where a new index holds everything the log says; a rebuild under way opens its own."""
        client = get_write_client()
        for locale in aliases.list_missing(READ):
            index = aliases.find_index(locale, WRITE)
            if index is None:
                continue
            with suppress(LockBusyError), hold_indices(locale):
                if load_aliases(client).list_in_use(locale) != [index]:
                    continue
                # Whoever else sets the follower back may have left a hole: readers would take it for the whole.
                drift = settle_index(client, locale, index, aliases)
                if drift.is_drifted:
                    logger.error("index %s is not opened: %s", index, drift.describe())
                else:
                    swap(client, locale, index)


def _create_indices(client: Elasticsearch, locales: Iterable[str]) -> list[str]:
    """Create indices, each by itself: a language the engine refuses must not keep the others from being searched."""
    created = []
    for locale in locales:
        try:
            with hold_indices(locale):
                if locale in load_aliases(client).list_missing(WRITE):
                    create_index(client, locale, [WRITE])
                    created.append(locale)
        except LockBusyError:
            # It is being rebuilt, and the new one follows the log already.
            continue
        except BadRequestError as error:
            logger.error("the search engine refuses an index for %s: %s", locale, str(error)[:300])
    return created


class DatabaseFollower:
    """Keeps the database's own full text in line with the log: it answers when the engine cannot."""

    name = "search-database"

    def follow(self, batch: Sequence[Release]) -> None:
        """Store the texts of a batch's contents."""
        store_texts(list_content_ids(batch))

    def reset(self) -> None:
        """Drop what the log does not know; everything else is stored anew while it is followed, and found meanwhile."""
        delete_unknown_texts()


def request_refill() -> None:
    """Let the index be filled from the log's beginning, whatever batch is under way."""
    # One that stands at the beginning is being filled already.
    if FollowerPosition.objects.filter(name=ElasticsearchFollower.name, position__gt=0).exists():
        start_over(ElasticsearchFollower.name)
