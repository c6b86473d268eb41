"""Search as others use it: one question, one answer, whoever gives it."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.db import close_old_connections
from elasticsearch import ApiError, BadRequestError, NotFoundError, TransportError

from cms.core.languages import SOURCE_LANGUAGE
from cms.core.unicode_text import clean_text
from cms.publication.access.access_scope import PUBLIC_ACCESS, AccessScope
from search.asking.answer_shapes import CompletionAnswer, SearchAnswer
from search.asking.query import SearchQuery
from search.database.database_search import complete_from_database, search_database
from search.elastic.circuit import CircuitBreaker
from search.elastic.connection import get_read_client, is_configured
from search.elastic.index_names import WRITE
from search.elastic.index_search import PartialAnswerError, TimedEngine, complete_from_index, search_index
from search.elastic.indices import load_aliases
from search.followers import request_refill
from search.lag import is_index_behind, is_text_table_behind

logger = logging.getLogger(__name__)

COMPLETIONS = 8
OUT_OF_REACH = (ApiError, TransportError, PartialAnswerError)


def search(query: SearchQuery) -> SearchAnswer:
    """Answer a query from the engine, or from the database: when there is none, it is out of reach, or its index is behind."""
    if not is_configured():
        return search_database(query, degraded=is_text_table_behind())
    answer = _ask(lambda: search_index(query))
    return answer if answer is not None else search_database(query, degraded=True)


def suggest(q: str, locale: str, access: AccessScope = PUBLIC_ACCESS) -> CompletionAnswer:
    """Complete what somebody has begun to type with titles within their access scope.

    Raises:
        SearchQueryError: if the text is too long or the locale unknown.
    """
    text = clean_text(SearchQuery(q=q, locale=locale).q)
    if not text:
        return CompletionAnswer(completions=[])
    found = _ask(lambda: complete_from_index(text, locale, access, COMPLETIONS)) if is_configured() else None
    if found is None:
        found = complete_from_database(text, locale, access, COMPLETIONS)
    return CompletionAnswer(completions=found)


def is_degraded() -> bool:
    """Say whether searches come from the database although an engine is configured, or from texts that are behind the log."""
    return circuit.is_open or is_index_behind() if is_configured() else is_text_table_behind()


def _ask[Answer](call: Callable[[], Answer]) -> Answer | None:
    """Ask the engine unless the circuit is open or the index is behind; ``None`` if it does not answer."""
    if circuit.is_open or is_index_behind():
        return None
    began = time.monotonic()
    try:
        answer = call()
    except BadRequestError as error:
        # The engine is there and refuses this one query; others must not suffer for it.
        logger.warning("the search engine refused a query: %s", str(error)[:300])
        return None
    except OUT_OF_REACH as error:
        logger.warning("the search engine failed: %s", str(error)[:300])
        circuit.record_failure(time.monotonic() - began)
        return None
    circuit.record_success()
    return answer


def _probe() -> None:
    """Ask the engine for nothing, in the way searches do. An index that is lost is asked back from the log."""
    client = get_read_client()
    try:
        TimedEngine(client, time.monotonic() + settings.SEARCH_TIMEOUT_SECONDS).send([SOURCE_LANGUAGE], {"size": 0})
    except NotFoundError:
        if load_aliases(client).list_missing(WRITE):
            try:
                request_refill()
            finally:
                close_old_connections()
        raise


circuit = CircuitBreaker(_probe)
