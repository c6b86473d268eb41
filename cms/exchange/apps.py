"""App configuration of content bundles."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Registers the kind of line that belongs to no domain."""

    name = "cms.exchange"
    label = "exchange"
    verbose_name = "Exchange"

    def ready(self) -> None:
        from cms.exchange.registry import bundle_registry
        from cms.exchange.standard_pages import STANDARD_PAGE

        bundle_registry.register(STANDARD_PAGE)
