"""Portal paths: ``/<locale>/<slugs under the language's home page>/``."""

from typing import Any


def build_parent_path(path: str) -> str:
    """Build the path one level up: ``/da/guides/`` for ``/da/guides/job/``, ``/`` for ``/da/``; nothing for no path."""
    return path[: path.rstrip("/").rfind("/") + 1]


def build_portal_path(page: Any) -> str:
    """Build the path of a page from its tree position; the first slug is the language's home page and is left out."""
    slugs = page.url_path.strip("/").split("/")[1:]
    return "/".join(["", page.locale.language_code, *slugs, ""])
