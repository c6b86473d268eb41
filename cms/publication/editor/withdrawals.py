"""Withdrawing a page in the editor: the page, if so wished what lies under it, and the entry in the audit log."""

from typing import Any
from uuid import UUID

from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log

from cms.core.models import ReleasablePage
from cms.publication.log.publication_log import publication_log
from cms.publication.pages.services import list_descendants_out, withdraw_page, withdrawing

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
    """Withdraw a page, live or scheduled, in one transaction; of what lies under it, what the user may withdraw.

    Returns the pages withdrawn.
    """
    pages = [page]
    if include_descendants:
        descendants = list_descendants_out(page)
        pages += [descendant for descendant in descendants if descendant.permissions_for_user(user).can_withdraw()]
    data = {"reason": str(reason), "moved_to": str(moved_to) if moved_to else None, "explanation": explanation}
    reasons = withdrawing(reason=reason, moved_to=moved_to, explanation=explanation, user=user)
    with publication_log.appending(), reasons:
        for withdrawn in pages:
            if withdrawn.live:
                action = UnpublishPageAction(withdrawn, user=user, log_action=False)
                action.execute(skip_permission_checks=True)
            else:
                withdraw_page(withdrawn)
            log(instance=withdrawn, action=WITHDRAW_ACTION, user=user, data=data)
    return len(pages)
