"""A clean index and a filled database for each test of search."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import override_settings
from elasticsearch import Elasticsearch

from cms.core.languages import LANGUAGES
from cms.publication.following.followers import catch_up
from cms.publication.log.publication_log import publication_log
from search import services
from search.asking.answer_shapes import SearchAnswer
from search.asking.query import SearchQuery
from search.database.database_search import search_database
from search.elastic.connection import get_write_client
from search.elastic.index_names import READ, WRITE, build_aliases
from search.elastic.index_search import search_index
from search.elastic.indices import create_index, list_indices, load_aliases, swap
from search.followers import DatabaseFollower, ElasticsearchFollower


@pytest.fixture(scope="session")
def index_prefix(elasticsearch_url: str) -> Iterator[str]:
    """Empty indices for all languages, shared by the tests of one process."""
    prefix = f"test-{uuid4().hex[:8]}"
    configured = override_settings(SEARCH_ELASTICSEARCH_URLS=[elasticsearch_url], SEARCH_INDEX_PREFIX=prefix)
    with configured:
        client = get_write_client()
        for locale in LANGUAGES:
            create_index(client, locale, [READ, WRITE])
    yield prefix
    with configured:
        for locale in LANGUAGES:
            for name in list_indices(client, locale):
                client.indices.delete(index=name)


@pytest.fixture
def engine(index_prefix: str, elasticsearch_url: str, db: None) -> Iterator[Elasticsearch]:
    """The engine with empty indices, as the settings have it."""
    with override_settings(SEARCH_ELASTICSEARCH_URLS=[elasticsearch_url], SEARCH_INDEX_PREFIX=index_prefix):
        client = get_write_client()
        _empty_indices(client)
        services.circuit.reset()
        yield client
        services.circuit.reset()


def _empty_indices(client: Elasticsearch) -> None:
    """Replace the indices that were written to: each test's log begins at position 1, which tombstones would not let in."""
    stats = client.indices.stats(index=f"{settings.SEARCH_INDEX_PREFIX}-*", metric="indexing")["indices"]
    for locale in LANGUAGES:
        there = list_indices(client, locale)
        counts = [stats.get(name, {}).get("total", {}).get("indexing", {}) for name in there]
        if len(there) != 1 or any(count.get("index_total", 0) + count.get("delete_total", 0) for count in counts):
            swap(client, locale, create_index(client, locale, []))
            for left_behind in set(list_indices(client, locale)) - set(load_aliases(client).list_in_use(locale)):
                client.indices.delete(index=left_behind)


@pytest.fixture
def follow(engine: Elasticsearch) -> Callable[[], None]:
    """Let the index follow the log to its end, and make it searchable at once."""

    def run() -> None:
        catch_up(ElasticsearchFollower())
        engine.indices.refresh(index=build_aliases(WRITE))

    return run


@pytest.fixture(params=[pytest.param("elasticsearch", marks=pytest.mark.elasticsearch), "database"])
def ask(request: pytest.FixtureRequest, db: None) -> Callable[..., SearchAnswer]:
    """Search the way of one engine after everything released has been followed: both must answer alike."""
    if request.param == "elasticsearch":
        run: Callable[[], None] = request.getfixturevalue("follow")
        answer: Callable[[SearchQuery], SearchAnswer] = search_index
    else:
        run, answer = lambda: catch_up(DatabaseFollower()) and None, search_database

    def search(q: str = "", **values: Any) -> SearchAnswer:
        run()
        return answer(SearchQuery(q=q, **values))

    return search


@pytest.fixture
def release(db: None) -> Callable[..., int]:
    """Release drafts to the log."""

    def run(*drafts: Any) -> int:
        return publication_log.release_contents(drafts)

    return run
