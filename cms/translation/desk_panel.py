"""Panel of the editor's start page with translations whose source has changed since."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.core.calendar import local_day, today, write_day
from cms.core.desk.panels import ROWS_SHOWN, DeskList, DeskPanel, DeskRow
from cms.publication.editor.desk_panels import filter_editable, find_pages
from cms.publication.enums import TranslationState
from cms.publication.models import Window


class StalePanel(DeskPanel):
    """Translations this person may edit that are older than a substantive change of what they translate."""

    name = "stale-translations"
    heading = _("Translations older than their source")
    icon = "wagtail-localize-language"
    order = 50

    def build_list(self, user: Any) -> DeskList:
        windows = filter_editable(Window.objects.present_and_future(today()), user).filter(
            state=TranslationState.OUTDATED
        )
        found = list(windows.order_by("-released_at", "pk")[:ROWS_SHOWN])
        pages = find_pages(found, user)
        rows = [
            DeskRow(
                title=window.title,
                url=reverse("wagtailadmin_pages:edit", args=[pages[window.content_id, window.locale]]),
                locale=window.locale,
                remark=gettext("the source has changed in substance"),
                day=write_day(local_day(window.released_at)),
            )
            for window in found
        ]
        return DeskList(rows, windows.count() if len(rows) == ROWS_SHOWN else len(rows))
