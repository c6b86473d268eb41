"""Sources of the calendar of everything planned that the log and the figures fill."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from cms.core.calendar import local_day
from cms.core.models.figures import FigureAmount
from cms.core.numbers import format_amount
from cms.core.permissions import list_editable_pages
from cms.publication.access.editor_access import filter_seen_in_editor
from cms.publication.editor.desk_panels import find_pages
from cms.publication.enums import TranslationState
from cms.publication.models import Release, Window, WindowCommencement
from cms.publication.planned import PlannedEntry, PlannedSource


def list_texts(user: Any, first: date, limit: int) -> Iterator[PlannedEntry]:
    """List the texts that begin to apply, and the pages whose publication is scheduled."""
    windows = filter_seen_in_editor(Window.objects.all(), user).filter(_begins_with_its_text(), starts__gte=first)
    yield from _build_entries(windows.order_by("starts", "title", "pk")[:limit], gettext("applies from that day"), user)
    scheduled = Revision.page_revisions.filter(approved_go_live_at__gt=timezone.now()).order_by("approved_go_live_at")
    moments = {int(key): moment for key, moment in scheduled.values_list("object_id", "approved_go_live_at")[:limit]}
    for page in list_editable_pages(user).filter(pk__in=moments).select_related("locale"):
        yield PlannedEntry(
            day=local_day(moments[page.pk]),
            moment=localtime(moments[page.pk]),
            title=page.draft_title or page.title,
            remark=gettext("scheduled for publication"),
            url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
            locale=page.locale.language_code,
        )


def list_outdated(user: Any, first: date, limit: int) -> Iterator[PlannedEntry]:
    """List the translations that a planned text of their source makes outdated, by the first day on which they are."""
    seen: set[tuple[Any, str]] = set()
    windows = filter_seen_in_editor(Window.objects.all(), user).filter(
        ~_begins_with_its_text(), starts__gte=first, state=TranslationState.OUTDATED
    )
    is_outdated_before = Window.objects.filter(
        content_id=OuterRef("content_id"),
        locale=OuterRef("locale"),
        ends=OuterRef("starts"),
        state=TranslationState.OUTDATED,
    )
    found = []
    for window in windows.filter(~Exists(is_outdated_before)).order_by("starts", "title", "pk")[:limit]:
        if (window.content_id, window.locale) not in seen:
            seen.add((window.content_id, window.locale))
            found.append(window)
    yield from _build_entries(found, gettext("the translation becomes outdated"), user)


def list_law(user: Any, first: date, limit: int) -> Iterator[PlannedEntry]:
    """List the days on which law commences, as acts and law notes tell of them."""
    commencements = (
        WindowCommencement.objects.filter(
            date__gte=first, window__in=filter_seen_in_editor(Window.objects.present_and_future(first), user)
        )
        .select_related("window")
        .order_by("date", "window__title", "pk")
    )
    told: set[tuple[date, Any, str]] = set()
    for commencement in commencements[:limit]:
        window = commencement.window
        day = commencement.date
        if day is not None and (day, window.content_id, window.locale) not in told:
            told.add((day, window.content_id, window.locale))
            yield PlannedEntry(
                day=day,
                title=window.title,
                remark=gettext("law takes effect"),
                url=window.path,
                locale=window.locale,
            )


def list_figures(user: Any, first: date, limit: int) -> Iterator[PlannedEntry]:
    """List the amounts of dated figures that become valid; who may not edit figures is led nowhere."""
    may_edit = user.has_perm("core.change_figure")
    amounts = FigureAmount.objects.filter(valid_from__gte=first).select_related("figure").order_by("valid_from", "pk")
    for amount in amounts.prefetch_related("figure__names")[:limit]:
        figure = amount.figure
        name = figure.find_name("da")
        value = f"{format_amount(amount.amount)} {name.unit if name else ''}".strip()
        yield PlannedEntry(
            day=amount.valid_from,
            title=name.label if name else figure.slug,
            remark=gettext("is %(amount)s from that day") % {"amount": value},
            url=reverse(figure.snippet_viewset.get_url_name("edit"), args=[figure.pk]) if may_edit else "",
        )


def _begins_with_its_text() -> Exists:
    """Keep windows that begin with their text, not those that deliver it again because what surrounds it differs."""
    return Exists(Release.objects.filter(position=OuterRef("release__text_position"), applies_from=OuterRef("starts")))


def _build_entries(windows: Iterable[Window], remark: str, user: Any) -> Iterator[PlannedEntry]:
    listed = list(windows)
    pages = find_pages(listed, user)
    for window in listed:
        page = pages.get((window.content_id, window.locale))
        yield PlannedEntry(
            day=window.starts,
            title=window.title,
            remark=remark,
            url=reverse("publication_versions", args=[page]) if page else "",
            locale=window.locale,
        )


TEXTS = PlannedSource("text", _("Texts"), list_texts)
LANGUAGES_OUTDATED = PlannedSource("outdated", _("Outdated translations"), list_outdated)
LAW = PlannedSource("law", _("Law"), list_law)
FIGURES = PlannedSource("figure", _("Dated figures"), list_figures)
