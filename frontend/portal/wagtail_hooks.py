"""Wagtail hooks of the portal: the preview of bundles stands among the editor's pages, for who is signed in there."""

from django.urls import URLPattern, path
from wagtail import hooks

from frontend.portal.bundle_preview import preview_site


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """Add the preview of the site with a bundle."""
    return [path("bundles/<int:bundle_id>/site/<path:path>", preview_site, name="portal_bundle_preview")]
