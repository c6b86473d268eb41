"""Contents for the tests of the API: released through the log, as everything is."""

import itertools
from datetime import date
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

import orjson

from cms.publication.following.followers import catch_up
from cms.publication.log.drafts import ReleaseDraft
from cms.publication.log.publication_log import publication_log
from cms.publication.models import Release
from cms.publication.registry import registry

_numbers = itertools.count(1)
DRAFT_FIELDS = {
    *(
        "visibility",
        "consortium",
        "topics",
        "audiences",
        "focus_areas",
        "municipalities",
        "applies_from",
        "applies_until",
    ),
    *("significance", "change_note", "source_locale", "source_version", "is_machine", "path"),
}


def release(
    content_id: UUID | None = None,
    *,
    locale: str = "da",
    type: str = "article",  # noqa: A002 - the API's own word
    title: str | None = None,
    **values: Any,
) -> Release:
    """Release one text and return its row; what is no field of a draft goes into the document."""
    content_id = content_id or uuid4()
    title = title or f"Tekst {next(_numbers)}"
    fields = {name: value for name, value in values.items() if name in DRAFT_FIELDS}
    text = {name: value for name, value in values.items() if name not in DRAFT_FIELDS}
    document = {
        "title": title,
        "summary": "En sætning.",
        "html": f'<div lang="{locale}"><p>{title}</p></div>',
        "blocks": [],
        "citations": [],
        "related": [],
        **text,
    }
    fields.setdefault("path", f"/{locale}/{content_id}/")
    publication_log.release_contents([ReleaseDraft(content_id, locale, type, document, **fields)])
    return find_newest_text(content_id, locale)


def find_newest_text(content_id: UUID, locale: str = "da") -> Release:
    """Return the row an editor's text was last released with."""
    rows = Release.objects.filter(content_id=content_id, locale=locale, kind="released")
    return [row for row in rows.order_by("position") if row.is_text][-1]


def find_newest(content_id: UUID, locale: str = "da") -> Release:
    """Return the last released row of a language, repeated releases included."""
    return Release.objects.filter(content_id=content_id, locale=locale, kind="released").order_by("position").last()


def withdraw(content_id: UUID, **values: Any) -> None:
    """Withdraw an item, a language or a version."""
    publication_log.withdraw(content_id=content_id, **values)


def day(text: str) -> date:
    """Read a day."""
    return date.fromisoformat(text)


def fill_search() -> None:
    """Let search take what has been released."""
    for follower in registry.followers.values():
        catch_up(follower)


class Loads:
    """Counts the stored documents that are opened within: ``with Loads() as loads: …``, then ``loads.count``."""

    def __init__(self) -> None:
        self.count = 0

    def __enter__(self) -> "Loads":
        self._patch = patch("orjson.loads", side_effect=self._load)
        self._original = orjson.loads
        self._patch.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._patch.stop()

    def _load(self, value: bytes) -> Any:
        loaded = self._original(value)
        self.count += isinstance(loaded, dict) and "first_released_at" in loaded
        return loaded
