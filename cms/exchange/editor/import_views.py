"""The pages on which a document is imported, and on which its report stays."""

from functools import cached_property
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from cms.exchange.editor.document_import import find_last_import, import_document, list_findings, may_import
from cms.exchange.editor.import_form import ImportForm


class ImportView(WagtailAdminTemplateMixin, FormView[ImportForm]):
    """Ask for the file and make a draft of it; what cannot be read is said at the field."""

    page_title = gettext_lazy("Import from Word or HTML")
    breadcrumbs_items: ClassVar[list[Any]] = []
    header_icon = "doc-full-inverse"
    form_class = ImportForm
    template_name = "exchange/admin/import.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_import(self.parent, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def parent(self) -> Any:
        """The page under which the new one comes."""
        return get_object_or_404(Page, pk=self.kwargs["page_id"]).specific

    def get_page_subtitle(self) -> str:
        return str(self.parent.get_admin_display_title())

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "parent": self.parent}

    def form_valid(self, form: ImportForm) -> HttpResponse:
        try:
            page = import_document(
                self.parent,
                form.models[form.cleaned_data["kind"]],
                form.document,
                user=self.request.user,
                file_name=form.cleaned_data["file"].name,
            )
        except ValidationError as error:
            form.add_error("file", error.messages)
            return self.form_invalid(form)
        title = page.get_admin_display_title()
        messages.success(self.request, _("“%(title)s” has been saved as a draft.") % {"title": title})
        return redirect("exchange_import_report", page.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(parent=self.parent, **kwargs)


class ImportReportView(WagtailAdminTemplateMixin, TemplateView):
    """Findings of the import a page came from, by place."""

    page_title = gettext_lazy("Import report")
    breadcrumbs_items: ClassVar[list[Any]] = []
    header_icon = "list-ul"
    template_name = "exchange/admin/import_report.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        permissions = self.page.permissions_for_user(request.user)
        if not (permissions.can_edit() or permissions.can_view_revisions()):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def page(self) -> Any:
        """The page that was imported."""
        return get_object_or_404(Page, pk=self.kwargs["page_id"])

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entry = find_last_import(self.page)
        if entry is None:
            raise Http404
        return super().get_context_data(page=self.page, entry=entry, findings=list_findings(entry), **kwargs)
