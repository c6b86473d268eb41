"""App configuration of content bundles."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Registers the kinds of lines that belong to no domain."""

    name = "cms.exchange"
    label = "exchange"
    verbose_name = "Exchange"

    def ready(self) -> None:
        from cms.exchange.figure_lines import FIGURE_KIND
        from cms.exchange.file_lines import DOCUMENT_KIND, IMAGE_KIND
        from cms.exchange.registry import bundle_registry
        from cms.exchange.reusable_lines import REUSABLE_KIND
        from cms.exchange.standard_pages import STANDARD_PAGE
        from cms.exchange.vocabulary_lines import VOCABULARY_KINDS

        bundle_registry.register(STANDARD_PAGE)
        for kind in (*VOCABULARY_KINDS, FIGURE_KIND, IMAGE_KIND, DOCUMENT_KIND, REUSABLE_KIND):
            bundle_registry.register_record(kind)
