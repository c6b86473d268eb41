"""Released documents that anyone may see on a day; the portal reads nothing else, never drafts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from django.core.paginator import EmptyPage, Paginator
from django.db.models import Case, F, Min, Q, Value, When

from cms.api.v1.applying_documents import keep_known
from cms.core.collation import by_code_point
from cms.core.enums import Significance
from cms.core.languages import LANGUAGES, fallback_chain
from cms.publication.access.access_scope import PUBLIC_ACCESS
from cms.publication.access.querysets import HIDDEN_WHEN_OUTDATED, WindowQuerySet
from cms.publication.enums import TranslationState
from cms.publication.log.text_versions import words_released_at
from cms.publication.models import Release, Window
from cms.publication.registry import registry
from legal.enums import LAW_NOTE
from legal.models import Work
from legal.reviews.citation_index import filter_citing

PAGE_LIMIT = 20
RESTING_LIMIT = 12
COMING_LIMIT = 20


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
class PlannedText:
    """The next text of an item, from its first ``day`` on; ``text_position`` tells texts apart, ``path`` is where it will stand."""

    day: date
    path: str
    text_position: int


@dataclass(frozen=True)
class PlannedChange:
    """A change of the source in substance, from ``day`` on, that a translation does not have; its note and text are in ``locale``.

    ``path`` is where the source stands today, else where it will.
    """

    day: date
    path: str
    locale: str
    change_note: str


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


def find_best_path(found: ReleasedDocument, locale: str, day: date) -> str:
    """Find where readers of a language are best served with an item: in their own, else in the first of its chain, else as found.

    A stale translation in their own language counts: its page says so, and shows the chain's next language.
    """
    chain = fallback_chain(locale)
    windows = list_public(day).filter(content_id=found.document["id"], locale__in=chain)
    own = windows.filter(locale=locale).values_list("locale", "path")
    paths = dict([*windows.not_stale().values_list("locale", "path"), *own])
    return next((paths[code] for code in chain if code in paths), found.path)


def find_dated(content_id: UUID, locale: str, day: date) -> ReleasedDocument | None:
    """Find the text of an item on another day than today; what it said in the past is shown to those who may see it now."""
    windows = keep_known(Window.objects.filter(content_id=content_id, locale=locale), PUBLIC_ACCESS, day)
    return _find_first(windows)


def find_words_moment(found: ReleasedDocument) -> datetime | None:
    """Find when the words of a document were released; ``None`` for a draft. It may have been released again since, unchanged."""
    windows = Window.objects.filter(content_id=found.document["id"], locale=found.locale)
    rows = windows.filter(version=found.document["version"]).annotate(words_at=words_released_at())
    return rows.values_list("words_at", flat=True).first()


def find_planned_text(content_id: UUID, locale: str, day: date) -> PlannedText | None:
    """Find the next text of an item that anyone may know of, after the one that applies on a day, if any."""
    windows = Window.objects.visible_to(PUBLIC_ACCESS).filter(content_id=content_id, locale=locale)
    coming = windows.filter(starts__gt=day).order_by("starts")
    if shown := windows.applying(day).values_list("release__text_position", "release__text_hash").first():
        coming = coming.exclude(release__text_position=shown[0]).exclude(release__text_hash=shown[1])
    row = coming.values_list("starts", "path", "release__text_position").first()
    return PlannedText(*row) if row else None


def find_planned_change(shown: ReleasedDocument, day: date) -> PlannedChange | None:
    """Find the next change of the source, in substance, that overtakes a translation which applies on a day."""
    source_locale = shown.document["translation"]["source_locale"]
    if shown.locale == source_locale:
        return None
    content_id = UUID(shown.document["id"])
    visible = Window.objects.visible_to(PUBLIC_ACCESS).filter(content_id=content_id)
    sources = visible.filter(locale=source_locale)
    own_path, present = sources.applying(day).values_list("path", "release__text_position").first() or ("", None)
    coming = sources.filter(starts__gt=day).exclude(release__text_position=present).order_by("starts")
    rows = list(coming.values_list("starts", "path", "release__text_position"))
    texts = Release.objects.in_bulk([position for _starts, _path, position in rows])
    for starts, path, position in rows:
        text = texts[position]
        translated = visible.filter(locale=shown.locale).applying(starts)
        if (
            text.significance == Significance.SUBSTANTIVE
            and translated.filter(state=TranslationState.OUTDATED).exists()
        ):
            return PlannedChange(starts, own_path or path, source_locale, text.change_note)
    return None


def find_outdated_path(content_id: UUID, locales: Sequence[str], day: date) -> tuple[str, str]:
    """Find the language and path of the first translation, in the order of the languages, that its type hides as outdated.

    Both are ``""`` where there is none.
    """
    windows = list_public(day).filter(content_id=content_id, locale__in=locales, type__in=sorted(HIDDEN_WHEN_OUTDATED))
    paths = dict(windows.filter(state=TranslationState.OUTDATED).values_list("locale", "path"))
    return next(((code, paths[code]) for code in locales if code in paths), ("", ""))


def list_languages(content_id: UUID, locale: str, day: date) -> list[ReleasedDocument]:
    """List what may be shown of an item in other languages than one, in the site's order."""
    windows = list_public(day).filter(content_id=content_id).exclude(locale=locale).not_stale()
    return sorted(_read(windows), key=lambda found: list(LANGUAGES).index(found.locale))


def find_elsewhere(path: str, locale: str, day: date) -> list[ReleasedDocument]:
    """List what stands at the same path in other languages; slugs are often kept in translation.

    Where a page does stand at the path, what was missing is a part of it: another language has no more of it.
    """
    rest = path.removeprefix(f"/{locale}/")
    paths = [f"/{code}/{rest}" for code in LANGUAGES if code != locale]
    if not rest or not is_storable(rest) or list_public(day).filter(path=path).exists():
        return []
    return _read(list_public(day).filter(path__in=paths).order_by("locale"))


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


def list_under(section: ReleasedDocument, locale: str, day: date) -> WindowQuerySet:
    """List what lies directly under a section, each item once, in the best language for readers of ``locale``.

    The section stands at a path of its own in each language; what has been translated into another section is listed there.
    """
    chain = list(dict.fromkeys([*fallback_chain(locale), section.locale]))
    translations = list_public(day).filter(content_id=section.document["id"], locale__in=chain)
    paths = {section.path, *translations.values_list("path", flat=True)}
    return list_public(day).not_stale().best_language(chain).filter(parent_path__in=paths)


def list_coming_law(section: ReleasedDocument, locale: str, day: date) -> list[ReleasedDocument]:
    """List the law notes directly under a section whose law is still to take effect, the next to come first."""
    notes = list_under(section, locale, day).filter(type=LAW_NOTE).upcoming(day)
    coming = Min("commencements__date", filter=Q(commencements__date__gt=day))
    dated = notes.annotate(coming=coming).order_by(F("coming").asc(nulls_last=True), "-release_id")
    return _read(dated[:COMING_LIMIT])


def list_children(
    section: ReleasedDocument, locale: str, day: date, asked: ListRequest = WHOLE_LIST, without: Sequence[str] = ()
) -> Listing | None:
    """List what lies directly under a section, ``without`` some ids.

    News comes newest first; everything else by title, what is in the reader's language first: titles of two languages have no
    common order. Returns ``None`` for a page number past the end.
    """
    children = list_under(section, locale, day).exclude(content_id__in=list(without))
    if asked.municipality:
        children = children.meant_for([asked.municipality])
    types = set(children.order_by().values_list("type", flat=True).distinct())
    ordered = (
        children.newest_first()
        if types and types <= registry.list_news_types()
        else children.order_by(_rank_language(locale), by_code_point("title_key"), "path")
    )
    return _build_listing(ordered, asked.page)


def list_municipalities_of_children(section: ReleasedDocument, locale: str, day: date) -> list[str]:
    """List the codes of the municipalities that something directly under a section is meant for."""
    children = list_under(section, locale, day).filter(terms__facet="municipality")
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


def _list_in_best_language(type_name: str, locale: str, day: date) -> WindowQuerySet:
    return list_public(day).filter(type=type_name).not_stale().best_language(fallback_chain(locale))


def _rank_language(locale: str) -> Case:
    """Rank languages as readers of one are served: their own, then the chain's."""
    ranks = [When(locale=code, then=Value(rank)) for rank, code in enumerate(fallback_chain(locale))]
    return Case(*ranks, default=Value(len(ranks)))


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
