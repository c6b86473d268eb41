"""Pages of machine translation: the count before, and the report after."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.tasks.exceptions import TaskResultDoesNotExist, TaskResultMismatch
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.core.permissions import list_working_locales
from cms.translation.machine.services import estimate, is_configured, start
from cms.translation.machine.tasks import translate_texts
from cms.translation.models import TranslationTask

# A page of the matrix in all languages.
MOST_TASKS = 400


class MachineView(WagtailAdminTemplateMixin, TemplateView):
    """Say of the chosen tasks what would be sent and what is refused, and start (``?task=1&task=2``)."""

    page_title = gettext_lazy("Machine translation")
    breadcrumbs_items: ClassVar[list[Any]] = []
    header_icon = "wagtail-localize-language"
    template_name = "translation/machine/machine.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not list_working_locales(request.user):
            raise PermissionDenied
        if not is_configured():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Start the chosen ones in the background."""
        return redirect("translation_machine_report", start(self.find_tasks(), user=request.user))

    def find_tasks(self) -> list[TranslationTask]:
        """Find the tasks the address, or the form, names."""
        named = [*self.request.GET.getlist("task"), *self.request.POST.getlist("task")]
        numbers = [int(number) for number in named if number.isdecimal()][:MOST_TASKS]
        tasks = TranslationTask.objects.filter(pk__in=numbers, locale__in=list_working_locales(self.request.user))
        return list(tasks.order_by("pk"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tasks = self.find_tasks()
        return super().get_context_data(tasks=tasks, plan=estimate(tasks, user=self.request.user), **kwargs)


class MachineReportView(WagtailAdminTemplateMixin, TemplateView):
    """Say how far a run is, or what became of each passage."""

    page_title = gettext_lazy("Machine translation")
    breadcrumbs_items: ClassVar[list[Any]] = []
    header_icon = "wagtail-localize-language"
    template_name = "translation/machine/report.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            result: Any = translate_texts.get_result(str(self.kwargs["run_id"]))
        except (TaskResultDoesNotExist, TaskResultMismatch) as error:
            raise Http404 from error
        if result.args[1] != str(self.request.user.pk) and not getattr(self.request.user, "is_superuser", False):
            raise PermissionDenied
        report = result.return_value if result.status == "SUCCESSFUL" else None
        return super().get_context_data(is_failed=result.status == "FAILED", report=report, **kwargs)
