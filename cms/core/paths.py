"""Portal paths: ``/<locale>/<slugs under the language's home page>/``."""

from typing import Any


def build_portal_path(page: Any) -> str:
    """Build the path of a page from its tree position; the first slug is the language's home page and is left out."""
    slugs = page.url_path.strip("/").split("/")[1:]
    return "/".join(["", page.locale.language_code, *slugs, ""])
