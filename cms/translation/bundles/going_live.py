"""Going live: a bundle is scheduled, and released in one range of the log as soon as its gate is open, or not at all."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page, Revision
from wagtail_localize.models import TranslationSource

from cms.core.calendar import today
from cms.publication.editor.draft_marks import DraftMark
from cms.publication.editor.publishing import find_release
from cms.publication.log.publication_log import publication_log
from cms.publication.models import LogHead
from cms.publication.pages.answers import giving_answers
from cms.publication.pages.obstacles import ReleaseRefusedError
from cms.translation.bundle_enums import PENDING, BundleState
from cms.translation.bundles.contents import BundleRefusedError, lock_bundle, require_state
from cms.translation.bundles.entry_drafts import EntryDraft
from cms.translation.bundles.gate import Gate, build_gate
from cms.translation.bundles.notices import tell_owner
from cms.translation.bundles.own_release import releasing_as_bundle
from cms.translation.models import DraftReading, ReleaseBundle
from cms.translation.passages.missing_passages import find_translation
from cms.translation.passages.source_readings import find_held_source, is_same_text

logger = logging.getLogger(__name__)


class BundleBlockedError(Exception):
    """Nothing of a bundle went live; the message says which text stands in the way, and why."""


class _RehearsalOverError(Exception):
    """A rehearsal ends by taking back its transaction."""


def schedule_bundle(bundle: ReleaseBundle, user: Any) -> ReleaseBundle:
    """Schedule an open bundle: its ready drafts are fixed and locked, and it goes live at once if its gate is open.

    Raises:
        BundleRefusedError: if something stands against it that waiting does not mend.
    """
    with publication_log.appending():
        bundle = lock_bundle(bundle)
        require_state(bundle, BundleState.OPEN)
        obstacles = build_gate(bundle, user).list_obstacles()
        if obstacles:
            raise BundleRefusedError(" ".join(obstacles))
        bundle.state, bundle.scheduled_by, bundle.scheduled_at = BundleState.SCHEDULED, user, timezone.now()
        bundle.save(update_fields=["state", "scheduled_by", "scheduled_at"])
        fix_ready_drafts(build_gate(bundle, user), user)
    release_if_due(bundle)
    return ReleaseBundle.objects.get(pk=bundle.pk)


def reopen_bundle(bundle: ReleaseBundle) -> None:
    """Open a scheduled bundle again: its texts may be edited, and it goes live only when it is scheduled again.

    Raises:
        BundleRefusedError: if it is not scheduled.
    """
    with publication_log.appending():
        bundle = lock_bundle(bundle)
        require_state(bundle, BundleState.SCHEDULED)
        bundle.state, bundle.obstacle = BundleState.OPEN, ""
        bundle.save(update_fields=["state", "obstacle"])
        bundle.entries.update(draft="")


def release_due_bundles() -> int:
    """Release every scheduled bundle whose gate is open; one that fails does not hold up the others. Returns how many went live."""
    released = 0
    for bundle in ReleaseBundle.objects.filter(state=BundleState.SCHEDULED).order_by("pk"):
        try:
            released += release_if_due(bundle)
        except Exception:
            logger.exception("the bundle %s could not be looked after", bundle.pk)
    return released


def release_if_due(bundle: ReleaseBundle) -> bool:
    """Release a scheduled bundle if its gate is open; else say in it what keeps it, and tell its owner once.

    Returns whether it went live.
    """
    with translation.override(_find_owner_language(bundle)):
        now = timezone.now()
        gate = build_gate(bundle, bundle.scheduled_by)
        if gate.is_open(now):
            try:
                release_bundle(bundle)
            except BundleBlockedError as error:
                _store_obstacle(bundle, str(error))
                return False
            return True
        if any(not draft.entry.draft for draft in gate.list_ready()):
            _fix_newly_ready(bundle)
        _store_obstacle(bundle, " ".join(gate.list_obstacles() or (gate.list_awaited() if gate.is_late(now) else ())))
        return False


def release_bundle(bundle: ReleaseBundle) -> ReleaseBundle:
    """Release what is ready of a scheduled bundle in one transaction and one range of the log.

    Raises:
        BundleBlockedError: if one of its texts cannot be released; then nothing is.
    """
    with publication_log.appending_jointly() as before, releasing_as_bundle():
        bundle = lock_bundle(bundle)
        if bundle.state != BundleState.SCHEDULED:
            return bundle
        # The gate is looked at again under the lock: a text may have been withdrawn a moment ago.
        fix_ready_drafts(build_gate(bundle, bundle.scheduled_by), bundle.scheduled_by)
        gate = build_gate(bundle, bundle.scheduled_by)
        now = timezone.now()
        if not gate.is_open(now):
            raise BundleBlockedError(" ".join([*gate.list_obstacles(), *gate.list_awaited()]))
        for draft in gate.list_ready():
            _release_entry(draft, gate, bundle.scheduled_by, before)
        store_as_live(bundle, before, gate.first_day or today(), now)
    tell_owner(bundle)
    return bundle


def store_as_live(bundle: ReleaseBundle, before: int, first_day: Any, now: datetime) -> None:
    """Store that a bundle is live, and in which range of the log; its texts are free again."""
    last = LogHead.objects.get(pk=1).position
    bundle.state, bundle.obstacle = BundleState.LIVE, ""
    bundle.first_day, bundle.went_live_at = first_day, now
    bundle.first_position, bundle.last_position = (before + 1, last) if last > before else (None, None)
    bundle.save()
    bundle.entries.update(is_pending=False)


@contextmanager
def rehearsing(bundle: ReleaseBundle, user: Any) -> Iterator[date]:
    """Release, inside, what is ready of a bundle, whatever it waits for, and take it back at the end. Yields its first day.

    Reading inside shows the whole site as it will be: lists, links, menus, fallbacks, planned texts of others. The log's head is
    held for as long; nothing is stored, sent or told.
    """
    if bundle.state not in PENDING:
        yield max(bundle.first_day or today(), today())
        return
    try:
        with publication_log.appending_jointly() as before, releasing_as_bundle():
            fix_ready_drafts(build_gate(bundle, user), user)
            gate = build_gate(bundle, user)
            for draft in gate.list_ready():
                _release_entry(draft, gate, user, before)
            yield gate.first_day or today()
            raise _RehearsalOverError
    except _RehearsalOverError:
        pass


def fix_ready_drafts(gate: Gate, user: Any) -> None:
    """Fix the drafts that are ready, so that what was looked at is what goes out."""
    for draft in gate.list_ready():
        if not draft.entry.draft:
            revision = _write_draft(draft, user)
            draft.entry.draft = str(DraftMark.build(revision))
            draft.entry.page_key = draft.page.pk
            draft.entry.save(update_fields=["draft", "page_key"])


def _fix_newly_ready(bundle: ReleaseBundle) -> None:
    with publication_log.appending():
        bundle = lock_bundle(bundle)
        if bundle.state == BundleState.SCHEDULED:
            fix_ready_drafts(build_gate(bundle, bundle.scheduled_by), bundle.scheduled_by)


def _write_draft(draft: EntryDraft, user: Any) -> Revision:
    """Write the passages of a translation into a draft of its page, where they are kept beside it; else take the newest draft."""
    kept = find_translation(draft.page)
    if kept is not None:
        with releasing_as_bundle():
            kept.save_target(user=user, publish=False)
    newest: Revision = Page.objects.get(pk=draft.page.pk).get_latest_revision()
    return newest


def _release_entry(draft: EntryDraft, gate: Gate, user: Any, before: int) -> None:
    revision = draft.revision
    if revision is None:
        return
    draft.build_answers(gate.first_day).store(revision)
    try:
        with giving_answers():
            PublishPageRevisionAction(revision, user=user).execute()
    except (ReleaseRefusedError, ValidationError, PermissionDenied) as error:
        raise BundleBlockedError(_("“%(title)s”: %(reason)s") % {"title": draft.title, "reason": error}) from error
    if draft.is_source:
        _store_as_read(draft)
    row = find_release(draft.page, revision)
    # A draft that readers know already was released by somebody else before.
    draft.entry.version = row.version if row and row.position > before else ""
    draft.entry.page_key = draft.page.pk
    draft.entry.save(update_fields=["version", "page_key"])


def _store_as_read(draft: EntryDraft) -> None:
    """Let the translators' source count as read now, where it holds the very text that was released now.

    What was written from that reading counts as written since: it renders the text of today.
    """
    held = find_held_source(draft.page)
    if held is not None and draft.revision is not None and is_same_text(held, draft.revision):
        now = timezone.now()
        DraftReading.objects.filter(log__source=held, read_at__gte=held.last_updated_at).update(read_at=now)
        TranslationSource.objects.filter(pk=held.pk).update(last_updated_at=now)


def _store_obstacle(bundle: ReleaseBundle, obstacle: str) -> None:
    """Store what keeps a scheduled bundle from going live; its owner is told whenever that is something else."""
    stored = ReleaseBundle.objects.filter(pk=bundle.pk, state=BundleState.SCHEDULED).exclude(obstacle=obstacle)
    if stored.update(obstacle=obstacle) and obstacle:
        bundle.obstacle = obstacle
        tell_owner(bundle)


def _find_owner_language(bundle: ReleaseBundle) -> str:
    profile = getattr(bundle.owner, "wagtail_userprofile", None)
    return profile.get_preferred_language() if profile else translation.get_language() or "da"
