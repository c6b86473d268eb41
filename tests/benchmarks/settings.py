"""The site as it is served, with Wagtail's own API v2 beside it over the same pages and the same Elasticsearch."""

from cms.settings.dev import *  # noqa: F403
from cms.settings.dev import INSTALLED_APPS, SEARCH_ELASTICSEARCH_URLS

INSTALLED_APPS = ["tests.benchmarks.rival.RivalConfig", "wagtail.api.v2", *INSTALLED_APPS]
ROOT_URLCONF = "tests.benchmarks.urls"
WAGTAILAPI_LIMIT_MAX = 100
if SEARCH_ELASTICSEARCH_URLS:
    WAGTAILSEARCH_BACKENDS = {
        "default": {
            "BACKEND": "wagtail.search.backends.elasticsearch9",
            "URLS": SEARCH_ELASTICSEARCH_URLS,
            "INDEX_PREFIX": "rival_",
        }
    }
