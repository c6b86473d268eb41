"""Panels of the start page for those who translate: what waits for them, and what they have been told since they looked."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.core.calendar import local_day, write_day
from cms.core.desk.panels import ROWS_SHOWN, DeskList, DeskPanel, DeskRow
from cms.translation.desk.access import may_open_desk
from cms.translation.desk.inbox import list_inbox, load_titles
from cms.translation.desk.matrix import find_since, is_overdue
from cms.translation.desk.notices import list_unseen
from cms.translation.enums import WorkState
from cms.translation.models import Notice, TranslationTask


class InboxPanel(DeskPanel):
    """Translations this person, or the team of one of the person's languages, has to do something about."""

    name = "translations-inbox"
    heading = _("Translations waiting for you")
    icon = "wagtail-localize-language"
    more_label = _("All texts and languages")
    order = 50

    def build_list(self, user: Any) -> DeskList:
        if not may_open_desk(user):
            return DeskList([], 0)
        tasks = list_inbox(user)
        found = list(tasks[:ROWS_SHOWN])
        titles = load_titles({task.content_id for task in found})
        rows = [
            DeskRow(
                title=titles.get(task.content_id, ""),
                url=reverse("translation_three_way", args=[task.content_id, task.locale]),
                locale=task.locale,
                title_locale="",
                remark=describe_work(task, user),
                day=_write_day(task),
                is_urgent=is_overdue(task, task.state_on_day),
            )
            for task in found
        ]
        total = tasks.count() if len(rows) == ROWS_SHOWN else len(rows)
        return DeskList(rows, total, reverse("translation_matrix"))


class NoticePanel(DeskPanel):
    """Notices this person has not seen yet."""

    name = "translation-notices"
    heading = _("New for your translations")
    icon = "bell"
    more_label = _("All notices")
    order = 45

    def build_list(self, user: Any) -> DeskList:
        notices = list_unseen(user)
        found = list(notices[:ROWS_SHOWN])
        titles = load_titles({notice.occasion.task.content_id for notice in found})
        rows = [
            DeskRow(
                title=titles.get(notice.occasion.task.content_id, ""),
                url=reverse(
                    "translation_three_way", args=[notice.occasion.task.content_id, notice.occasion.task.locale]
                ),
                locale=notice.occasion.task.locale,
                title_locale="",
                remark=describe_notice(notice),
                day=write_day(local_day(notice.occasion.at)),
            )
            for notice in found
        ]
        total = notices.count() if len(rows) == ROWS_SHOWN else len(rows)
        return DeskList(rows, total, reverse("translation_notices"))


def describe_notice(notice: Notice) -> str:
    """Describe what a person has been told, with the day by which a translation was asked for."""
    words = str(notice.occasion.get_kind_display())
    due = notice.occasion.due
    return gettext("%(what)s, due %(day)s") % {"what": words, "day": write_day(due)} if due else words


def describe_work(task: TranslationTask, user: Any) -> str:
    """Describe what there is to do, of a task that ``list_inbox`` has listed."""
    state = getattr(task, "state_on_day", task.state)
    if getattr(task, "is_blocked", False):
        words = gettext("cannot be published as it stands")
    elif state == WorkState.OUTDATED:
        words = gettext("the source has changed in substance")
    elif state == WorkState.READY:
        words = gettext("ready to be published")
    elif state == WorkState.MACHINE:
        words = gettext("translated by a machine, to be read")
    elif state == WorkState.IN_WORK:
        words = gettext("begun, and asked for")
    elif getattr(task, "is_handed_out", False):
        words = gettext("a new text of the source is to come out with a bundle")
    else:
        words = gettext("asked for")
    if task.owner_id == user.pk:
        words = gettext("%(what)s – asked of you") % {"what": words}
    if task.due is not None:
        words = gettext("%(what)s, due %(day)s") % {"what": words, "day": write_day(task.due)}
    return words


def _write_day(task: TranslationTask) -> str:
    since = find_since(task)
    return write_day(local_day(since) if isinstance(since, datetime) else since)
