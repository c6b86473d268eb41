"""A line that takes something away: a page with all its texts, or one planned text."""

from typing import Any
from uuid import UUID

from cms.core.personal_data import find_cpr_number
from cms.exchange.bundle_lines import BundleLine
from cms.exchange.models import SourceRecord
from cms.exchange.page_lines import LineRefusedError
from cms.publication.log.history import load_histories
from cms.publication.log.publication_log import publication_log
from cms.publication.pages.services import cancel_planned_text, withdraw_page, withdrawing


def withdraw_as_told(line: BundleLine, record: SourceRecord, page: Any, moved_to: UUID | None) -> bool:
    """Withdraw what a line names; ``page`` is its page, if there is one. Returns whether anything was there to withdraw.

    Raises:
        LineRefusedError: if the explanation holds what looks like a CPR number.
    """
    reason, explanation = line.values["withdraw"], line.values.get("explanation", "")
    if found := find_cpr_number(explanation):
        raise LineRefusedError(f"explanation: {found} looks like a CPR number; personal data do not belong here")
    with withdrawing(reason=reason, moved_to=moved_to, explanation=explanation):
        if line.applies_from is None and page is not None:
            if not page.live:
                return withdraw_page(page) > 0
            page.unpublish()
            return True
        version = _find_planned_version(line, record) if line.applies_from else None
        appended = 0
        if version or not line.applies_from:
            appended = publication_log.withdraw(
                content_id=record.content_id,
                locale=None if version else line.locale,
                reason=reason,
                moved_to=moved_to,
                version=version,
                explanation=explanation,
            )
        cancelled = cancel_planned_text(page, line.applies_from) if page is not None and line.applies_from else 0
    return cancelled + appended > 0


def _find_planned_version(line: BundleLine, record: SourceRecord) -> str | None:
    history = load_histories([record.content_id])[record.content_id]
    planned = [
        entry.row.version
        for entry in history.list_texts(line.locale)
        if entry.row.applies_from == line.applies_from and not entry.is_hole
    ]
    return planned[-1] if planned else None
