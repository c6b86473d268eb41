"""The follower that finds, for every change of the law, the texts that rest on it."""

from collections.abc import Collection, Sequence
from uuid import UUID

import orjson

from cms.core.calendar import today
from cms.publication.enums import Kind
from cms.publication.models import Release, ReleaseBody, Window
from legal.citing.unknown_acts import store_unknown_acts
from legal.models import CitedProvision, LawChange, UnknownAct
from legal.reviews.law_changes import assess_expressions, record_note
from legal.reviews.resting import ACT, store_resting
from legal.reviews.reviewing import close_edited, close_forgotten, close_withdrawn, open_reviews

LAW_NOTE = "law-note"


class ReviewFollower:
    """Keeps what rests on the law in line with the log, and opens and closes reviews.

    Reviews are people's work and stay when the follower starts again from zero; running it twice opens none twice.
    """

    name = "legal-reviews"

    def follow(self, batch: Sequence[Release]) -> None:
        """Take a batch: first what rests on what, then what was edited, then what changed in the law."""
        texts = {row.content_id for row in batch if row.type != ACT}
        acts = {row.content_id for row in batch if row.type == ACT}
        if texts:
            store_resting(texts)
            store_unknown_acts(texts)
            close_edited(row for row in batch if row.type != ACT)
            if any(row.kind == Kind.WITHDRAWN for row in batch):
                close_withdrawn(texts)
        if acts:
            assess_expressions(acts)
            for change in LawChange.objects.filter(work__content_id__in=acts, opened_at__isnull=True):
                open_reviews(change)
        self._follow_notes(batch)

    def reset(self) -> None:
        """Forget what rests on what, and what is waited for; it is read from the log again."""
        CitedProvision.objects.all().delete()
        UnknownAct.objects.all().delete()

    def _follow_notes(self, batch: Sequence[Release]) -> None:
        moments = {row.content_id: row.released_at for row in batch if row.type == LAW_NOTE}
        documents = _load_newest(moments) if moments else {}
        for note_id, moment in moments.items():
            close_forgotten(record_note(note_id, documents.get(note_id)))
            for change in LawChange.objects.filter(note_id=note_id, opened_at__isnull=True):
                open_reviews(change, known_at=moment)


def _load_newest(note_ids: Collection[UUID]) -> dict[UUID, dict[str, object]]:
    """Load the document that was released last of each note in its own language; a planned one counts."""
    windows = Window.objects.filter(content_id__in=note_ids, state="source").present_and_future(today())
    newest = dict(windows.order_by("pk").values_list("content_id", "pk"))
    bodies = dict(ReleaseBody.objects.filter(pk__in=newest.values()).values_list("pk", "body"))
    return {key: orjson.loads(bytes(bodies[position])) for key, position in newest.items() if position in bodies}
