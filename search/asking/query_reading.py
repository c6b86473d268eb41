"""Reading of a query beside its words: the act it cites, and other words for the same, found once for all requests it takes."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.asking.other_wordings import list_other_wordings
from search.asking.query import SearchQuery
from search.asking.query_citations import CitedAct, find_cited_act


@dataclass(frozen=True)
class QueryReading:
    """The reading of one query; ``wordings`` say the same in other words of the glossary."""

    cited: CitedAct | None = None
    wordings: Sequence[str] = ()


PLAIN_READING = QueryReading()


def read_query(query: SearchQuery) -> QueryReading:
    """Read a query."""
    if not query.text:
        return PLAIN_READING
    return QueryReading(find_cited_act(query.text, query.day), list_other_wordings(query))
