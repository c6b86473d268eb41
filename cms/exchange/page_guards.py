"""The editor's guards at the import's door: a lock refuses, and nobody's draft is pushed aside in silence."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Revision

from cms.core.models import ReleasablePage
from cms.exchange.bundle_lines import BundleLine
from cms.exchange.page_lines import LineRefusedError


def refuse_locked(page: ReleasablePage) -> None:
    """Refuse a line that would change or withdraw a page which somebody has locked, as the editor does.

    Raises:
        LineRefusedError: naming who locked it and since when.
    """
    if page.locked:
        raise LineRefusedError(f"the page is locked by {_name(page.locked_by)} since {_tell(page.locked_at)}")


def check_guards(page: ReleasablePage, line: BundleLine) -> Revision | None:
    """Check that a line may change a page, and find the draft of a person that has to stay on top of what it releases.

    An import's own drafts belong to nobody and give way.

    Raises:
        LineRefusedError: if somebody locked the page, its draft waits for approval, or the line brings a draft beside a person's.
    """
    refuse_locked(page)
    if state := page.current_workflow_task_state:
        raise LineRefusedError(f"the page waits for approval ({state.task.name}) since {_tell(state.started_at)}")
    draft = _find_draft_of_person(page)
    if draft is not None and not line.is_published:
        raise LineRefusedError(f"publish: {_describe(draft)} would be pushed aside; publish or discard it first")
    return draft


def get_base(page: ReleasablePage, line: BundleLine) -> ReleasablePage:
    """Get the page as a line finds it: its latest draft, but what readers have where a release passes by a person's draft."""
    row: ReleasablePage = type(page)._default_manager.get(pk=page.pk)
    is_passing = line.is_published and row.live and _find_draft_of_person(row) is not None
    return row if is_passing else row.get_latest_revision_as_object()


def keep_on_top(draft: Revision) -> str:
    """Save a draft again as its page's latest, after an import has released another text; returns what to tell of it."""
    draft.as_object().save_revision(user=draft.user, clean=False)
    return f"{_describe(draft)} stays the latest draft and lacks this change"


def _find_draft_of_person(page: ReleasablePage) -> Revision | None:
    draft = page.latest_revision if page.has_unpublished_changes else None
    return draft if draft is not None and draft.user_id is not None else None


def _describe(draft: Revision) -> str:
    return f"the draft of {_name(draft.user)} from {_tell(draft.created_at)}"


def _name(user: Any) -> str:
    return user.get_full_name() or user.get_username() if user is not None else "somebody"


def _tell(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else "an unknown time"
