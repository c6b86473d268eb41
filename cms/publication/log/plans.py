"""Plans: the rows a change calls for, so that the log says what is true on every coming day.

A text is released once when it is published. It is released again, unchanged, wherever what surrounds it differs: at once when a
sibling language comes or goes, and from a coming day on when that day changes its state (the source's planned text makes a
translation outdated) or what it shows by reference (an amount that changes on 1 January). So nothing needs to happen at midnight.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import orjson

from cms.core.shown_targets import Target
from cms.publication.enums import Kind, Reason
from cms.publication.log.digests import compute_hash
from cms.publication.log.drafts import ReleaseDraft
from cms.publication.log.envelope import build_document, build_envelope, encode
from cms.publication.log.history import ContentHistory
from cms.publication.log.renditions import Rendition
from cms.publication.log.timeline import Span, find_span
from cms.publication.models.log import Release, ReleaseBody, ReleaseReference, ReleaseRendition

BodyLoader = Callable[[int], bytes]
RenditionLoader = Callable[[int, date], bytes]
ENVELOPE_OWN = ("id", "type", "locale", "version", "url", "released_at", "first_released_at")


@dataclass(frozen=True)
class Desired:
    """One version that ought to be delivered: a text from a day on, as it reads then and with what surrounds it then."""

    text: Release
    rendition: Rendition | None
    applies_from: date
    envelope: dict[str, Any]
    envelope_hash: str


@dataclass
class Plan:
    """The rows one content gets in one transaction, with the bytes of those that are released."""

    history: ContentHistory
    now: datetime
    today: date
    next_position: Callable[[], int]
    next_version: Callable[[], str]
    load_body: BodyLoader
    load_rendition: RenditionLoader
    rows: list[Release] = field(default_factory=list)
    bodies: dict[int, bytes] = field(default_factory=dict)
    replaced_since: dict[int, date] = field(default_factory=dict)
    references: dict[int, Collection[Target]] = field(default_factory=dict)
    _texts: dict[int, dict[str, Any]] = field(default_factory=dict)
    _rendition_texts: dict[tuple[int, date], dict[str, Any]] = field(default_factory=dict)
    _fresh: set[int] = field(default_factory=set)

    def add_text(self, draft: ReleaseDraft, renditions: Sequence[Rendition]) -> Release:
        """Add a row for a new text; its document is finished by ``settle``, when all texts are known."""
        first, *later = renditions
        position = self.next_position()
        row = self._build_row(
            locale=draft.locale,
            type=draft.type,
            position=position,
            text_position=position,
            text_hash=first.text_hash,
            title=str(draft.document.get("title", "")),
            path=draft.path,
            visibility=str(draft.visibility),
            consortium=draft.consortium,
            terms=draft.classification.build_terms(),
            applies_from=draft.applies_from or self.today,
            applies_until=draft.applies_until,
            significance=str(draft.significance),
            change_note=draft.change_note,
            source_locale=draft.source_locale,
            source_version=draft.source_version,
            is_machine=draft.is_machine,
            revision_id=draft.revision_id,
            undoes=draft.undoes,
        )
        self.history.paths[draft.locale] = draft.path
        self._append(row)
        self._fresh.add(row.position)
        self._texts[row.position] = dict(first.document or {})
        self._set_renditions(row, later)
        self.references[row.position] = draft.references
        return row

    def confirm_text(self, text: Release, source_version: str, references: Collection[Target]) -> Release:
        """Add a text that says from today on what ``text`` says, as a translation of another version of its source."""
        row = self._build_row(
            locale=text.locale,
            type=text.type,
            position=(position := self.next_position()),
            text_position=position,
            text_hash=text.text_hash,
            title=text.title,
            path=self.history.get_path(text.locale),
            applies_from=self.today,
            applies_until=text.applies_until,
            significance=text.significance,
            change_note=text.change_note,
            source_locale=self.history.source_locale,
            source_version=source_version,
            is_machine=text.is_machine,
            revision_id=text.revision_id,
        )
        renditions = self.history.list_renditions(text, self.today)
        current = self.history.find_rendition(text, self.today)
        row.text_hash = renditions[0].text_hash
        self._append(row)
        self._fresh.add(position)
        self._texts[position] = self._get_rendition(text.position, current)
        later = [
            replace(rendition, document=self._get_rendition(text.position, rendition)) for rendition in renditions[1:]
        ]
        self._set_renditions(row, later)
        self.references[position] = references
        return row

    def replace_renditions(self, text: Release, renditions: Sequence[Rendition], *, keeps_past: bool) -> None:
        """Let a text read otherwise from the day of the first of these renditions on.

        What it reads on that day takes the place of what it read since its last turn, or with ``keeps_past`` only of what it
        would have read from that day on.
        """
        first, *later = renditions
        current = self.history.find_rendition(text, first.starts)
        since = first.starts + timedelta(days=1)
        if first.text_hash != (current.text_hash if current else text.text_hash):
            begun = current.starts if current else text.applies_from or first.starts
            since = first.starts if keeps_past else begun
            later = [replace(first, starts=since), *later]
        before = [rendition for rendition in self.history.renditions.get(text.position, ()) if rendition.starts < since]
        self.replaced_since[text.position] = since
        self._set_renditions(text, [*before, *later])

    def _set_renditions(self, text: Release, renditions: Sequence[Rendition]) -> None:
        self.history.renditions[text.position] = list(renditions)
        for rendition in renditions:
            if rendition.document is not None:
                self._rendition_texts[text.position, rendition.starts] = dict(rendition.document)

    def withdraw(
        self, locale: str, reason: str, moved_to: Any = None, version: str = "", explanation: str = ""
    ) -> Release:
        """Add a row that takes away one version, or all of a language. ``explanation`` is for readers."""
        latest = self.history.list_rows(locale)[-1]
        row = Release(
            position=self.next_position(),
            content_id=self.history.content_id,
            locale=locale,
            type=latest.type,
            kind=Kind.WITHDRAWN,
            reason=reason,
            moved_to=moved_to,
            version=version,
            title=latest.title,
            path=latest.path,
            visibility=latest.visibility,
            consortium=latest.consortium,
            terms=latest.terms,
            released_at=self.now,
            first_released_at=latest.first_released_at,
            source_locale=latest.source_locale,
            change_note=explanation,
        )
        self._append(row)
        return row

    def settle(self) -> None:
        """Finish new documents and add the repeated releases and cancellations that the change calls for."""
        for position in sorted(self._fresh):
            row = next(row for row in self.rows if row.position == position)
            self._finish(row, self._texts[position], build_envelope(self.history, row, self._choose_day(row)))
        for locale in self.history.locales:
            self._settle_language(locale)

    def _settle_language(self, locale: str) -> None:
        desired, superfluous = self._list_steps(locale)
        for version in desired:
            self._repeat(version)
        for row in superfluous:
            self.withdraw(locale, Reason.GONE, version=row.version)

    def _list_steps(self, locale: str) -> tuple[list[Desired], list[Release]]:
        """List the versions that are missing, and those that are delivered and ought not to be."""
        delivered = {span.starts: span for span in self.history.build_delivered_spans(locale)}
        entries = {
            entry.row.applies_from: entry.row for entry in self.history.list_delivered(locale) if not entry.is_hole
        }
        wanted = self._list_desired(locale)
        missing = [desired for desired in wanted if not _stands(entries.get(desired.applies_from), desired)]
        kept = {desired.applies_from for desired in wanted}
        applies_today = find_span(self.history.build_text_spans(locale), self.today) is not None
        superfluous = []
        for starts, span in delivered.items():
            # A text released now for days gone by may have ended already; what was repeated later of the one before it goes too.
            is_over = span.covers(self.today) and not applies_today
            if is_over or (starts > self.today and starts not in kept):
                superfluous.append(span.row)
        return missing, superfluous

    def _list_desired(self, locale: str) -> list[Desired]:
        effective_days = self._list_effective_days()
        begun = [
            entry.row.applies_from
            for entry in self.history.list_delivered(locale)
            if entry.row.applies_from and entry.row.applies_from <= self.today
        ]
        wanted: dict[date, Desired] = {}
        for span in self.history.build_text_spans(locale):
            if not span.reaches(self.today):
                continue
            last_hash = ""
            for day in self._list_days(span, effective_days):
                rendition = self.history.find_rendition(span.row, day)
                envelope = build_envelope(self.history, span.row, day)
                envelope_hash = _compute_envelope_hash(envelope, rendition)
                if envelope_hash == last_hash and day > self.today:
                    continue
                last_hash = envelope_hash
                starts = day
                if day == self.today:
                    # What applies today starts where the version before it started, else that one would go on winning.
                    starts = max([span.starts, *begun, *([rendition.starts] if rendition else [])])
                wanted[starts] = Desired(span.row, rendition, starts, envelope, envelope_hash)
        return list(wanted.values())

    def _list_days(self, span: Span, effective_days: Iterable[date]) -> list[date]:
        first = max(span.starts, self.today)
        own = [rendition.starts for rendition in self.history.renditions.get(span.row.position, ())]
        # Days gone by are settled, but for a text that is published only now and applies since long.
        past = [day for day in own if span.starts < day < first] if span.row.position in self._fresh else []
        later = sorted(day for day in {*effective_days, *own} if day > first and span.covers(day))
        return [*past, first, *later]

    def _list_effective_days(self) -> list[date]:
        days: set[date] = set()
        for locale in self.history.locales:
            for span in self.history.build_text_spans(locale):
                days.update(day for day in (span.starts, span.ends) if day and day > self.today)
        return sorted(days)

    def _choose_day(self, row: Release) -> date:
        span = next((span for span in self.history.build_text_spans(row.locale) if span.row is row), None)
        if span is None:
            return row.applies_from or self.today
        return max(span.starts, self.today) if span.reaches(self.today) else span.starts

    def _repeat(self, desired: Desired) -> None:
        text = desired.text
        row = self._build_row(
            locale=text.locale,
            type=text.type,
            position=self.next_position(),
            text_position=text.position,
            text_hash=text.text_hash,
            title=text.title,
            path=self.history.get_path(text.locale),
            visibility=desired.envelope["visibility"],
            consortium=desired.envelope["consortium"] or "",
            terms=self.history.get_classification(text.locale).build_terms(),
            applies_from=desired.applies_from,
            applies_until=text.applies_until,
            significance=text.significance,
            change_note=text.change_note,
            source_locale=text.source_locale,
            source_version=text.source_version,
            is_machine=text.is_machine,
            revision_id=text.revision_id,
        )
        self._append(row)
        self._finish(row, self._get_rendition(text.position, desired.rendition), desired.envelope, desired.rendition)

    def _get_rendition(self, position: int, rendition: Rendition | None) -> dict[str, Any]:
        if rendition is None:
            return self._get_text(position)
        key = (position, rendition.starts)
        if key not in self._rendition_texts:
            self._rendition_texts[key] = orjson.loads(self.load_rendition(*key))
        return self._rendition_texts[key]

    def _get_text(self, position: int) -> dict[str, Any]:
        if position not in self._texts:
            stored = orjson.loads(self.bodies.get(position) or self.load_body(position))
            self._texts[position] = {key: value for key, value in stored.items() if key not in ENVELOPE_OWN}
        return self._texts[position]

    def _finish(
        self, row: Release, text: dict[str, Any], envelope: dict[str, Any], rendition: Rendition | None = None
    ) -> None:
        body = encode(build_document(text, row, envelope))
        row.envelope_hash = _compute_envelope_hash(envelope, rendition)
        row.visibility = envelope["visibility"]
        row.consortium = envelope["consortium"] or ""
        row.terms = self.history.get_classification(row.locale).build_terms()
        row.state = envelope["translation"]["state"]
        row.etag = compute_hash(body.decode())
        self.bodies[row.position] = body

    def _build_row(self, *, locale: str, **values: Any) -> Release:
        return Release(
            content_id=self.history.content_id,
            locale=locale,
            kind=Kind.RELEASED,
            version=self.next_version(),
            released_at=self.now,
            first_released_at=self.history.get_first_released_at(locale, self.now),
            **values,
        )

    def _append(self, row: Release) -> None:
        self.rows.append(row)
        self.history.rows.append(row)

    def build_bodies(self) -> list[ReleaseBody]:
        """Build the stored bodies of the released rows."""
        return [ReleaseBody(release_id=position, body=body) for position, body in sorted(self.bodies.items())]

    def build_renditions(self) -> list[ReleaseRendition]:
        """Build what is to be stored of the later renditions of new texts and of texts whose renditions were replaced."""
        return [
            ReleaseRendition(
                release_id=position,
                starts=rendition.starts,
                text_hash=rendition.text_hash,
                document=encode(self._rendition_texts[position, rendition.starts]),
            )
            for position in {*self._fresh, *self.replaced_since}
            for rendition in self.history.renditions.get(position, ())
            if rendition.starts >= self.replaced_since.get(position, date.min)
        ]

    def build_references(self) -> list[ReleaseReference]:
        """Build what is to be stored of what new texts and texts with replaced renditions show."""
        return [
            ReleaseReference(release_id=position, kind=target.kind, target=target.key)
            for position, targets in self.references.items()
            for target in sorted(targets)
        ]


def list_unsettled(history: ContentHistory, today: date) -> list[str]:
    """List the languages in which settling an item would add a row: what is stored is not what is true from today on."""
    plan = Plan(history, datetime.min.replace(tzinfo=UTC), today, _refuse, _refuse, _refuse, _refuse)
    return [locale for locale in history.locales if any(plan._list_steps(locale))]


def _refuse(*args: Any) -> Any:
    raise TypeError("a plan that is only looked at stores nothing")


def _stands(there: Release | None, desired: Desired) -> bool:
    return (
        there is not None
        and there.text_position == desired.text.position
        and there.envelope_hash == desired.envelope_hash
    )


def _compute_envelope_hash(envelope: dict[str, Any], rendition: Rendition | None) -> str:
    # The key is part of hashes that are stored: another one would release every text with dated figures again.
    return compute_hash({**envelope, "reading": rendition.text_hash} if rendition else envelope)
