"""Sitemap entries, grouped into translations of each other (sitemaps.org 0.9 with ``xhtml:link`` alternates)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from cms.publication.log.text_versions import words_released_at
from frontend.portal.released_documents import list_public
from legal.enums import ACT

SITEMAP_LIMIT = 20_000


@dataclass(frozen=True)
class SitemapEntry:
    """One address for search engines; entries with the same ``content_id`` are translations of each other."""

    content_id: UUID
    locale: str
    path: str
    changed_at: datetime


def list_sitemap(day: date, *, acts: bool, page: int = 1) -> list[SitemapEntry]:
    """List addresses for search engines, ``SITEMAP_LIMIT`` at a time: acts, or everything else."""
    windows = list_public(day).not_stale()
    chosen = windows.filter(type=ACT) if acts else windows.exclude(type=ACT)
    rows = (
        chosen.annotate(words_at=words_released_at())
        .order_by("content_id", "locale")
        .values_list("content_id", "locale", "path", "words_at")
    )
    return [SitemapEntry(*row) for row in rows[(page - 1) * SITEMAP_LIMIT : page * SITEMAP_LIMIT]]


def count_acts(day: date) -> int:
    """Count the acts anyone may see."""
    return list_public(day).filter(type=ACT).count()


def group_translations(entries: Sequence[SitemapEntry]) -> list[list[SitemapEntry]]:
    """Group entries, ordered by content, into the language versions of each content."""
    return [list(group) for _content_id, group in groupby(entries, key=lambda entry: entry.content_id)]
