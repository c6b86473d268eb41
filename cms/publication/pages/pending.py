"""Cancelling what of a page has not come out yet: its schedule and the approval under way."""

from typing import Any

from wagtail.log_actions import log
from wagtail.models import Page, Revision

UNSCHEDULE_ACTION = "publication.unschedule"


def cancel_schedule(instance: Any, *, user: Any = None, obstacle: str = "") -> int:
    """Cancel the scheduled publication of a page or snippet; ``obstacle`` says why, in the audit log. Returns how many."""
    scheduled = Revision.objects.for_instance(instance).filter(approved_go_live_at__isnull=False)
    days = [moment.isoformat() for moment in scheduled.values_list("approved_go_live_at", flat=True)]
    cancelled: int = scheduled.update(approved_go_live_at=None)
    for day in days:
        log(instance=instance, action=UNSCHEDULE_ACTION, user=user, data={"go_live_at": day, "obstacle": obstacle})
    return cancelled


def cancel_approval(page: Page, *, user: Any = None) -> int:
    """Cancel the workflow a page stands in. Returns how many."""
    state = page.current_workflow_state
    if state is None:
        return 0
    state.cancel(user=user)
    return 1
