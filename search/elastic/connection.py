"""The connection to Elasticsearch."""

from functools import lru_cache

from django.conf import settings
from elasticsearch import Elasticsearch
from elasticsearch.serializer import OrjsonSerializer

WRITE_TIMEOUT_SECONDS = 30.0
MEDIA_TYPE = "application/vnd.elasticsearch+json"


def is_configured() -> bool:
    """Say whether there is an engine to speak to."""
    return bool(settings.SEARCH_ELASTICSEARCH_URLS)


def get_read_client() -> Elasticsearch:
    """Return the client for people who wait: a short time-out and no second try."""
    return _build_client(tuple(settings.SEARCH_ELASTICSEARCH_URLS), float(settings.SEARCH_TIMEOUT_SECONDS))


def get_write_client() -> Elasticsearch:
    """Return the client for indexing, which may take its time; retries are the caller's."""
    return _build_client(tuple(settings.SEARCH_ELASTICSEARCH_URLS), WRITE_TIMEOUT_SECONDS)


@lru_cache(maxsize=8)
def _build_client(urls: tuple[str, ...], timeout_seconds: float) -> Elasticsearch:
    return Elasticsearch(
        list(urls),
        request_timeout=timeout_seconds,
        # A node that refuses the connection leaves the request to the next one; one that is slow has used up the time there is.
        max_retries=len(urls) - 1,
        retry_on_timeout=False,
        connections_per_node=16,
        serializers={MEDIA_TYPE: CompatibleOrjsonSerializer()},
    )


class CompatibleOrjsonSerializer(OrjsonSerializer):
    """Reads and writes JSON several times faster than the standard library."""

    mimetype = MEDIA_TYPE
