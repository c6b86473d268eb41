"""Withdrawing a page in the editor: the page, if so wished what lies under it, and the entry in the audit log."""

from typing import Any
from uuid import UUID

from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log

from cms.core.models import ReleasablePage
from cms.publication.log.publication_log import publication_log
from cms.publication.pages.services import withdrawing

WITHDRAW_ACTION = "publication.withdraw"
CANCEL_ACTION = "publication.cancel"


def withdraw_as_user(
    page: ReleasablePage,
    user: Any,
    *,
    reason: str,
    moved_to: UUID | None = None,
    explanation: str = "",
    include_descendants: bool = False,
) -> int:
    """Withdraw a page in one transaction; of what lies under it, what the user may withdraw. Returns the pages withdrawn."""
    pages = [page]
    if include_descendants:
        pages += [
            descendant
            for descendant in page.get_descendants().live().specific()
            if isinstance(descendant, ReleasablePage) and descendant.permissions_for_user(user).can_withdraw()
        ]
    data = {"reason": str(reason), "moved_to": str(moved_to) if moved_to else None, "explanation": explanation}
    with publication_log.appending(), withdrawing(reason=reason, moved_to=moved_to, explanation=explanation):
        for withdrawn in pages:
            action = UnpublishPageAction(withdrawn, user=user, log_action=False)
            action.execute(skip_permission_checks=True)
            log(instance=withdrawn, action=WITHDRAW_ACTION, user=user, data=data)
    return len(pages)
