"""App configuration of the publication log."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """Connects pages to the log."""

    name = "cms.publication"
    label = "publication"
    verbose_name = "Publication"

    def ready(self) -> None:
        from cms.core.models import StandardPage
        from cms.publication.editor.planned_sources import FIGURES, LANGUAGES_OUTDATED, LAW, TEXTS
        from cms.publication.pages import referrers, signal_handlers, transactions
        from cms.publication.pages.obstacles import find_reserved_path, find_withdrawn_source
        from cms.publication.pages.serializers import StandardPageSerializer
        from cms.publication.registry import (
            ContentType,
            TimedJob,
            register_job,
            register_planned_source,
            register_type,
            registry,
        )

        register_job(TimedJob("referrers", referrers.release_waiting_referrers, every_seconds=1))
        register_type(ContentType("page", "Page", StandardPageSerializer, StandardPage, template="portal/page.html"))
        for source in (TEXTS, LANGUAGES_OUTDATED, LAW, FIGURES):
            register_planned_source(source)
        registry.obstacle_finders += [find_reserved_path, find_withdrawn_source]
        signal_handlers.connect()
        transactions.make_actions_atomic()
