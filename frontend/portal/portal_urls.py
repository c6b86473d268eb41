"""Addresses of this site, and the address at which a text of another language stands inside a reader's own.

A text that is not there in the reader's language is shown under ``/pl/~en/contact/desk/``: the reader's language first, then the
path of the text with a tilde before its language. No slug holds a tilde, so such an address is never that of a page.
"""

from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

from cms.core.languages import LANGUAGES

DOCUMENT_ROUTE = "portal:document"
FRAME_SIGN = "~"


def build_local_path(url: str) -> str:
    """Shorten an address of this site to its path, so that it works under every host name the site answers to."""
    origin = f"{settings.PUBLIC_URL}/"
    return f"/{url.removeprefix(origin)}" if url.startswith(origin) else url


def build_frame_path(path: str, locale: str) -> str:
    """Build the path at which a page of any language is read inside the language ``locale``; other addresses stay as they are.

    What a route of the site shows in every language, such as an act, is asked for in the reader's.
    """
    own, _slash, rest = path.removeprefix("/").partition("/")
    if own == locale or own not in LANGUAGES or not path.startswith(f"/{own}/"):
        return path
    return f"/{locale}/{rest}" if _is_in_every_language(urlsplit(rest).path) else f"/{locale}/{FRAME_SIGN}{own}/{rest}"


def read_framed_language(path: str) -> str:
    """Read which other language the text at a framed path is in: ``en`` of ``/pl/~en/contact/``, ``""`` of any other path."""
    parts = path.split("/", 3)
    own = parts[2].removeprefix(FRAME_SIGN) if len(parts) > 3 and parts[2].startswith(FRAME_SIGN) else ""
    return own if own in LANGUAGES else ""


def is_own_route(path: str) -> bool:
    """Say whether a route of the site answers at a path, so that no page is ever shown there: the search page, say."""
    try:
        return resolve(path).view_name != DOCUMENT_ROUTE
    except Resolver404:
        return False


@lru_cache(maxsize=1024)
def _is_in_every_language(rest: str) -> bool:
    return is_own_route(f"/{next(iter(LANGUAGES))}/{rest}")
