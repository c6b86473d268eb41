"""The editor's guards at the import's door: a lock refuses, and nobody's draft is pushed aside in silence."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Revision

from cms.core.models import ReleasablePage
from cms.exchange.page_lines import LineRefusedError


def refuse_locked(page: ReleasablePage) -> None:
    """Refuse a line that would change or withdraw a page which somebody has locked, as the editor does.

    Raises:
        LineRefusedError: naming who locked it and since when.
    """
    if page.locked:
        raise LineRefusedError(f"the page is locked by {_name(page.locked_by)} since {_tell(page.locked_at)}")


def refuse_under_approval(page: ReleasablePage) -> None:
    """Refuse a line that would change a page whose draft waits for somebody's approval.

    Raises:
        LineRefusedError: naming the step of the approval and since when it waits.
    """
    if state := page.current_workflow_task_state:
        raise LineRefusedError(f"the page waits for approval ({state.task.name}) since {_tell(state.started_at)}")


def find_draft_of_somebody(page: ReleasablePage) -> Revision | None:
    """Find the latest draft if a person wrote it and it is not published; an import's own drafts belong to nobody."""
    revision = page.latest_revision if page.has_unpublished_changes else None
    return revision if revision is not None and revision.user_id is not None else None


def describe_draft(draft: Revision) -> str:
    """Describe a draft by who wrote it and when."""
    return f"the draft of {_name(draft.user)} from {_tell(draft.created_at)}"


def keep_on_top(draft: Revision) -> None:
    """Save a draft again as its page's latest, after an import has released another text."""
    page = draft.as_object()
    page.save_revision(user=draft.user, clean=False)


def _name(user: Any) -> str:
    return user.get_full_name() or user.get_username() if user is not None else "somebody"


def _tell(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else "an unknown time"
