"""Pending releases of a page: its schedule and the approval under way; and cancelling them."""

from datetime import date
from typing import Any

from wagtail.log_actions import log
from wagtail.models import Page, Revision

UNSCHEDULE_ACTION = "publication.unschedule"


def has_pending(page: Page) -> bool:
    """Say whether something of a page is on its way."""
    return page.scheduled_revision is not None or page.current_workflow_state is not None


def cancel_pending(page: Page, *, user: Any = None) -> int:
    """Cancel all that would bring a page out without anybody asking for it again. Returns how many things were cancelled."""
    return cancel_schedule(page, user=user) + cancel_approval(page, user=user)


def cancel_schedule(instance: Any, *, user: Any = None, obstacle: str = "", applies_from: date | None = None) -> int:
    """Cancel the scheduled publication of a page or snippet; with ``applies_from`` only of the text of that day.

    ``obstacle`` says why, in the audit log. Returns how many.
    """
    scheduled = [
        revision
        for revision in Revision.objects.for_instance(instance).filter(approved_go_live_at__isnull=False)
        if applies_from is None or revision.content.get("applies_from") == applies_from.isoformat()
    ]
    for revision in scheduled:
        data = {"go_live_at": revision.approved_go_live_at.isoformat(), "obstacle": obstacle}
        # The draft would otherwise go on asking for that moment, and publishing it would schedule it again.
        revision.approved_go_live_at, revision.content["go_live_at"] = None, None
        revision.save(update_fields=["approved_go_live_at", "content"])
        log(instance=instance, action=UNSCHEDULE_ACTION, user=user, data=data, revision=revision)
    return len(scheduled)


def cancel_approval(page: Page, *, user: Any = None) -> int:
    """Cancel the workflow a page stands in. Returns how many."""
    state = page.current_workflow_state
    if state is None:
        return 0
    state.cancel(user=user)
    return 1
