"""Wagtail hooks of the translators' desk: its addresses."""

from django.urls import URLPattern
from wagtail import hooks

from cms.translation.desk import urls


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """Add the addresses."""
    return urls.urlpatterns
