"""Texts for the log, without pages."""

from typing import Any
from uuid import UUID, uuid4

import orjson

from cms.publication.log.drafts import ReleaseDraft
from cms.publication.models import Window


def make_draft(
    title: str = "Opholdstilladelse", *, content_id: UUID | None = None, locale: str = "da", **values: Any
) -> ReleaseDraft:
    """Make a draft of an article, or of what ``type`` says."""
    content_id = content_id or uuid4()
    text = {"title": title, "summary": "", "html": f"<p>{title}</p>", "blocks": [], "citations": [], "related": []}
    document = {**text, **values.pop("document", {})}
    values.setdefault("type", "article")
    return ReleaseDraft(
        content_id=content_id, locale=locale, document=document, path=f"/{locale}/{content_id}/", **values
    )


def read_windows(content_id: UUID, locale: str = "da") -> list[tuple[Any, Any, str, str]]:
    """Read the windows of one language as ``(starts, ends, title, state)``, in order of time."""
    windows = Window.objects.filter(content_id=content_id, locale=locale).order_by("starts")
    return list(windows.values_list("starts", "ends", "title", "state"))


def read_document(content_id: UUID, day: Any, locale: str = "da") -> dict[str, Any]:
    """Read the released document that applies on a day."""
    window = Window.objects.applying(day).get(content_id=content_id, locale=locale)
    document: dict[str, Any] = orjson.loads(bytes(window.release.stored_body.body))
    return document
