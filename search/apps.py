"""App configuration."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Registers the followers of search."""

    name = "search"
    label = "search"
    verbose_name = "Search"

    def ready(self) -> None:
        from cms.publication.registry import register_follower
        from search import checks  # noqa: F401
        from search.elastic.connection import is_configured
        from search.followers import DatabaseFollower, ElasticsearchFollower

        register_follower(DatabaseFollower())
        if is_configured():
            register_follower(ElasticsearchFollower())
