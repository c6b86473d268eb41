"""Registry of what domain packages add to publication, from each app's ``ready``: content types, followers, timed jobs, plans."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from cms.publication.access.querysets import HIDDEN_WHEN_OUTDATED
from cms.publication.calendar_events import CalendarEventSource
from cms.publication.models.log import Release
from cms.publication.planned import PlannedSource


@dataclass(frozen=True)
class ContentType:
    """One type of content of the API.

    ``label`` is its English name, translated where it is shown. ``serializer`` is the DRF serializer whose shape is the
    released document, the OpenAPI schema and the index's input. ``model`` is the page model, or ``None`` for contents that
    are not pages. ``calendar_events`` says which of its dates stand in the calendar. ``build_json_ld`` describes a complete
    document for machines that know nothing of ours (schema.org); what it builds is the document's ``json_ld``. ``find_end`` finds
    the first day on which what a document tells of has ended, whatever the text's own days are: ``None`` without an end.

    ``template`` is the portal's template, ``""`` for contents with a view of their own. ``is_news`` types are listed newest first
    and have a feed. ``is_hidden_when_outdated`` types are not served in a language whose source has changed in substance.
    Mirrors that name no types get those that are ``is_mirrored_by_default``. ``imported_by`` names the command that brings in
    contents which editors do not write.
    """

    name: str
    label: str
    serializer: type
    model: type | None = None
    calendar_events: CalendarEventSource | None = None
    build_json_ld: Callable[[Mapping[str, Any]], dict[str, Any]] | None = None
    find_end: Callable[[Mapping[str, Any]], date | None] = field(default=lambda document: None)
    template: str = ""
    is_news: bool = False
    is_hidden_when_outdated: bool = False
    is_mirrored_by_default: bool = True
    imported_by: str = ""


class Follower(Protocol):
    """Something that follows the log: idempotent, told apart by name, finished with a batch before its position is stored."""

    name: str

    def follow(self, batch: Sequence[Release]) -> None:
        """Take a batch of rows in the order of the log."""

    def reset(self) -> None:
        """Throw away what was made so far; the log is followed from zero afterwards."""


@dataclass(frozen=True)
class TimedJob:
    """Something the worker looks after now and then. ``run`` decides itself whether anything is due, and is safe to repeat."""

    name: str
    run: Callable[[], object]
    every_seconds: float


@dataclass(frozen=True)
class SourceReading:
    """Reading of a source that is translated passage by passage: that of one draft (``is_of_draft``), else the newest."""

    moment: datetime
    is_of_draft: bool


@dataclass
class Registry:
    """Content types, followers and timed jobs by name, and what domain packages have a say in.

    ``finish_text`` gets the text part of a page's document, the names of its fields that are HTML beside ``html``, and the moment
    of publication; it returns what is released: citations and sources resolved, links set. It runs at publish time.
    ``is_finished_from`` gets a released text part and what the page itself says now; it returns whether the one was made from
    the other, whatever was known of the law when it was released.
    ``find_source_reading`` gets a translation and the id of the revision it stands in; it returns when its source was read for it,
    ``None`` for one that is written by hand.
    Each of ``obstacle_finders`` gets what is about to be published, a page or a snippet, and returns why it may not be. Each of
    ``gap_finders`` returns what a person has to complete first; a bundle is told of it and published as it stands.
    Each of ``consequence_finders`` gets a page, how much of it changed (``""`` while that has not been answered) and the user; it
    returns sentences on what else publishing the page does.
    """

    types: dict[str, ContentType] = field(default_factory=dict)
    followers: dict[str, Follower] = field(default_factory=dict)
    jobs: dict[str, TimedJob] = field(default_factory=dict)
    find_source_reading: Callable[[Any, int | None], SourceReading | None] = field(
        default=lambda page, revision_id: None
    )
    planned_sources: dict[str, PlannedSource] = field(default_factory=dict)
    machine_check: Callable[[Any], bool] = field(default=lambda page: False)
    obstacle_finders: list[Callable[[Any], str | None]] = field(default_factory=list)
    gap_finders: list[Callable[[Any], str | None]] = field(default_factory=list)
    consequence_finders: list[Callable[[Any, str, Any], Iterable[str]]] = field(default_factory=list)
    finish_text: Callable[[dict[str, Any], Sequence[str], datetime], dict[str, Any]] = field(
        default=lambda document, html_fields, moment: document
    )
    is_finished_from: Callable[[Mapping[str, Any], Mapping[str, Any]], bool] = field(
        default=lambda released, own: all(released.get(name) == value for name, value in own.items())
    )

    def register_type(self, content_type: ContentType) -> None:
        """Register a content type; a second one of the same name is an error in the code."""
        if content_type.name in self.types:
            raise ValueError(f"content type {content_type.name} is registered twice")
        self.types[content_type.name] = content_type
        if content_type.is_hidden_when_outdated:
            HIDDEN_WHEN_OUTDATED.add(content_type.name)

    def register_follower(self, follower: Follower) -> None:
        """Register a follower."""
        if follower.name in self.followers:
            raise ValueError(f"follower {follower.name} is registered twice")
        self.followers[follower.name] = follower

    def register_job(self, job: TimedJob) -> None:
        """Register a timed job."""
        if job.name in self.jobs:
            raise ValueError(f"timed job {job.name} is registered twice")
        self.jobs[job.name] = job

    def register_planned_source(self, source: PlannedSource) -> None:
        """Register a source of the calendar of everything planned."""
        if source.name in self.planned_sources:
            raise ValueError(f"source of planned things {source.name} is registered twice")
        self.planned_sources[source.name] = source

    def list_page_types(self) -> Iterable[ContentType]:
        """List the content types that are pages."""
        return [content_type for content_type in self.types.values() if content_type.model is not None]

    def list_unmirrored_types(self) -> list[str]:
        """List the names of the types that mirrors get only when they ask for them."""
        return sorted(name for name, content_type in self.types.items() if not content_type.is_mirrored_by_default)

    def list_news_types(self) -> frozenset[str]:
        """List the names of the types that are news."""
        return frozenset(name for name, content_type in self.types.items() if content_type.is_news)

    def complete(self, document: dict[str, Any]) -> dict[str, Any]:
        """Complete a document by what is derived from all of it: ``json_ld``, where its type has one."""
        content_type = self.types.get(document["type"])
        if content_type is None or content_type.build_json_ld is None:
            return document
        return {**document, "json_ld": content_type.build_json_ld(document)}

    def find_end(self, type_name: str, document: Mapping[str, Any]) -> date | None:
        """Find the first day on which what a document tells of has ended; ``None`` for a type nobody registered."""
        content_type = self.types.get(type_name)
        return content_type.find_end(document) if content_type else None

    def find_type_of(self, page: Any) -> ContentType | None:
        """Find the content type of a page."""
        return self.types.get(getattr(page, "content_type_name", ""))


registry = Registry()
register_type = registry.register_type
register_follower = registry.register_follower
register_job = registry.register_job
register_planned_source = registry.register_planned_source
