"""Places of the site as menus and the way down to a page name them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cms.core.languages import LANGUAGES, SOURCE_LANGUAGE, fallback_chain
from frontend.portal.released_documents import is_storable, list_public

MENU_COLUMNS = ("title", "path", "layout", "locale")


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


def find_titles(paths: Iterable[str], day: date) -> dict[str, str]:
    """Map those paths at which a document applies to its title."""
    wanted = [path for path in paths if is_storable(path)]
    return dict(list_public(day).filter(path__in=wanted).values_list("path", "title"))


def find_places(paths: Sequence[str], locale: str, day: date) -> dict[str, MenuEntry]:
    """Map paths at which a document applies to the best version of it for readers of a language."""
    wanted = [path for path in paths if is_storable(path)]
    asked = dict(list_public(day).filter(path__in=wanted).values_list("path", "content_id")) if wanted else {}
    windows = list_public(day).not_stale().filter(content_id__in=asked.values()).best_language(fallback_chain(locale))
    best = {row[0]: MenuEntry(*row[1:]) for row in windows.values_list("content_id", *MENU_COLUMNS)} if asked else {}
    return {path: best[content_id] for path, content_id in asked.items() if content_id in best}


def list_menu_entries(locale: str, day: date) -> list[MenuEntry]:
    """List the sections and plain pages right under a language's home page, in the order they were first released.

    What is not there in the language, as the statement on accessibility may be, stands there in the next language of the chain.
    """
    # The source language is where pages are written: what is not there is not meant for its readers.
    chain = [locale] if locale == SOURCE_LANGUAGE else fallback_chain(locale)
    windows = list_public(day).filter(type="page", parent_path__in=[f"/{code}/" for code in chain]).best_language(chain)
    ordered = windows.order_by("release__first_released_at", "release_id")
    return [MenuEntry(*row) for row in ordered.values_list(*MENU_COLUMNS)]


def list_home_locales(day: date) -> list[str]:
    """List the languages that have a home page."""
    homes = list_public(day).filter(type="page", path__in=[f"/{locale}/" for locale in LANGUAGES])
    return [locale for locale, path in homes.order_by().values_list("locale", "path") if path == f"/{locale}/"]
