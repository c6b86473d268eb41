"""Joining stored documents into a page without opening them."""

from collections.abc import Sequence

import orjson


def build_page_body(bodies: Sequence[bytes], following: str | None) -> bytes:
    """Build ``{"results": [...], "next": url or null}``."""
    return b'{"results":[' + b",".join(bodies) + b'],"next":' + orjson.dumps(following) + b"}"
