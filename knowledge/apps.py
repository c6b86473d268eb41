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

        for content_type in (
            ContentType("guide", "Guide", serializers.GuideSerializer, models.GuidePage, template="portal/guide.html"),
            ContentType(
                "contact-point",
                "Contact point",
                serializers.ContactPointSerializer,
                models.ContactPointPage,
                template="portal/contact_point.html",
            ),
            ContentType(
                "article",
                "Article",
                serializers.ArticleSerializer,
                models.ArticlePage,
                template="portal/article.html",
                is_news=True,
            ),
            ContentType(
                "best-practice",
                "Best practice",
                serializers.BestPracticeSerializer,
                models.BestPracticePage,
                template="portal/best_practice.html",
                is_news=True,
            ),
            ContentType(
                "consortium",
                "Consortium",
                serializers.ConsortiumSerializer,
                models.ConsortiumPage,
                template="portal/consortium.html",
            ),
        ):
            register_type(content_type)
