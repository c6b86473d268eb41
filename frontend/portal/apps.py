"""App configuration."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "frontend.portal"
    label = "portal"

    def ready(self) -> None:
        from cms.core.reserved_paths import reserved_paths
        from frontend.portal.portal_urls import is_own_route

        reserved_paths.register(is_own_route)
