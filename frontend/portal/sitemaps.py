"""Sitemap entries grouped into translations of each other (sitemaps.org 0.9 with ``xhtml:link`` alternates)."""

from collections.abc import Sequence
from itertools import groupby

from frontend.portal.released_documents import SitemapEntry


def group_translations(entries: Sequence[SitemapEntry]) -> list[list[SitemapEntry]]:
    """Group entries, ordered by content, into the language versions of each content."""
    return [list(group) for _content_id, group in groupby(entries, key=lambda entry: entry.content_id)]
