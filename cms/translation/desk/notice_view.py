"""Page with what a person has been told about translations."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.core.languages import LANGUAGES
from cms.translation.desk.access import may_open_desk
from cms.translation.desk.inbox import load_titles
from cms.translation.desk.notices import LISTED, list_notices, mark_seen


class NoticeView(WagtailAdminTemplateMixin, TemplateView):
    """List the notices of the person who is logged in; a button marks them all as seen."""

    breadcrumbs_items: ClassVar[list[Any]] = []
    header_icon = "bell"
    page_title = gettext_lazy("Notices about translations")
    template_name = "translation/desk/notices.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_open_desk(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Mark everything as seen."""
        mark_seen(request.user)
        return redirect("translation_notices")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        notices = list(list_notices(self.request.user)[:LISTED])
        titles = load_titles({notice.occasion.task.content_id for notice in notices})
        lines = [
            (notice, titles.get(notice.occasion.task.content_id, ""), LANGUAGES[notice.occasion.task.locale].endonym)
            for notice in notices
        ]
        return super().get_context_data(lines=lines, has_unseen=any(not n.seen_at for n in notices), **kwargs)
