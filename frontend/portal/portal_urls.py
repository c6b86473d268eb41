"""Addresses of this site."""

from django.conf import settings
from django.urls import Resolver404, resolve

DOCUMENT_ROUTE = "portal:document"


def build_local_path(url: str) -> str:
    """Shorten an address of this site to its path, so that it works under every host name the site answers to."""
    origin = f"{settings.PUBLIC_URL}/"
    return f"/{url.removeprefix(origin)}" if url.startswith(origin) else url


def is_own_route(path: str) -> bool:
    """Say whether a route of the site answers at a path, so that no page is ever shown there: the search page, say."""
    try:
        return resolve(path).view_name != DOCUMENT_ROUTE
    except Resolver404:
        return False
