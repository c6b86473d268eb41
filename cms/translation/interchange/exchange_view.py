"""The page on which files for translators go out and come back."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.core.permissions import list_working_locales
from cms.translation.interchange.drafts import may_see_source
from cms.translation.interchange.exchange_forms import DownloadForm, UploadForm
from cms.translation.interchange.file_export import export_texts
from cms.translation.interchange.file_import import import_file
from cms.translation.interchange.formats import write_file
from cms.translation.interchange.translatable_texts import find_source

MOST_SHOWN = 50
NOTHING_WAITS = gettext_lazy("Nothing needs work. Without the tick the file holds every text.")
TYPES = {"xlf": "application/x-xliff+xml", "po": "text/x-gettext-translation; charset=utf-8"}


class ExchangeView(WagtailAdminTemplateMixin, TemplateView):
    """Give out what there is to translate, and take it back with a report passage by passage."""

    page_title = gettext_lazy("Files for translators")
    breadcrumbs_items: ClassVar[list[Any]] = []
    header_icon = "wagtail-localize-language"
    template_name = "translation/interchange/exchange.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not list_working_locales(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Download, or upload; the button says which."""
        return self._download(request) if "download" in request.POST else self._upload(request)

    def _download(self, request: HttpRequest) -> HttpResponse:
        form = DownloadForm(request.POST, user=request.user)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(download_form=form))
        chosen = form.cleaned_data
        report = export_texts(
            chosen["locale"],
            content_ids=chosen["text"],
            only_outdated=chosen["only_outdated"],
            user=request.user,
        )
        if chosen["text"]:
            for reason in report.skipped:
                messages.warning(request, reason)
        if not report.file.texts:
            messages.warning(request, NOTHING_WAITS if chosen["only_outdated"] else _("There is nothing to translate."))
            return self.render_to_response(self.get_context_data(download_form=form))
        name = f"videnbro-{chosen['locale']}-{timezone.localdate().isoformat()}.{chosen['format']}"
        response = HttpResponse(write_file(name, report.file), content_type=TYPES[chosen["format"]])
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def _upload(self, request: HttpRequest) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(upload_form=form))
        report = import_file(form.translation_file, user=request.user)
        return self.render_to_response(self.get_context_data(report=report, file=form.cleaned_data["file"].name))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET
        texts = asked.getlist("text")
        initial = {"text": texts, "locale": asked.get("locale"), "only_outdated": not texts}
        form = kwargs.get("download_form") or DownloadForm(user=self.request.user, initial=initial)
        chosen = [source for content_id in _read_ids(form["text"].value()) if (source := find_source(content_id))]
        return super().get_context_data(
            **{
                "upload_form": UploadForm(),
                **kwargs,
                "download_form": form,
                "chosen": [str(source) for source in chosen if may_see_source(self.request.user, source)],
            }
        )


def build_exchange_url(content_ids: Iterable[UUID], locale: str) -> str:
    """Build the address at which the file of some texts in one language is downloaded."""
    query = urlencode({"text": [str(key) for key in content_ids], "locale": locale}, doseq=True)
    return f"{reverse('translation_exchange')}?{query}"


def _read_ids(written: Iterable[str]) -> list[UUID]:
    """Read the ids of texts; what is none is left out."""
    ids = []
    for one in list(written or ())[:MOST_SHOWN]:
        try:
            ids.append(UUID(str(one)))
        except ValueError:
            continue
    return ids
