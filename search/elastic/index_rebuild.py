"""Replacing a language's index while searches and edits go on.

The new index stands behind the alias ``next`` while it is filled; the follower writes to it and to the one in use, so readers
miss nothing and nothing is lost. When the new one says what the log says, one request moves the aliases and deletes the old one.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from elasticsearch import ApiError, Elasticsearch, TransportError

from search.elastic.connection import get_write_client
from search.elastic.index_drift import IndexDrift, find_index_drift, repair_index
from search.elastic.index_fill import fill_index
from search.elastic.index_lock import hold_indices
from search.elastic.index_names import NEXT, build_alias
from search.elastic.indices import Aliases, create_index, delete_index, list_indices, load_aliases, swap
from search.elastic.mappings import REFRESH_INTERVAL

# An edit that is followed during the comparison looks like a difference; it is gone at the next look.
COMPARISONS = 4


class RebuildError(RuntimeError):
    """The new index does not hold what the log says; readers stay with the old one."""


@dataclass(frozen=True)
class Rebuild:
    """Result of a rebuild. ``written`` counts writes, ``documents`` what the new index holds."""

    locale: str
    index: str
    written: int
    documents: int
    deleted: list[str]


def rebuild_index(locale: str, progress: Callable[[int], None] = lambda count: None) -> Rebuild:
    """Rebuild one language's index from the log.

    Raises:
        LockBusyError: if somebody else makes or replaces the index.
        RebuildError: if index and log differ after filling and repair.
    """
    client = get_write_client()
    with hold_indices(locale):
        for left_behind in set(list_indices(client, locale)) - set(load_aliases(client).list_in_use(locale)):
            delete_index(client, left_behind)
        index = create_index(
            client, locale, [NEXT], refresh_interval="-1", auto_expand_replicas=False, number_of_replicas=0
        )
        try:
            return _replace(client, locale, index, progress)
        except BaseException:
            # The follower writes to whatever stands behind the alias: nothing half filled may stay there.
            with suppress(ApiError, TransportError):
                # Unless the swap was done and only its answer was lost.
                if index not in load_aliases(client).list_in_use(locale):
                    delete_index(client, index)
            raise


def _replace(client: Elasticsearch, locale: str, index: str, progress: Callable[[int], None]) -> Rebuild:
    target = Aliases({build_alias(locale, NEXT): (index,)})
    written = fill_index(client, target, locale, progress)
    client.indices.put_settings(
        index=index, settings={"refresh_interval": REFRESH_INTERVAL, "auto_expand_replicas": "0-1"}
    )
    drift = settle_index(client, locale, index, target)
    if drift.is_drifted:
        raise RebuildError(f"{index}: {drift.describe()}")
    deleted = swap(client, locale, index)
    return Rebuild(locale, index, written, drift.documents + drift.provisions, deleted)


def settle_index(client: Elasticsearch, locale: str, index: str, target: Aliases) -> IndexDrift:
    """Bring a filled index in line with the log, behind the aliases of ``target``; returns what is left of the difference."""
    drift = find_index_drift(client, locale, index)
    for _ in range(COMPARISONS):
        if not drift.is_drifted:
            break
        repair_index(client, target, index, drift)
        drift = find_index_drift(client, locale, index)
    return drift
