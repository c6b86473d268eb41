"""Reasons for which something cannot be released, in words for whoever asked; every way to publish looks here first."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.core.calendar import today
from cms.core.languages import LANGUAGES
from cms.core.reserved_paths import build_reserved_message, reserved_paths
from cms.publication.log.history import ContentHistory, load_histories
from cms.publication.log.timeline import have_applied
from cms.publication.pages.builder import find_source_page
from cms.publication.pages.services import is_released_type
from cms.publication.registry import registry


class ReleaseRefusedError(Exception):
    """Publishing or scheduling was refused; the message says why and what to do, in the language of the user."""


_is_accepting_gaps: ContextVar[bool] = ContextVar("is_accepting_gaps", default=False)


@contextmanager
def accepting_gaps() -> Iterator[None]:
    """Publish within the block what lacks something that only a person could add: a bundle says itself that it publishes."""
    token = _is_accepting_gaps.set(True)
    try:
        yield
    finally:
        _is_accepting_gaps.reset(token)


class AnswersMissingError(ReleaseRefusedError):
    """A person asked to publish ``page`` where nobody could say how much it changed, or from when.

    ``is_approval`` says that the last task of a workflow was to be approved by it.
    """

    def __init__(self, page: Any, *, is_approval: bool = False) -> None:
        text = _(
            "Nothing was published: of “%(title)s” it has to be said how much has changed and from when it applies. Open it and "
            "choose “Publish…”."
        )
        super().__init__(text % {"title": page.get_admin_display_title()})
        self.page = page
        self.is_approval = is_approval


def find_obstacle(instance: Any) -> str | None:
    """Find what stands against releasing a page or snippet as it stands in ``instance``; ``None`` where nothing does."""
    obstacle = next(filter(None, (find(instance) for find in registry.obstacle_finders)), None)
    if obstacle or _is_accepting_gaps.get() or not (missing := _find_missing(instance)):
        return obstacle
    return _("“%(title)s” was not published: readers need more. %(missing)s") % {"title": instance, "missing": missing}


def find_accepted_gap(instance: Any) -> str | None:
    """Say what a person has still to add to what was published all the same; ``None`` where it is complete."""
    if not (missing := _find_missing(instance)):
        return None
    return _("“%(title)s” was published, but readers need more. %(missing)s") % {"title": instance, "missing": missing}


def _find_missing(instance: Any) -> str | None:
    return next(filter(None, (find(instance) for find in registry.gap_finders)), None)


def refuse_to_bring_back(pages: Iterable[Page]) -> None:
    """Refuse to publish pages of which nobody was speaking in particular when one of them had been withdrawn.

    Raises:
        ReleaseRefusedError: if one of them was withdrawn and not published since.
    """
    released = [page for page in pages if is_released_type(page)]
    histories = load_histories({page.translation_key for page in released})
    for page in released:
        code = page.locale.language_code
        if is_withdrawn(histories[page.translation_key], code):
            raise ReleaseRefusedError(
                _(
                    "Nothing was published: “%(title)s” (%(language)s) has been withdrawn. If it is to come back, open it and "
                    "publish it by itself."
                )
                % {"title": page.title, "language": LANGUAGES[code].endonym}
            )


def is_withdrawn(history: ContentHistory, locale: str) -> bool:
    """Say whether a language came out once and all of it was taken back."""
    entries = history.list_delivered(locale)
    return all(entry.is_hole for entry in entries) and have_applied(history.list_rows(locale), today())


def find_reserved_path(instance: Any) -> str | None:
    """Say that a page would stand where the site itself answers, with its slug as it is about to be."""
    if not is_released_type(instance):
        return None
    above, slug = instance.portal_path.rstrip("/").rpartition("/")[::2]
    # The home page's slug is no part of its path.
    path = f"{above}/{instance.slug}/" if above else instance.portal_path
    return build_reserved_message(path) if slug and reserved_paths.is_reserved(path) else None


def find_withdrawn_source(instance: Any) -> str | None:
    """Say that the text a translation renders has been withdrawn; one that was never released stands against nothing."""
    if not is_released_type(instance):
        return None
    source = find_source_page(instance)
    if source.pk == instance.pk:
        return None
    code = source.locale.language_code
    history = load_histories([instance.translation_key])[instance.translation_key]
    if not is_withdrawn(history, code):
        return None
    return _(
        "“%(title)s” cannot be published in %(language)s: the text it translates, %(source)s “%(source_title)s”, has been "
        "withdrawn. Publish that one first."
    ) % {
        "title": instance.title,
        "language": LANGUAGES[instance.locale.language_code].endonym,
        "source": LANGUAGES[code].endonym,
        "source_title": source.title,
    }
