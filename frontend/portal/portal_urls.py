"""Addresses of this site."""

from django.conf import settings


def build_local_path(url: str) -> str:
    """Shorten an address of this site to its path, so that it works under every host name the site answers to."""
    origin = f"{settings.PUBLIC_URL}/"
    return f"/{url.removeprefix(origin)}" if url.startswith(origin) else url
