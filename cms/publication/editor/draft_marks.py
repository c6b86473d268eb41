"""Marks of saved drafts: which text somebody looked at before publishing it."""

import re
from dataclasses import dataclass
from typing import Any

import orjson
from wagtail.fields import StreamField
from wagtail.models import Page, Revision

from cms.publication.log.digests import compute_hash

# Example: "185@0c1d5a9f3b7e2c4d6f8a0b1c2d3e4f50"
MARK = re.compile(r"(\d{1,18})@([0-9a-f]{32})")
# What publishing asks for itself, and what is no part of the text.
ANSWERS = frozenset({"applies_from", "significance", "change_note", "go_live_at"})
OWN_OF_PAGES = frozenset(field.name for field in Page._meta.concrete_fields) - {"title", "slug", "expire_at"}
VOLATILE = ANSWERS | OWN_OF_PAGES | {"wagtail_admin_comments"}


@dataclass(frozen=True)
class DraftMark:
    """Mark of a draft by what it says.

    Saving a draft again while somebody types keeps its revision, and a save that was on its way when "Publish…" was pressed makes
    another one of the same words: neither the number nor the moment tells whether it is the text that was looked at.
    """

    revision_id: int
    digest: str

    @classmethod
    def build(cls, revision: Revision) -> "DraftMark":
        """Build the mark of a revision."""
        return cls(revision.pk, compute_hash(_list_said(revision)))

    @classmethod
    def parse(cls, text: str) -> "DraftMark | None":
        """Read a mark as it stands in a form or an address; ``None`` for anything else."""
        found = MARK.fullmatch(text)
        return cls(int(found[1]), found[2]) if found else None

    def __str__(self) -> str:
        return f"{self.revision_id}@{self.digest}"

    def stands_for(self, revision: Revision) -> bool:
        """Say whether a revision says what was looked at."""
        return self.digest == DraftMark.build(revision).digest


def _list_said(revision: Revision) -> dict[str, Any]:
    model = revision.content_type.model_class()
    streams = {field.name for field in model._meta.get_fields() if isinstance(field, StreamField)} if model else set()
    return {
        name: _strip_ids(orjson.loads(value)) if name in streams and isinstance(value, str) else value
        for name, value in revision.content.items()
        if name not in VOLATILE
    }


def _strip_ids(value: Any) -> Any:
    """Strip the ids of blocks: one that has just been added gets another with every save."""
    if isinstance(value, list):
        return [_strip_ids(entry) for entry in value]
    if isinstance(value, dict):
        is_block = "type" in value and "value" in value
        return {key: _strip_ids(entry) for key, entry in value.items() if not (is_block and key == "id")}
    return value
