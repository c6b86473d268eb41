"""Panel of the editor's start page with the open reviews."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.core.calendar import write_day
from cms.core.desk.panels import ROWS_SHOWN, DeskList, DeskPanel, DeskRow
from legal.admin.review_list import describe_law_and_event, list_reviews
from legal.enums import ReviewState


class ReviewPanel(DeskPanel):
    """Open reviews of texts this person may edit, the most urgent first; what a colleague has taken is not shown."""

    name = "law-reviews"
    heading = _("Texts to review after a change of the law")
    icon = "clipboard-list"
    more_label = _("All reviews")
    order = 30

    def build_list(self, user: Any) -> DeskList:
        tasks = list_reviews(user).filter(state=ReviewState.OPEN)
        tasks = tasks.filter(taken_by=None) | tasks.filter(taken_by=user)
        rows = [
            DeskRow(
                title=task.title,
                url=reverse("legal_review", args=[task.pk]),
                locale=task.locale,
                remark=describe_law_and_event(task),
                day=write_day(task.deadline) if task.deadline else "",
                is_urgent=task.is_overdue,
            )
            for task in tasks[:ROWS_SHOWN]
        ]
        return DeskList(rows, tasks.count(), reverse("legal_reviews"))
