"""Released documents that anyone may see on a day; the portal reads nothing else, never drafts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from django.core.paginator import EmptyPage, Paginator

from cms.core.collation import by_code_point
from cms.core.languages import LANGUAGES, SOURCE_LANGUAGE, fallback_chain
from cms.publication.access.access_scope import PUBLIC_ACCESS
from cms.publication.access.querysets import HIDDEN_WHEN_OUTDATED, WindowQuerySet
from cms.publication.models import Window
from cms.publication.registry import registry
from legal.enums import ACT
from legal.models import Work
from legal.reviews.citation_index import filter_citing

PAGE_LIMIT = 20
RESTING_LIMIT = 12
SITEMAP_LIMIT = 20_000

# Lists of these are read as news; everything else is looked up by name.


@dataclass(frozen=True)
class ReleasedDocument:
    """One released document as the log stores it, and the portal path it is found under."""

    path: str
    document: dict[str, Any]

    @property
    def locale(self) -> str:
        return str(self.document["locale"])

    @property
    def type(self) -> str:
        return str(self.document["type"])

    @property
    def is_stale(self) -> bool:
        """Say whether this is a translation that its type hides because the source has since changed in substance."""
        return self.type in HIDDEN_WHEN_OUTDATED and self.document["translation"]["state"] == "outdated"


@dataclass(frozen=True)
class Listing:
    """One page of a list; ``page`` counts from 1."""

    items: Sequence[ReleasedDocument]
    total: int
    page: int
    page_count: int


@dataclass(frozen=True)
class ListRequest:
    """Part of a list that a reader asks for: a page counted from 1, and the municipality its items are meant for."""

    page: int = 1
    municipality: str = ""


WHOLE_LIST = ListRequest()


@dataclass(frozen=True)
class MenuEntry:
    """A page of the site as menus name it.

    ``layout`` is ``section`` or ``plain``; ``current`` is the value of ``aria-current`` where the reader is on the page
    (``page``) or on one below it (``true``).
    """

    title: str
    path: str
    layout: str
    locale: str
    current: str = ""


@dataclass(frozen=True)
class SitemapEntry:
    """One address for search engines; entries with the same ``content_id`` are translations of each other."""

    content_id: UUID
    locale: str
    path: str
    released_at: datetime


def is_storable(text: str) -> bool:
    """Say whether a database can hold a text: PostgreSQL refuses the character NUL even in a question."""
    return "\x00" not in text


def list_public(day: date) -> WindowQuerySet:
    """List the windows anyone may see that apply on a day."""
    windows: WindowQuerySet = Window.objects.visible_to(PUBLIC_ACCESS).applying(day)
    return windows


def find_by_path(path: str, day: date) -> ReleasedDocument | None:
    """Find the document that applies at a path on a day."""
    if not is_storable(path):
        return None
    return _find_first(list_public(day).filter(path=path))


def find_in_chain(content_id: UUID, locales: Sequence[str], day: date) -> ReleasedDocument | None:
    """Find an item in the first of the languages in which it may be shown as the answer: stale law is left out."""
    windows = list_public(day).filter(content_id=content_id, locale__in=locales).not_stale()
    found = {document.locale: document for document in _read(windows)}
    return next((found[locale] for locale in locales if locale in found), None)


def find_elsewhere(path: str, locale: str, day: date) -> list[ReleasedDocument]:
    """List what stands at the same path in other languages; slugs are often kept in translation."""
    rest = path.removeprefix(f"/{locale}/")
    paths = [f"/{code}/{rest}" for code in LANGUAGES if code != locale]
    return _read(list_public(day).filter(path__in=paths).order_by("locale")) if rest and is_storable(rest) else []


def list_by_ids(content_ids: Sequence[str], locale: str, day: date) -> list[ReleasedDocument]:
    """List contents in the order of their ids, each in the best language of the chain of ``locale``."""
    windows = (
        list_public(day).filter(content_id__in=list(content_ids)).not_stale().best_language(fallback_chain(locale))
    )
    return sorted(_read(windows), key=lambda found: content_ids.index(found.document["id"])) if content_ids else []


def find_paths(content_ids: Iterable[str], day: date) -> dict[str, str]:
    """Map ids of contents that exist in one language only, such as acts, to their paths."""
    wanted = list(content_ids)
    rows = list_public(day).filter(content_id__in=wanted).values_list("content_id", "path") if wanted else []
    return {str(content_id): path for content_id, path in rows}


def find_titles(paths: Iterable[str], day: date) -> dict[str, str]:
    """Map those paths at which a document applies to its title."""
    wanted = [path for path in paths if is_storable(path)]
    return dict(list_public(day).filter(path__in=wanted).values_list("path", "title"))


def list_children(path: str, locale: str, day: date, asked: ListRequest = WHOLE_LIST) -> Listing | None:
    """List what lies directly under a path; news comes newest first, everything else by title.

    Returns ``None`` for a page number past the end.
    """
    children = list_public(day).filter(locale=locale, parent_path=path)
    if asked.municipality:
        children = children.meant_for([asked.municipality])
    types = set(children.order_by().values_list("type", flat=True).distinct())
    ordered = (
        children.newest_first()
        if types and types <= registry.list_news_types()
        else children.order_by(by_code_point("title_key"), "path")
    )
    return _build_listing(ordered, asked.page)


def list_municipalities_of_children(path: str, locale: str, day: date) -> list[str]:
    """List the codes of the municipalities that something directly under a path is meant for."""
    children = list_public(day).filter(locale=locale, parent_path=path, terms__facet="municipality")
    return sorted(children.order_by().values_list("terms__value", flat=True).distinct())


def find_consortium_paths(slugs: Iterable[str], locale: str, day: date) -> dict[str, str]:
    """Map consortia to the paths of their own pages, each in the best language of the chain of ``locale``."""
    wanted = list(slugs)
    if not wanted:
        return {}
    windows = list_public(day).filter(type="consortium", consortium__in=wanted).best_language(fallback_chain(locale))
    return dict(windows.order_by("-release_id").values_list("consortium", "path"))


def list_documents(type_name: str, locale: str, day: date, page: int) -> Listing | None:
    """List documents of one type in one language; ``None`` for a page number past the end."""
    windows = list_public(day).filter(type=type_name, locale=locale)
    ordered = (
        windows.newest_first()
        if type_name in registry.list_news_types()
        else windows.order_by(by_code_point("title_key"), "path")
    )
    return _build_listing(ordered, page)


def list_latest(type_name: str, locale: str, day: date, limit: int) -> list[ReleasedDocument]:
    """List the newest contents of a type, each in the best language of the chain of ``locale``."""
    return _read(_list_in_best_language(type_name, locale, day).newest_first()[:limit])


def list_by_title(type_name: str, locale: str, day: date, limit: int) -> list[ReleasedDocument]:
    """List contents of a type by title, each in the best language of the chain of ``locale``."""
    return _read(_list_in_best_language(type_name, locale, day).order_by(by_code_point("title_key"), "path")[:limit])


def list_of_consortium(type_name: str, consortium: str, locale: str, day: date) -> list[ReleasedDocument]:
    """List what one consortium has of a type, each in the best language of the chain of ``locale``."""
    windows = list_public(day).filter(type=type_name, consortium=consortium).not_stale()
    return _read(windows.best_language(fallback_chain(locale)).order_by(by_code_point("title_key"), "path"))


def list_citing(work: Work, section: str, locale: str, day: date) -> Listing:
    """List the newest texts that rest on an act, or on one of its sections, in the best language of the chain of ``locale``."""
    windows = filter_citing(list_public(day).not_stale(), work, section).best_language(fallback_chain(locale))
    found = _read(windows.newest_first()[:RESTING_LIMIT])
    return Listing(found, windows.count(), 1, 1)


def list_menu_entries(locale: str, day: date) -> list[MenuEntry]:
    """List the sections and plain pages right under a language's home page, in the order they were first released.

    A plain page that is not there in the language, as the statement on accessibility may be, stands there in the next
    language of the chain: the law wants it reachable from every page.
    """
    # The source language is where pages are written: what is not there is not meant for its readers.
    chain = [locale] if locale == SOURCE_LANGUAGE else fallback_chain(locale)
    windows = list_public(day).filter(type="page", parent_path__in=[f"/{code}/" for code in chain]).best_language(chain)
    ordered = windows.order_by("release__first_released_at", "release_id")
    entries = [MenuEntry(*row) for row in ordered.values_list("title", "path", "layout", "locale")]
    return [entry for entry in entries if entry.locale == locale or entry.layout != "section"]


def list_home_locales(day: date) -> list[str]:
    """List the languages that have a home page."""
    homes = list_public(day).filter(type="page", path__in=[f"/{locale}/" for locale in LANGUAGES])
    return [locale for locale, path in homes.order_by().values_list("locale", "path") if path == f"/{locale}/"]


def list_sitemap(day: date, *, acts: bool, page: int = 1) -> list[SitemapEntry]:
    """List addresses for search engines, ``SITEMAP_LIMIT`` at a time: acts, or everything else."""
    windows = list_public(day).not_stale()
    chosen = windows.filter(type=ACT) if acts else windows.exclude(type=ACT)
    rows = chosen.order_by("content_id", "locale").values_list("content_id", "locale", "path", "released_at")
    return [SitemapEntry(*row) for row in rows[(page - 1) * SITEMAP_LIMIT : page * SITEMAP_LIMIT]]


def count_acts(day: date) -> int:
    """Count the acts anyone may see."""
    return list_public(day).filter(type=ACT).count()


def _list_in_best_language(type_name: str, locale: str, day: date) -> WindowQuerySet:
    return list_public(day).filter(type=type_name).not_stale().best_language(fallback_chain(locale))


def _build_listing(windows: WindowQuerySet, page: int) -> Listing | None:
    paginator = Paginator(windows, PAGE_LIMIT)
    try:
        found = paginator.page(page)
    except EmptyPage:
        return None
    return Listing(_read(found.object_list), paginator.count, page, paginator.num_pages)  # type: ignore[arg-type]


def _find_first(windows: WindowQuerySet) -> ReleasedDocument | None:
    return next(iter(_read(windows.newest_first()[:1])), None)


def _read(windows: WindowQuerySet) -> list[ReleasedDocument]:
    rows = windows.values_list("path", "release__stored_body__body")
    return [ReleasedDocument(path, orjson.loads(bytes(body))) for path, body in rows]
