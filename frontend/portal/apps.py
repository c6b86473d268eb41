"""App configuration."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "frontend.portal"
    label = "portal"

    def ready(self) -> None:
        from cms.core.reserved_paths import reserved_paths
        from cms.translation.bundles.page_links import PageLink, page_links
        from cms.translation.bundles.preview_notice import PREVIEW_LABEL
        from frontend.portal.bundle_preview import build_preview_url
        from frontend.portal.portal_urls import is_own_route

        reserved_paths.register(is_own_route)
        page_links.append(PageLink(PREVIEW_LABEL, build_preview_url))
