"""The check whether everything that is searched says what the log says, and its repair."""

from collections.abc import Iterator
from dataclasses import dataclass

from cms.core.languages import LANGUAGES
from search.database.text_drift import find_text_drift, repair_texts
from search.elastic.connection import get_write_client
from search.elastic.index_drift import find_index_drift, repair_index
from search.elastic.index_names import READ, WRITE
from search.elastic.index_rebuild import rebuild_index
from search.elastic.indices import load_aliases


@dataclass(frozen=True)
class SearchFinding:
    """Finding about one thing that is searched; after a repair, what is left."""

    name: str
    description: str
    is_drifted: bool


def check_texts(*, repair: bool) -> Iterator[SearchFinding]:
    """Compare the database's text table with the log."""
    drift = find_text_drift()
    if repair and drift.is_drifted:
        repair_texts(drift)
        drift = find_text_drift()
    yield SearchFinding("database", drift.describe(), drift.is_drifted)


def check_index(*, repair: bool) -> Iterator[SearchFinding]:
    """Compare each language's index with the log; repair rebuilds one that is missing."""
    client = get_write_client()
    for locale in LANGUAGES:
        aliases = load_aliases(client)
        index, written = aliases.find_index(locale, READ), aliases.find_index(locale, WRITE)
        if (index is None or index != written) and repair:
            index = rebuild_index(locale).index
            aliases = load_aliases(client)
        if index is None:
            yield SearchFinding(locale, "no index to read", is_drifted=True)
            continue
        drift = find_index_drift(client, locale, index)
        if repair and drift.is_drifted:
            repair_index(client, aliases, index, drift)
            drift = find_index_drift(client, locale, index)
            if drift.is_drifted:
                # Written by a log that went further than this one, for example before a backup was restored: its versions win.
                drift = find_index_drift(client, locale, rebuild_index(locale).index)
        yield SearchFinding(locale, drift.describe(), drift.is_drifted)
