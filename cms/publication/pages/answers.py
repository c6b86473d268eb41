"""Answers a person gives when publishing: how much a text changed, from which day it applies, and a note for readers."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Any

from wagtail.models import Revision

from cms.core.enums import Significance
from cms.core.models import ReleasablePage
from cms.publication.log.history import ContentHistory, load_histories
from cms.publication.pages.builder import find_source_page
from cms.publication.pages.services import is_released_type

_are_given: ContextVar[bool] = ContextVar("answers_are_given", default=False)


@dataclass(frozen=True)
class PublishAnswers:
    """Answers for one release. ``applies_from`` ``None`` means the day of publication."""

    significance: str = Significance.MINOR
    applies_from: date | None = None
    change_note: str = ""

    def write_to(self, page: ReleasablePage) -> None:
        """Write the answers into a draft. A schedule it had is over: the day says when it applies."""
        page.significance, page.applies_from, page.change_note = self.significance, self.applies_from, self.change_note
        page.go_live_at = None

    def store(self, revision: Revision) -> None:
        """Store the answers in the revision that is about to be published."""
        revision.content |= {
            "significance": str(self.significance),
            "applies_from": self.applies_from.isoformat() if self.applies_from else None,
            "change_note": self.change_note,
            "go_live_at": None,
        }
        revision.save(update_fields=["content"])


@contextmanager
def giving_answers() -> Iterator[None]:
    """Publish, inside, what somebody has answered for."""
    token = _are_given.set(True)
    try:
        yield
    finally:
        _are_given.reset(token)


def are_answers_given() -> bool:
    """Say whether what is being published has been answered for."""
    return _are_given.get()


def was_released(history: ContentHistory, locale: str) -> bool:
    """Say whether a text of the language ever came out, also one that was taken back since."""
    return any(row.is_text for row in history.list_rows(locale))


def needs_answers(page: Any, user: Any) -> bool:
    """Say whether a person publishes a text that readers know, and has not said how much it changed.

    Commands and the worker ask nobody: what they publish says it, or was answered for before. A translation's words have no say
    in what becomes outdated.
    """
    if user is None or are_answers_given() or not is_released_type(page) or find_source_page(page).pk != page.pk:
        return False
    history = load_histories([page.translation_key])[page.translation_key]
    return was_released(history, page.locale.language_code)
