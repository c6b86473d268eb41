"""Panel of the start page with a person's own drafts."""

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.core.desk.panels import ROWS_SHOWN, DeskList, DeskPanel, DeskRow
from cms.core.permissions import list_editable_pages


class DraftsPanel(DeskPanel):
    """Pages whose newest draft this person wrote, and that is not published; one that is scheduled is no draft any more."""

    name = "my-drafts"
    heading = _("My drafts")
    icon = "edit"
    order = 20

    def build_list(self, user: Any) -> DeskList:
        drafts = (
            list_editable_pages(user)
            .filter(has_unpublished_changes=True, latest_revision__user=user, alias_of__isnull=True)
            .filter(latest_revision__approved_go_live_at__isnull=True)
            .select_related("locale")
            .order_by("-latest_revision_created_at")
        )
        rows = [
            DeskRow(
                title=page.draft_title or page.title,
                url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
                locale=page.locale.language_code,
                remark=_describe(page),
                day=date_format(localtime(page.latest_revision_created_at), "SHORT_DATETIME_FORMAT"),
            )
            for page in drafts[:ROWS_SHOWN]
        ]
        return DeskList(rows, drafts.count() if len(rows) == ROWS_SHOWN else len(rows))


def _describe(page: Page) -> str:
    if page.live:
        return gettext("changes that readers do not see")
    return gettext("withdrawn") if page.first_published_at else gettext("never published")
