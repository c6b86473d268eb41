"""The page on which files for translators go out and come back."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.core.permissions import list_working_locales
from cms.translation.interchange.exchange_forms import DownloadForm, UploadForm
from cms.translation.interchange.file_export import export_texts
from cms.translation.interchange.file_import import import_file
from cms.translation.interchange.formats import write_file

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
        report = export_texts(chosen["locale"], only_outdated=chosen["only_outdated"], user=request.user)
        if not report.file.texts:
            messages.warning(request, _("There is nothing to translate."))
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
        forms = {"download_form": DownloadForm(user=self.request.user), "upload_form": UploadForm()}
        return super().get_context_data(**{**forms, **kwargs})
