"""System checks of search: what is wrong in the settings is said before the first search."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, register
from elasticsearch import ApiError, TransportError

from search.elastic.analysis import PLUGINS
from search.elastic.connection import get_read_client, is_configured
from search.elastic.indices import find_analyzers

LONGEST_TIMEOUT_SECONDS = 2.2


@register("search")
def check_addresses(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that every engine address is an http or https URL with a host."""
    return [
        Error(
            f"ELASTICSEARCH_URL holds no usable address: {_hide_password(url)!r}.",
            hint="Write it as http://host:9200 or https://user:password@host:9200; several are separated by commas.",
            id="search.E001",
        )
        for url in settings.SEARCH_ELASTICSEARCH_URLS
        if not _is_usable(url)
    ]


@register("search")
def check_timeout(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that a search never waits long for the engine."""
    seconds = settings.SEARCH_TIMEOUT_SECONDS
    if 0 < seconds <= LONGEST_TIMEOUT_SECONDS:
        return []
    hint = f"A person waits for it: choose more than 0 and at most {LONGEST_TIMEOUT_SECONDS} seconds."
    return [Error(f"SEARCH_TIMEOUT_SECONDS is {seconds}.", hint=hint, id="search.E002")]


@register("search")
def check_prefix(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that the prefix makes valid names of indices."""
    prefix = settings.SEARCH_INDEX_PREFIX
    if (
        prefix
        and prefix == prefix.lower()
        and prefix[0].isalnum()
        and prefix.replace("-", "").replace("_", "").isalnum()
    ):
        return []
    hint = "Small letters, digits, - and _, beginning with a letter or digit."
    return [Error(f"SEARCH_INDEX_PREFIX is {prefix!r}.", hint=hint, id="search.E003")]


@register("search", deploy=True)
def check_analyzers(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check how Polish and Ukrainian are stemmed, when the engine is asked before going live."""
    if not is_configured() or not all(_is_usable(url) for url in settings.SEARCH_ELASTICSEARCH_URLS):
        return []
    try:
        found = find_analyzers(get_read_client())
    except (ApiError, TransportError) as error:
        return [checks.Warning(f"The search engine does not answer: {str(error)[:200]}", id="search.W002")]
    unstemmed = sorted(locale for locale, source in found.items() if source == "folding" and locale in PLUGINS)
    return [
        checks.Warning(
            f"The index for {locale!r} is not stemmed: the cluster has neither {PLUGINS[locale]} nor a hunspell dictionary.",
            hint="Install the plugin on every node, then run search_rebuild.",
            id="search.W001",
        )
        for locale in unstemmed
    ]


def _is_usable(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _hide_password(url: str) -> str:
    return url.rsplit("@", 1)[-1]
