"""Frame around the content of every page: language, menu, breadcrumbs, versions in other languages."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.core.languages import LANGUAGES, SOURCE_LANGUAGE, Language, fallback_chain
from cms.publication.access.querysets import HIDDEN_WHEN_OUTDATED
from cms.publication.enums import TranslationState
from frontend.portal.labels import LabelBook
from frontend.portal.language_choice import get_language_of
from frontend.portal.portal_urls import FRAME_SIGN, build_frame_path
from frontend.portal.released_documents import ReleasedDocument
from frontend.portal.site_places import MenuEntry, find_places, find_titles, list_home_locales, list_menu_entries


@dataclass(frozen=True)
class LanguageVersion:
    """A page in one language.

    ``path`` is empty where it does not exist; ``state`` is that of the translation. ``text_language`` is set where the page is not
    translated, and stands inside the language with the text of another one. ``is_indexed``: search engines are told of it.
    """

    language: Language
    path: str = ""
    state: str = ""
    is_current: bool = False
    text_language: Language | None = None
    is_indexed: bool = True

    @property
    def url(self) -> str:
        return f"{settings.PUBLIC_URL}{self.path}"


@dataclass(frozen=True)
class Crumb:
    """A step of the way from the home page."""

    title: str | Promise
    path: str
    locale: str = ""


@dataclass(frozen=True)
class Frame:
    """The frame of one page in one interface language; ``title_locale`` is that of its title, ``""`` for the interface's own."""

    language: Language
    title: str
    path: str
    description: str = ""
    versions: Sequence[LanguageVersion] = ()
    sections: Sequence[MenuEntry] = ()
    pages: Sequence[MenuEntry] = ()
    crumbs: Sequence[Crumb] = ()
    is_indexed: bool = True
    is_draft: bool = False
    canonical_path: str = field(default="")
    title_locale: str = ""

    @property
    def home_path(self) -> str:
        return f"/{self.language.code}/"

    @property
    def search_path(self) -> str:
        return f"/{self.language.code}/search/"

    @cached_property
    def municipality_names(self) -> dict[str, str]:
        """The names of municipalities by code, read when the first entry of a list asks: any page may list contact points."""
        return LabelBook(self.language.code).municipality

    @property
    def canonical_url(self) -> str:
        return f"{settings.PUBLIC_URL}{self.canonical_path or self.path}"

    @property
    def available_versions(self) -> list[LanguageVersion]:
        """The languages this page can be read in."""
        return [version for version in self.versions if version.path and version.text_language is None]

    @property
    def indexed_versions(self) -> list[LanguageVersion]:
        """The languages that search engines are told of: a page that shows the text of another language is none."""
        return [version for version in self.available_versions if version.is_indexed]

    @property
    def default_version(self) -> LanguageVersion | None:
        """Get the version search engines show a reader of no known language: English, else the source."""
        by_code = {version.language.code: version for version in self.indexed_versions}
        return by_code.get("en") or by_code.get("da")


def build_versions(
    translations: Iterable[dict[str, Any]], current: str, *, hides_outdated: bool = False, has_fallback: bool = True
) -> list[LanguageVersion]:
    """Build a version for each language of the site, in the site's order, from ``[{"locale", "state", "url"}]``.

    A language without a text leads, with ``has_fallback``, to that of the first language of its chain, inside its own pages.
    ``hides_outdated`` says that an outdated translation is not shown as the answer.
    """
    found = {entry["locale"]: entry for entry in translations}
    stale = {code for code, entry in found.items() if hides_outdated and entry["state"] == TranslationState.OUTDATED}
    versions = []
    for code, language in LANGUAGES.items():
        own = found.get(code)
        version = LanguageVersion(language, is_current=code == current)
        if own:
            version = replace(version, path=_path_of(own["url"]), state=own["state"], is_indexed=code not in stale)
        elif has_fallback and (fresh := [*(found.keys() - stale)] or [*found]):
            chain = [text for text in (*fallback_chain(code), *LANGUAGES) if text in fresh]
            path = build_frame_path(_path_of(found[chain[0]]["url"]), code)
            version = replace(version, path=path, text_language=LANGUAGES[chain[0]])
        versions.append(version)
    return versions


def build_site_versions(pattern: str, current: str, locales: Iterable[str]) -> list[LanguageVersion]:
    """Build the versions of a page that exists in several interface languages; ``pattern`` holds ``{locale}``."""
    available = set(locales)
    return [
        LanguageVersion(language, pattern.format(locale=code) if code in available else "", is_current=code == current)
        for code, language in LANGUAGES.items()
    ]


def build_frame(
    *,
    locale: str,
    title: str,
    path: str,
    day: date,
    place: str = "",
    versions: Sequence[LanguageVersion] | None = None,
    **details: Any,
) -> Frame:
    """Build the frame of a page; ``place`` is where in the site it stands if that is not its ``path``.

    Without ``versions`` the language menu leads to the home pages there are.
    """
    place = place or path
    crumbs = build_crumbs(place, locale, day)
    above = {crumb.path for crumb in crumbs}
    places = [
        replace(entry, current=_find_current(entry.path, place, above)) for entry in list_menu_entries(locale, day)
    ]
    if versions is None:
        versions = build_site_versions("/{locale}/", locale, list_home_locales(day))
    return Frame(
        language=get_language_of(locale),
        title=title,
        path=path,
        versions=versions,
        sections=[entry for entry in places if entry.layout == "section"],
        pages=[entry for entry in places if entry.layout != "section"],
        crumbs=crumbs,
        **details,
    )


def build_document_frame(found: ReleasedDocument, *, locale: str, path: str, day: date, **details: Any) -> Frame:
    """Build the frame of a released document shown at a path with the interface in ``locale``."""
    document = found.document
    is_framed = path.startswith(f"/{locale}/{FRAME_SIGN}")
    return build_frame(
        locale=locale,
        title=document["title"],
        path=path,
        day=day,
        description=document.get("summary") or "",
        place=found.path if is_framed else path,
        versions=build_versions(
            [*document["translations"], _build_own_entry(document)],
            locale,
            hides_outdated=found.type in HIDDEN_WHEN_OUTDATED,
            has_fallback=not details.get("is_draft"),
        ),
        canonical_path=found.path,
        title_locale=found.locale,
        **details,
    )


def build_crumbs(path: str, locale: str, day: date) -> list[Crumb]:
    """Build the way down to a path: the pages above it that exist, without the home page and the page itself.

    Above a text of another language each page stands there in the best language of the chain of ``locale``.
    """
    parts = path.strip("/").split("/")
    above = ["/" + "/".join(parts[:length]) + "/" for length in range(2, len(parts))]
    if above and parts[0] != locale:
        places = find_places(above, locale, day)
        return [Crumb(places[step].title, places[step].path, places[step].locale) for step in above if step in places]
    titles: dict[str, Any] = find_titles(above, day) if above else {}
    danish: dict[str, str] = {}
    if parts[1:2] == ["acts"] and above:
        # The list of acts is there without a page of its own, and acts are Danish in every language of the interface.
        titles.setdefault(above[0], _("Legislation"))
        danish = {step: f"/{SOURCE_LANGUAGE}/{step.split('/', 2)[2]}" for step in above[1:]}
        found = find_titles(danish.values(), day) if danish else {}
        titles |= {step: found[path] for step, path in danish.items() if path in found}
    return [Crumb(titles[step], step, SOURCE_LANGUAGE if step in danish else "") for step in above if step in titles]


def _build_own_entry(document: dict[str, Any]) -> dict[str, Any]:
    return {"locale": document["locale"], "state": document["translation"]["state"], "url": document["url"]}


def _find_current(place: str, path: str, above: Collection[str]) -> str:
    """Find the value of ``aria-current`` of a menu's place on the page at a path, ``""`` for a place elsewhere."""
    if place == path:
        return "page"
    return "true" if path.startswith(place) or place in above else ""


def _path_of(url: str) -> str:
    return urlsplit(url).path
