"""App configuration of the knowledge base."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    """Registers the knowledge base's content types."""

    name = "knowledge"
    label = "knowledge"
    verbose_name = "Knowledge"

    def ready(self) -> None:
        from cms.exchange.registry import bundle_registry
        from cms.publication.registry import ContentType, register_type
        from knowledge import bundles, models, serializers

        for kind in bundles.KINDS:
            bundle_registry.register(kind)

        register_type(ContentType("guide", "Guide", serializers.GuideSerializer, models.GuidePage))
        register_type(
            ContentType("contact-point", "Contact point", serializers.ContactPointSerializer, models.ContactPointPage)
        )
        register_type(ContentType("article", "Article", serializers.ArticleSerializer, models.ArticlePage))
        register_type(
            ContentType("best-practice", "Best practice", serializers.BestPracticeSerializer, models.BestPracticePage)
        )
        register_type(ContentType("consortium", "Consortium", serializers.ConsortiumSerializer, models.ConsortiumPage))
