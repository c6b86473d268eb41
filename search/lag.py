"""Lag of what is searched: do the index and the database's texts know what the publication log says? Asked before every search.

An index that is missing, still being filled or behind the log would answer with what was true some time ago, and nobody would see.
"""

from datetime import timedelta

from cms.publication.following.followers import find_first_moment, has_waited, list_waiting_since
from search.followers import DatabaseFollower, ElasticsearchFollower

# An edit is indexed within a second; what waits longer is a lag.
LONGEST_WAIT = timedelta(seconds=2)


def is_index_behind() -> bool:
    """Say whether a row of the log has been waiting for the index too long, or was never indexed at all. One query."""
    name = ElasticsearchFollower.name
    waits = list_waiting_since([name])
    return name not in waits or has_waited(waits[name], LONGEST_WAIT)


def is_text_table_behind() -> bool:
    """Say whether a row of the log has been waiting for the database's texts too long. One query, two before the first is there."""
    name = DatabaseFollower.name
    waits = list_waiting_since([name])
    return has_waited(waits[name] if name in waits else find_first_moment(), LONGEST_WAIT)
