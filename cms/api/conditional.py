"""Conditional reads (RFC 9110 § 13). One implementation for views and the read lane, so that both answer alike.

``If-Modified-Since`` is left aside on purpose: a planned version that begins to apply is older than the one it follows.

A server in front of this one that compresses an answer also changes its tag, and does not change it back in ``If-None-Match``: so a
tag with such a suffix means the same text.
"""

import hashlib
import re
from collections.abc import Iterable

# What follows the tag in "4f2a-gzip" (as Apache writes it), "4f2a--gzip" (as Jetty does) and "4f2a;gzip".
# Example: "\"4f2a‹-gzip›\""
COMPRESSED = re.compile(r"(?:--?|;)(?:gzip|br|zstd|deflate)(?=\"$)")


def is_unmodified(if_none_match: str | None, etag: str) -> bool:
    """Say whether ``If-None-Match`` names the ETag; the comparison is the weak one."""
    if not if_none_match:
        return False
    if if_none_match == etag:
        return True
    opaque = etag.removeprefix("W/")
    entries = (COMPRESSED.sub("", entry.strip(" \t").removeprefix("W/")) for entry in if_none_match.split(","))
    return any(entry in ("*", opaque) for entry in entries)


def drop_body_headers(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Leave out what describes a body: the headers of a 304 are those of the 200 without them."""
    return [(name, value) for name, value in headers if name.lower() not in ("content-type", "content-length")]


def build_etag(parts: Iterable[str | bytes], *, weak: bool = False) -> str:
    """Build an ETag from what determines the answer."""
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode() if isinstance(part, str) else part
        digest.update(len(encoded).to_bytes(8))
        digest.update(encoded)
    return f'{"W/" if weak else ""}"{digest.hexdigest()[:32]}"'
