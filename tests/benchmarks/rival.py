"""Setup of Wagtail's API v2 that gives the same fields as a released article."""

from django.apps import AppConfig


class RivalConfig(AppConfig):
    """Names the fields of an article for Wagtail's own API."""

    name = "tests.benchmarks"
    label = "benchmarks"

    def ready(self) -> None:
        from wagtail.api import APIField
        from wagtail.search import index

        from knowledge.models import ArticlePage

        names = ("summary", "answer", "body", "citations", "related", "topics", "audiences", "focus_areas")
        names += ("municipalities", "visibility", "applies_from", "applies_until", "significance", "change_note")
        ArticlePage.api_fields = [APIField(name) for name in names]
        ArticlePage.search_fields = [
            *ArticlePage.search_fields,
            index.SearchField("summary"),
            index.SearchField("body"),
        ]
