"""Released and planned versions of an item, in every language; a planned version can be cancelled here."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log
from wagtail.models import Page

from cms.core.calendar import today, write_day
from cms.core.languages import LANGUAGES
from cms.publication.editor.undoing import find_newest_undo
from cms.publication.editor.withdrawals import CANCEL_ACTION
from cms.publication.enums import Reason
from cms.publication.log.history import ContentHistory, load_histories
from cms.publication.log.publication_log import publication_log
from cms.publication.log.timeline import Span
from cms.publication.models import Release
from cms.publication.pages.services import cancel_planned_text, is_released_type, withdrawing


@dataclass(frozen=True)
class VersionLine:
    """One text and its days; ``last_day`` is the last on which it applies, ``None`` without end."""

    row: Release
    endonym: str
    first_day: date
    last_day: date | None
    is_planned: bool
    may_cancel: bool


class ContentView(WagtailAdminTemplateMixin, TemplateView):
    """The page whose content is looked at."""

    breadcrumbs_items: ClassVar[list[Any]] = []

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_released_type(self.page) or not self.is_allowed(self.page.permissions_for_user(request.user)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def is_allowed(self, permissions: Any) -> bool:
        """Say whether a user with these permissions may be here."""
        return bool(permissions.can_view_revisions())

    @cached_property
    def page(self) -> Any:
        """The page itself."""
        return get_object_or_404(Page, pk=self.kwargs["page_id"]).specific

    @cached_property
    def history(self) -> ContentHistory:
        """The rows of its content."""
        return load_histories([self.page.translation_key])[self.page.translation_key]


class VersionsView(ContentView):
    """List the texts that apply today and those planned, language by language."""

    page_title = gettext_lazy("Versions")
    header_icon = "calendar"
    template_name = "publication/admin/versions.html"

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_cancel = self.page.permissions_for_user(self.request.user).can_withdraw()
        own = self.page.locale.language_code
        lines = [
            _build_line(span, may_cancel=may_cancel and locale == own)
            for locale in self.history.locales
            for span in self.history.build_text_spans(locale)
            if span.reaches(today())
        ]
        undo = find_newest_undo(self.history, own) if may_cancel else None
        return super().get_context_data(page=self.page, lines=lines, undo=undo, **kwargs)


class CancelVersionView(ContentView):
    """Cancel one planned version of the page's own language; of a source those of its translations go with it."""

    http_method_names = ("post",)

    def is_allowed(self, permissions: Any) -> bool:
        return bool(permissions.can_withdraw())

    def post(self, request: HttpRequest, page_id: int, version: str) -> HttpResponse:
        spans = self.history.build_text_spans(self.page.locale.language_code)
        planned = [span.row for span in spans if span.row.version == version and span.starts > today()]
        if planned:
            row = planned[0]
            with publication_log.appending(), withdrawing(reason=Reason.GONE, user=request.user):
                publication_log.withdraw(content_id=row.content_id, version=version)
                if row.applies_from is not None:
                    cancel_planned_text(self.page, row.applies_from)
            data = {"version": version, "applies_from": str(row.applies_from)}
            log(instance=self.page, action=CANCEL_ACTION, user=request.user, data=data)
            messages.success(request, self._tell_cancelled(row))
        else:
            messages.error(request, _("This version is not planned any more; nothing was changed."))
        return redirect(reverse("publication_versions", args=[page_id]))

    def _tell_cancelled(self, row: Release) -> str:
        if not Page.objects.filter(pk=self.page.pk, live=True).exists():
            return _("The plan is cancelled. The text is kept as a draft.")
        day = write_day(row.applies_from) if row.applies_from else ""
        return _("The version planned from %(day)s has been cancelled.") % {"day": day}


def _build_line(span: Span, *, may_cancel: bool) -> VersionLine:
    return VersionLine(
        row=span.row,
        endonym=LANGUAGES[span.row.locale].endonym,
        first_day=span.starts,
        last_day=span.ends - timedelta(days=1) if span.ends else None,
        is_planned=span.starts > today(),
        may_cancel=may_cancel and span.starts > today(),
    )
