"""Undoing a publication for ten minutes: a first release is withdrawn, a planned version cancelled, a change taken back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from cms.core.calendar import today
from cms.core.enums import Significance
from cms.core.models import ReleasablePage
from cms.publication.editor.withdrawals import withdraw_as_user
from cms.publication.enums import Kind, Reason
from cms.publication.log.history import ContentHistory, load_histories
from cms.publication.log.publication_log import publication_log
from cms.publication.log.timeline import build_spans, find_span
from cms.publication.models import JointRelease, Release
from cms.publication.pages.answers import PublishAnswers, giving_answers
from cms.publication.pages.services import cancel_planned_text, undoing, withdrawing

UNDO_ACTION = "publication.undo"
UNDO_MINUTES = 10


class UndoRefusedError(Exception):
    """A publication cannot be undone; the message says why, in the language of the user."""


class UndoKind(StrEnum):
    """Ways in which a publication is undone."""

    WITHDRAWAL = "withdrawal"
    CANCELLATION = "cancellation"
    RETURN = "return"
    REMOVAL = "removal"


@dataclass(frozen=True)
class Undo:
    """One publication and what undoing it does; ``former`` is the text that stands again, for a return."""

    row: Release
    kind: UndoKind
    former: Release | None = None

    @property
    def is_planned(self) -> bool:
        """Say whether what is undone does not apply yet."""
        return (self.row.applies_from or date.min) > today()


def find_newest_undo(history: ContentHistory, locale: str, now: datetime | None = None) -> Undo | None:
    """Find how the newest publication of a language is undone; ``None`` where it cannot be any more."""
    row = next((row for row in reversed(history.list_rows(locale)) if row.is_text), None)
    if row is None:
        return None
    try:
        return find_undo(history, row.version, now)
    except UndoRefusedError:
        return None


def find_undo(history: ContentHistory, version: str, now: datetime | None = None) -> Undo:
    """Find how a publication is undone.

    Raises:
        UndoRefusedError: if it is too late, it came out together with others, or something has been published or withdrawn since.
    """
    row = history.find_version(version)
    if row is None or not row.is_text or row.undoes:
        raise UndoRefusedError(_("There is nothing to undo here."))
    if (now or timezone.now()) - row.released_at > timedelta(minutes=UNDO_MINUTES):
        raise UndoRefusedError(
            _("It is too late to undo it: that can be done for %(minutes)s minutes. Correct the text, or withdraw it.")
            % {"minutes": UNDO_MINUTES}
        )
    if JointRelease.objects.filter(first_position__lte=row.position, last_position__gte=row.position).exists():
        raise UndoRefusedError(
            _("It came out together with other texts. Undo the bundle, which takes all of them back.")
        )
    if any(_is_later_act(later, row) for later in history.rows):
        raise UndoRefusedError(
            _("It cannot be undone any more: something of this text has been published or withdrawn since.")
        )
    return choose_undo(history, row)


def choose_undo(history: ContentHistory, row: Release) -> Undo:
    """Choose how a publication is undone that may be undone."""
    others = [entry for entry in history.list_texts(row.locale) if entry.row is not row]
    if all(entry.is_hole for entry in others):
        return Undo(row, UndoKind.WITHDRAWAL)
    before = find_span(build_spans(others), row.applies_from or date.min)
    undo = Undo(row, UndoKind.RETURN, before.row) if before else Undo(row, UndoKind.REMOVAL)
    if undo.is_planned and (before is None or before.row.applies_from != row.applies_from):
        return Undo(row, UndoKind.CANCELLATION)
    return undo


def undo_as_user(page: ReleasablePage, version: str, user: Any) -> Undo:
    """Undo a publication in one transaction; the text that is undone stays as the draft.

    Raises:
        UndoRefusedError: if it cannot be undone, or not any more.
        ReleaseRefusedError: if something stands against what stood there before.
    """
    with publication_log.appending():
        undo = find_undo(load_histories([page.translation_key])[page.translation_key], version)
        carry_out(page, undo, user)
    return undo


def carry_out(page: ReleasablePage, undo: Undo, user: Any) -> None:
    """Undo a publication, inside the transaction that holds the log's head, and say so in the page's history.

    Raises:
        UndoRefusedError: if what stood there before is not kept.
        ReleaseRefusedError: if something stands against it.
    """
    stored = Page.objects.get(pk=page.pk).specific
    draft = stored.get_latest_revision()
    if undo.kind == UndoKind.RETURN:
        _release_former(undo, user)
    elif undo.kind == UndoKind.WITHDRAWAL:
        with translation.override(page.locale.language_code):
            explanation = _("Published by mistake.")
        withdraw_as_user(stored, user, reason=Reason.GONE, explanation=explanation)
    else:
        _withdraw_version(stored, undo.row, user)
    if undo.kind != UndoKind.WITHDRAWAL and draft is not None:
        # The page forgets what it says besides its draft: that is read from the page as it stands now.
        Revision.objects.get(pk=draft.pk).as_object().save_revision(user=user, clean=False, log_action=False)
    data = {"version": undo.row.version, "kind": str(undo.kind), "applies_from": str(undo.row.applies_from)}
    log(instance=stored, action=UNDO_ACTION, user=user, data=data)


def _is_later_act(later: Release, row: Release) -> bool:
    """Say whether a row is an act of somebody after another one; rows of the same transaction belong to it."""
    is_act = later.is_text or later.kind == Kind.WITHDRAWN
    return is_act and later.position > row.position and later.released_at > row.released_at


def _release_former(undo: Undo, user: Any) -> None:
    former = undo.former
    revision = Revision.objects.filter(pk=former.revision_id).first() if former and former.revision_id else None
    if former is None or revision is None:
        raise UndoRefusedError(_("It cannot be undone: the text that stood there before is not kept as a draft."))
    text = revision.as_object()
    day = undo.row.applies_from if undo.row.applies_from != today() else None
    PublishAnswers(Significance.TYPO, day, former.change_note).write_to(text)
    text.applies_until = former.applies_until
    text.reset_past_schedule(timezone.now())
    again = text.save_revision(user=user, clean=False, log_action=False)
    with giving_answers(), undoing(undo.row, former):
        PublishPageRevisionAction(again, user=user, log_action=False).execute()


def _withdraw_version(page: ReleasablePage, row: Release, user: Any) -> None:
    with withdrawing(reason=Reason.GONE, user=user):
        publication_log.withdraw(content_id=row.content_id, version=row.version)
        if row.applies_from is not None:
            cancel_planned_text(page, row.applies_from)
