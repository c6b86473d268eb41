"""Drafts handed to the log: one text in one language, before the log adds its envelope."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from cms.core.enums import Significance, Visibility
from cms.core.languages import SOURCE_LANGUAGE
from cms.core.shown_targets import Target


@dataclass(frozen=True)
class Classification:
    """Classification of an item, and its readers; the same for all languages and versions of it."""

    visibility: str = Visibility.PUBLIC
    consortium: str = ""
    topics: Sequence[str] = ()
    audiences: Sequence[str] = ()
    focus_areas: Sequence[str] = ()
    municipalities: Sequence[str] = ()

    def is_same_as(self, other: "Classification") -> bool:
        """Say whether both put an item in the same place."""
        mine, others = (self.visibility, self.consortium), (other.visibility, other.consortium)
        return mine == others and self.build_terms() == other.build_terms()

    def build_terms(self) -> dict[str, list[str]]:
        """Build ``{"topic": [...], "audience": [...], "focus_area": [...], "municipality": [...]}``."""
        return {
            "topic": list(self.topics),
            "audience": list(self.audiences),
            "focus_area": list(self.focus_areas),
            "municipality": list(self.municipalities),
        }


@dataclass(frozen=True)
class LaterRendition:
    """Rendition of a text from a later day on, because something it shows by reference changes then."""

    starts: date
    document: Mapping[str, Any]


@dataclass(frozen=True)
class ReleaseDraft:
    """One text to release.

    ``document`` holds the type's own and the common text fields (title, summary, html, blocks, citations, related) as they read
    on the first day, ``renditions`` how they read from later days on, in order of time; ``references`` what they show, or asked to
    show, on any of these days. The log adds id, version, url, classification, dates, translations and translation state.
    ``applies_from`` ``None`` means today. ``undoes`` is the position of a text that was published by mistake, and before which
    this one stood.
    """

    content_id: UUID
    locale: str
    type: str
    document: Mapping[str, Any]
    path: str
    visibility: str = Visibility.PUBLIC
    consortium: str = ""
    topics: Sequence[str] = ()
    audiences: Sequence[str] = ()
    focus_areas: Sequence[str] = ()
    municipalities: Sequence[str] = ()
    applies_from: date | None = None
    applies_until: date | None = None
    significance: str = Significance.MINOR
    change_note: str = ""
    source_locale: str = SOURCE_LANGUAGE
    source_version: str = ""
    is_machine: bool = False
    revision_id: int | None = None
    undoes: int | None = None
    renditions: Sequence[LaterRendition] = ()
    references: frozenset[Target] = frozenset()
    verified: Mapping[str, Any] = field(default_factory=lambda: {"until": None, "by": None})

    def is_same_text_as(self, other: "ReleaseDraft") -> bool:
        """Say whether both say the same on every day, wherever they belong."""
        return self._build_said() == other._build_said()

    def _build_said(self) -> tuple[Any, ...]:
        return (
            self.document,
            self.renditions,
            self.references,
            self.applies_until,
            self.change_note,
            self.is_machine,
            dict(self.verified),
        )

    @property
    def classification(self) -> Classification:
        """The classification this draft brings along."""
        return Classification(
            self.visibility, self.consortium, self.topics, self.audiences, self.focus_areas, self.municipalities
        )
