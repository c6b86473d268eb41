"""Panels of the editor's start page that the log fills: what is planned, and what is new."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from cms.core.calendar import today, write_day
from cms.core.desk.panels import ROWS_SHOWN, DeskList, DeskPanel, DeskRow
from cms.core.models.desk_visits import store_visit
from cms.core.permissions import list_editable_pages
from cms.publication.access.editor_access import filter_seen_in_editor
from cms.publication.access.querysets import WindowQuerySet
from cms.publication.models import Window
from cms.publication.registry import registry

DAYS_AHEAD = 7


class PlannedPanel(DeskPanel):
    """Versions that begin within a week, and pages whose publication is scheduled within it, of what this person may edit."""

    name = "planned-this-week"
    heading = _("Planned for the next seven days")
    icon = "calendar"
    order = 40
    more_label = _("All that is planned")

    def build_list(self, user: Any) -> DeskList:
        windows = filter_editable(Window.objects.all(), user).filter(
            starts__gt=today(), starts__lte=today() + timedelta(days=DAYS_AHEAD)
        )
        found = list(windows.order_by("starts", "title")[:ROWS_SHOWN])
        pages = find_pages(found, user)
        rows = [
            (
                window.starts.isoformat(),
                DeskRow(
                    title=window.title,
                    url=reverse("publication_versions", args=[pages[window.content_id, window.locale]]),
                    locale=window.locale,
                    remark=gettext("applies from that day"),
                    day=write_day(window.starts),
                ),
            )
            for window in found
        ]
        moments = _load_scheduled_moments()
        for page in list_editable_pages(user).filter(pk__in=moments).select_related("locale"):
            moment = localtime(moments[page.pk])
            row = DeskRow(
                title=page.draft_title or page.title,
                url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
                locale=page.locale.language_code,
                remark=gettext("scheduled for publication"),
                day=date_format(moment, "DATETIME_FORMAT"),
            )
            rows.append((moment.isoformat(), row))
        total = len(rows) - len(found) + windows.count()
        ordered = sorted(rows, key=lambda entry: entry[0])
        return DeskList([row for _moment, row in ordered[:ROWS_SHOWN]], total, reverse("publication_planned"))


class NewsPanel(DeskPanel):
    """Texts that were published since this person was here before, of those this person may see."""

    name = "new-since"
    heading = _("New since you were here")
    icon = "history"
    order = 60

    def build_list(self, user: Any) -> DeskList:
        since = store_visit(user)
        types = [content_type.name for content_type in registry.list_page_types()]
        windows = filter_seen_in_editor(Window.objects.all(), user).filter(
            released_at__gt=since, state="source", type__in=types, release__text_position=F("release_id")
        )
        found = list(windows.order_by("-released_at", "-release_id")[:ROWS_SHOWN])
        pages = find_pages(found, user)
        rows = [
            DeskRow(
                title=window.title,
                url=reverse("wagtailadmin_pages:edit", args=[page]) if page else window.path,
                locale=window.locale,
                remark=gettext("applies from %(day)s") % {"day": write_day(window.starts)},
                day=date_format(localtime(window.released_at), "SHORT_DATETIME_FORMAT"),
            )
            for window in found
            for page in [pages.get((window.content_id, window.locale))]
        ]
        return DeskList(rows, windows.count() if len(rows) == ROWS_SHOWN else len(rows))


def filter_editable(windows: WindowQuerySet, user: Any) -> WindowQuerySet:
    """Keep the windows of pages a user may edit."""
    pages = list_editable_pages(user).filter(
        translation_key=OuterRef("content_id"), locale__language_code=OuterRef("locale"), alias_of__isnull=True
    )
    kept: WindowQuerySet = windows.filter(Exists(pages))
    return kept


def find_pages(windows: Iterable[Window], user: Any) -> dict[tuple[UUID, str], int]:
    """Find the pages of windows that a user may edit, by content and language."""
    pages = list_editable_pages(user).filter(
        translation_key__in={window.content_id for window in windows}, alias_of__isnull=True
    )
    return {
        (content_id, locale): key
        for key, content_id, locale in pages.values_list("pk", "translation_key", "locale__language_code")
    }


def _load_scheduled_moments() -> dict[int, datetime]:
    """Load when the pages are published whose publication is scheduled within the week."""
    now = timezone.now()
    scheduled = Revision.page_revisions.filter(
        approved_go_live_at__gt=now, approved_go_live_at__lte=now + timedelta(days=DAYS_AHEAD)
    )
    return {int(key): moment for key, moment in scheduled.values_list("object_id", "approved_go_live_at")}
