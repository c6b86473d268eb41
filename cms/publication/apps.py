"""App configuration of the publication log."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """Connects pages to the log."""

    name = "cms.publication"
    label = "publication"
    verbose_name = "Publication"

    def ready(self) -> None:
        from cms.core.models import StandardPage
        from cms.publication.pages import signal_handlers, transactions
        from cms.publication.pages.obstacles import find_withdrawn_source
        from cms.publication.pages.serializers import StandardPageSerializer
        from cms.publication.registry import ContentType, register_type, registry

        register_type(ContentType("page", "Page", StandardPageSerializer, StandardPage))
        registry.obstacle_finders.append(find_withdrawn_source)
        signal_handlers.connect()
        transactions.make_actions_atomic()
