"""Reviews of released texts after a change of the law: opened for every text that cites it, closed by people.

Everything that happens to a review stands in the audit log of its page.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import batched
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import DateField, F, Max, QuerySet, Value
from django.db.models.functions import Greatest, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail.models import Page, PageLogEntry

from cms.core.calendar import COPENHAGEN, start_of_day, today
from cms.core.enums import Significance
from cms.publication.enums import Kind
from cms.publication.models import Release, Window
from legal.enums import ChangeKind, ReviewState
from legal.language.section_numbers import is_within
from legal.models import CitedProvision, LawChange, ReviewTask

IDS_IN_QUERY = 500
NOTE_WITHDRAWN = "The law note was withdrawn."
NOTE_SAYS_OTHERWISE = "The law note no longer names these sections."
# Stored as above, told in the reader's language. A note whose plan was cancelled has never applied: nobody withdrew it.
OWN_REASONS = {
    NOTE_WITHDRAWN: gettext_lazy("The law note does not apply, and is not planned."),
    NOTE_SAYS_OTHERWISE: gettext_lazy("The law note no longer names these sections."),
}


class TextKey(NamedTuple):
    """One content in one language."""

    content_id: UUID
    locale: str


class TextSummary(NamedTuple):
    """Type and title of a released text."""

    type: str
    title: str


@transaction.atomic
def open_reviews(change: LawChange, known_at: datetime | None = None) -> int:
    """Open a review of every released text that cites what changed, in every language; returns how many.

    A text written after the change was known (``known_at``, default when it was found) needs none, nor one that was written
    under the law a note tells of: for it the note is history. Where a review is open already, it follows the change; one that
    is closed is opened again where a note tells of more than it did, or tells again.
    """
    known = find_turn(change, known_at or change.found_at)
    concerned = find_concerned(change)
    there = {TextKey(task.content_id, task.locale): task for task in change.tasks.all()}
    _close_untold([task for key, task in there.items() if key not in concerned], change)
    for key in list_written_since(concerned, known):
        del concerned[key]
    again = _follow_change({task: concerned[key] for key, task in there.items() if key in concerned})
    missing = [key for key in concerned if key not in there]
    shown, pages = _load_shown(missing), _load_pages(missing)
    tasks = [
        ReviewTask(
            change=change,
            content_id=key.content_id,
            locale=key.locale,
            type=shown[key].type,
            title=shown[key].title,
            page=pages.get(key),
            sections=concerned[key],
            deadline=find_deadline(change, today()),
        )
        for key in missing
        if key in shown
    ]
    ReviewTask.objects.bulk_create(tasks, batch_size=500)
    _log([*tasks, *again], "legal.review.open")
    _move_deadlines(change)
    change.opened_at = timezone.now()
    change.save(update_fields=["opened_at"])
    return len(tasks) + len(again)


def describe_reason(reason: str) -> str:
    """Return why a review was closed: a person's own words, or those of the system in the active language."""
    return str(OWN_REASONS.get(reason, reason))


def find_deadline(change: LawChange, opened_on: date) -> date | None:
    """Find the day a review is due: when the law has to be followed, at once where it has to be already."""
    return max(change.applicable_from, opened_on) if change.applicable_from else None


def find_turn(change: LawChange, known_at: datetime) -> datetime:
    """Find the moment from which texts are written in knowledge of a change.

    A new text of an act is known when it arrives, however long it has applied. A note may be written years after the law it
    tells of: texts written after the day that law took effect were written under it.
    """
    if change.kind != ChangeKind.NOTE or change.applicable_from is None:
        return known_at
    return min(known_at, start_of_day(change.applicable_from + timedelta(days=1)))


def _move_deadlines(change: LawChange) -> None:
    """Let the open reviews of a change be due on the day the law has to be followed, or on the day they were opened."""
    deadline = None
    if change.applicable_from:
        day: Any = Value(change.applicable_from, output_field=DateField())
        deadline = Greatest(day, TruncDate("opened_at", tzinfo=COPENHAGEN))
    change.tasks.filter(state=ReviewState.OPEN).update(deadline=deadline)


def _close_untold(tasks: Iterable[ReviewTask], change: LawChange) -> None:
    """Close the open reviews of texts that cite nothing a law note still names."""
    if change.kind == ChangeKind.NOTE:
        _close_all(
            [task for task in tasks if task.state == ReviewState.OPEN], ReviewState.DISMISSED, NOTE_SAYS_OTHERWISE
        )


def _follow_change(wanted: Mapping[ReviewTask, list[str]]) -> list[ReviewTask]:
    """Let reviews say which sections they are about; returns those that were closed and are opened again."""
    differing: list[ReviewTask] = []
    again: list[ReviewTask] = []
    for task, sections in wanted.items():
        was_untold = task.reason in (NOTE_WITHDRAWN, NOTE_SAYS_OTHERWISE) and task.closed_by_id is None
        if task.state != ReviewState.OPEN and (was_untold or set(sections) - set(task.sections)):
            task.state, task.reason = ReviewState.OPEN, ""
            task.opened_at, task.closed_at, task.closed_by = timezone.now(), None, None
            again.append(task)
        elif task.state != ReviewState.OPEN or task.sections == sections:
            continue
        task.sections = sections
        differing.append(task)
    fields = ["state", "reason", "opened_at", "closed_at", "closed_by", "sections"]
    ReviewTask.objects.bulk_update(differing, fields, batch_size=200)
    return again


@transaction.atomic
def close_review(task: ReviewTask, *, state: ReviewState, user: Any, reason: str = "") -> bool:
    """Close an open review as reviewed or dismissed. Returns ``False`` when somebody was faster.

    Raises:
        ValueError: if it is dismissed without a reason.
    """
    if state == ReviewState.DISMISSED and not reason.strip():
        raise ValueError("a review is dismissed with a reason")
    closed = {"state": state, "closed_at": timezone.now(), "closed_by": user, "reason": reason.strip()}
    if not ReviewTask.objects.filter(pk=task.pk, state=ReviewState.OPEN).update(**closed):
        return False
    for name, value in closed.items():
        setattr(task, name, value)
    _log([task], f"legal.review.{state.value}", user)
    return True


@transaction.atomic
def close_edited(rows: Iterable[Release]) -> int:
    """Close the open reviews of texts that an editor has published anew since; a typo mended does not count."""
    edited = {
        TextKey(row.content_id, row.locale): row.released_at
        for row in rows
        if row.is_text and row.significance != Significance.TYPO
    }
    tasks = [task for task in _list_open(edited) if edited[TextKey(task.content_id, task.locale)] > task.opened_at]
    return _close_all(tasks, ReviewState.EDITED, "")


@transaction.atomic
def reopen_undone(rows: Iterable[Release]) -> int:
    """Open the reviews again that were closed by a text which has been undone: what stands there answers nothing."""
    undone = {row.undoes for row in rows if row.undoes}
    again: list[ReviewTask] = []
    for text in Release.objects.filter(pk__in=undone):
        closed = ReviewTask.objects.filter(state=ReviewState.EDITED, closed_at__gte=text.released_at)
        again += closed.filter(content_id=text.content_id, locale=text.locale).select_related("change__work")
    keys = [task.pk for task in again]
    ReviewTask.objects.filter(pk__in=keys).update(state=ReviewState.OPEN, closed_at=None, reason="")
    _log(again, "legal.review.open")
    return len(again)


@transaction.atomic
def close_withdrawn(content_ids: Collection[UUID]) -> int:
    """Close the open reviews of texts that nobody is going to read any more."""
    tasks = list(_select_open(content_id__in=content_ids))
    there = Window.objects.filter(content_id__in=[task.content_id for task in tasks]).present_and_future(today())
    left = set(there.values_list("content_id", "locale"))
    return _close_all([task for task in tasks if (task.content_id, task.locale) not in left], ReviewState.WITHDRAWN, "")


@transaction.atomic
def close_forgotten(changes: Sequence[LawChange]) -> int:
    """Close the open reviews of changes that a law note no longer tells of."""
    return _close_all(list(_select_open(change__in=changes)), ReviewState.DISMISSED, NOTE_WITHDRAWN)


def find_concerned(change: LawChange) -> dict[TextKey, list[str]]:
    """Find the texts that cite what changed, each with the sections of it that changed; none: the act as a whole.

    A new text of the act concerns those that cite the act as a whole too; a note on some sections does not.
    """
    concerned: dict[TextKey, list[str]] = defaultdict(list)
    cited = CitedProvision.objects.filter(work=change.work)
    for row in cited.iterator(chunk_size=2000):
        if row.content_id == change.note_id:
            continue
        key = TextKey(row.content_id, row.locale)
        if not change.sections or (not row.section and change.kind != ChangeKind.NOTE):
            concerned.setdefault(key, [])
        elif hit := [name for name in change.sections if is_within(name, row.section, row.section_to)]:
            concerned[key] = list(dict.fromkeys([*concerned[key], *hit]))
    return dict(concerned)


def list_written_since(concerned: Mapping[TextKey, Any], moment: datetime) -> list[TextKey]:
    """List the texts that were released after a moment, with more than a slip of the pen mended."""
    written: list[TextKey] = []
    for ids in batched({key.content_id for key in concerned}, IDS_IN_QUERY, strict=False):
        texts = Release.objects.filter(content_id__in=ids, kind=Kind.RELEASED, position=F("text_position"))
        newest = (
            texts.exclude(significance=Significance.TYPO)
            .order_by()
            .values("content_id", "locale")
            .annotate(newest=Max("released_at"))
            .filter(newest__gt=moment)
        )
        written += [TextKey(*values) for values in newest.values_list("content_id", "locale")]
    return [key for key in written if key in concerned]


def _load_shown(keys: Collection[TextKey]) -> dict[TextKey, TextSummary]:
    shown: dict[TextKey, TextSummary] = {}
    for ids in batched({key.content_id for key in keys}, IDS_IN_QUERY, strict=False):
        windows = Window.objects.filter(content_id__in=ids).present_and_future(today()).order_by("-starts")
        for content_id, locale, kind, title in windows.values_list("content_id", "locale", "type", "title"):
            shown[TextKey(content_id, locale)] = TextSummary(kind, title)
    return shown


def _load_pages(keys: Collection[TextKey]) -> dict[TextKey, Page]:
    pages: dict[TextKey, Page] = {}
    for ids in batched({key.content_id for key in keys}, IDS_IN_QUERY, strict=False):
        found = Page.objects.filter(translation_key__in=ids, alias_of__isnull=True).select_related("locale")
        pages |= {TextKey(page.translation_key, page.locale.language_code): page for page in found}
    return pages


def _select_open(**wanted: Any) -> QuerySet[ReviewTask]:
    """Select open reviews with the acts that the audit log names."""
    return ReviewTask.objects.filter(state=ReviewState.OPEN, **wanted).select_related("change__work")


def _list_open(keys: Collection[TextKey]) -> list[ReviewTask]:
    tasks = _select_open(content_id__in={key.content_id for key in keys})
    return [task for task in tasks if TextKey(task.content_id, task.locale) in keys]


def _close_all(tasks: Sequence[ReviewTask], state: ReviewState, reason: str) -> int:
    now = timezone.now()
    keys = [task.pk for task in tasks]
    ReviewTask.objects.filter(pk__in=keys).update(state=state, closed_at=now, reason=reason)
    _log(tasks, f"legal.review.{state.value}", reason=reason)
    return len(tasks)


def _log(tasks: Iterable[ReviewTask], action: str, user: Any = None, reason: str = "") -> None:
    """Write one entry a review into the audit log of its page, in one statement for any number."""
    tasks = list(tasks)
    types = dict(
        Page.objects.filter(pk__in=[task.page_id for task in tasks if task.page_id]).values_list(
            "pk", "content_type_id"
        )
    )
    now = timezone.now()
    batch = uuid4()
    entries = [
        PageLogEntry(
            page_id=task.page_id,
            content_type_id=types[task.page_id],
            label=task.title[:255],
            action=action,
            data={"sections": task.sections, "act": task.change.work.short_title, "reason": task.reason or reason},
            timestamp=now,
            uuid=batch,
            user=user,
            content_changed=False,
        )
        for task in tasks
        if task.page_id in types
    ]
    PageLogEntry.objects.bulk_create(entries, batch_size=500)
