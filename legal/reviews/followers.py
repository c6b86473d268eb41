"""Follower of the publication log that keeps the citation index and opens and closes reviews."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from cms.core.calendar import today
from cms.publication.enums import Kind
from cms.publication.models import Release, ReleaseBody, Window
from legal.enums import ACT, LAW_NOTE
from legal.models import CitedProvision, LawChange, UnknownAct
from legal.reviews.citation_index import store_citations
from legal.reviews.law_changes import store_expression_changes, store_note_changes
from legal.reviews.review_tasks import (
    close_edited,
    close_forgotten,
    close_withdrawn,
    open_reviews,
    reopen_undone,
)
from legal.waiting.unknown_acts import store_unknown_acts


class ReviewFollower:
    """Keeps the citation index in line with the log, and opens and closes reviews.

    Reviews are people's work and stay when the follower starts again from zero; running it twice opens none twice.
    """

    name = "legal-reviews"

    def follow(self, batch: Sequence[Release]) -> None:
        """Take a batch: first what cites what, then what was edited, then what changed in the law.

        An act or a note is read as it is now, so its turn is at its last row: all texts released before are known by then.
        """
        texts = {row.content_id for row in batch if row.type != ACT}
        moments = {row.content_id: row.released_at for row in batch if row.type in (ACT, LAW_NOTE)}
        coming = _list_coming(moments, batch[-1].position) if moments else set()
        acts = {
            row.content_id: moments[row.content_id] for row in batch if row.type == ACT and row.content_id not in coming
        }
        notes = {row.content_id for row in batch if row.type == LAW_NOTE} - coming
        if texts:
            store_citations(texts)
            store_unknown_acts(texts)
            close_edited(row for row in batch if row.type != ACT)
            reopen_undone(batch)
            if any(row.kind == Kind.WITHDRAWN for row in batch):
                close_withdrawn(texts)
        if acts:
            store_expression_changes(acts)
            unopened = LawChange.objects.filter(work__content_id__in=acts, note_id__isnull=True, opened_at__isnull=True)
            for change in unopened.select_related("work", "after"):
                arrived = change.after.imported_at if change.after else change.found_at
                open_reviews(change, known_at=max(acts[change.work.content_id], arrived))
        if notes:
            self._follow_notes({note_id: moments[note_id] for note_id in notes})

    def reset(self) -> None:
        """Delete the index of citations and of unknown acts; both are read from the log again."""
        CitedProvision.objects.all().delete()
        UnknownAct.objects.all().delete()

    def _follow_notes(self, moments: Mapping[UUID, datetime]) -> None:
        documents = _load_documents(moments)
        for note_id, moment in moments.items():
            close_forgotten(store_note_changes(note_id, documents[note_id]))
            for change in LawChange.objects.filter(note_id=note_id, opened_at__isnull=True):
                open_reviews(change, known_at=moment)


def _list_coming(content_ids: Collection[UUID], position: int) -> set[UUID]:
    """List the contents of which the log has rows behind a position."""
    rows = Release.objects.filter(content_id__in=list(content_ids), position__gt=position)
    return set(rows.values_list("content_id", flat=True))


def _load_documents(note_ids: Collection[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Load the documents of each note in its own language, present and planned."""
    documents: dict[UUID, list[dict[str, Any]]] = {note_id: [] for note_id in note_ids}
    windows = Window.objects.filter(content_id__in=note_ids, state="source").present_and_future(today())
    notes = dict(windows.values_list("pk", "content_id"))
    for position, body in ReleaseBody.objects.filter(pk__in=list(notes)).values_list("pk", "body"):
        documents[notes[position]].append(orjson.loads(bytes(body)))
    return documents
