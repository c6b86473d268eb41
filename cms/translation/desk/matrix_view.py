"""Pages of the matrix: the texts and languages, and what became of an action on several of them."""

from functools import cached_property
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from cms.core.languages import LANGUAGES
from cms.core.permissions import list_working_locales
from cms.translation.desk.access import filter_seen_sources, may_open_desk
from cms.translation.desk.action_form import ActionForm, load_tasks
from cms.translation.desk.actions import Outcome, list_actions
from cms.translation.desk.matrix import PAGE_SIZE, build_rows, list_contents, list_shown_locales
from cms.translation.desk.matrix_filters import MatrixFilterForm
from cms.translation.models import TranslationTask


class MatrixView(WagtailAdminTemplateMixin, TemplateView):
    """Show the texts a person may see and where each language stands; act on several of them."""

    breadcrumbs_items: ClassVar[list[Any]] = []
    header_icon = "wagtail-localize-language"
    page_title = gettext_lazy("Translations")
    template_name = "translation/desk/matrix.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_open_desk(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what was asked with each of the chosen ones, and tell of each what became of it."""
        form = ActionForm(request.POST)
        action = form.find_action()
        if not form.is_valid() or action is None:
            return self.render_to_response(self.get_context_data(action_form=form))
        tasks = load_tasks(form.list_chosen())
        own = [task for task in tasks if self._may_act(task)]
        if action.build_next_url is not None and own:
            return redirect(action.build_next_url(own))
        refused = [Outcome(task, False, _("You may not do this.")) for task in tasks if task not in own]
        outcomes = [*action.run(own, form.build_values(), request.user), *refused]
        return self.response_class(
            request=request,
            template="translation/desk/outcomes.html",
            context=super().get_context_data(
                action=action, lines=self._build_lines(outcomes), back_url=self._build_back_url()
            ),
        )

    @cached_property
    def working_locales(self) -> list[str]:
        """The languages in which this person may do something."""
        return list_working_locales(self.request.user)

    @cached_property
    def filter_form(self) -> MatrixFilterForm:
        """The filters of the address."""
        form = MatrixFilterForm(self.request.GET, user=self.request.user)
        form.is_valid()
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = self.filter_form
        locales = list_shown_locales(form.read("locale"))
        types = [form.read("type")] if form.read("type") else []
        pages = list_contents(self.request.user, form.build_tasks(), types=types, consortium=form.read("consortium"))
        paginator = Paginator(form.filter_words(pages), PAGE_SIZE)
        shown: PaginatorPage[Page] = paginator.get_page(self.request.GET.get("p"))
        return super().get_context_data(
            **{
                "filter_form": form,
                "is_filtered": any(form.read(name) for name in form.fields),
                "locales": [LANGUAGES[code] for code in locales],
                "rows": build_rows(list(shown.object_list), locales, self.working_locales),
                "items": shown,
                "elided_page_range": paginator.get_elided_page_range(shown.number),
                "actions": list_actions(),
                "action_form": ActionForm(),
                "chosen": set(self.request.POST.getlist("cell")),
                **kwargs,
            }
        )

    @cached_property
    def _seen(self) -> dict[Any, bool]:
        return {}

    def _may_act(self, task: TranslationTask) -> bool:
        """Say whether the person may see the text and may do something in this language, or with the text itself."""
        if task.content_id not in self._seen:
            pages = Page.objects.filter(translation_key=task.content_id)
            self._seen[task.content_id] = filter_seen_sources(pages, self.request.user).exists()
        return self._seen[task.content_id] and task.locale in self.working_locales

    def _build_lines(self, outcomes: list[Outcome]) -> list[tuple[Outcome, str, str]]:
        """Build a line for each outcome, with the title of the text and the language."""
        keys = {outcome.task.content_id for outcome in outcomes}
        pages = filter_seen_sources(
            Page.objects.filter(translation_key__in=keys, alias_of__isnull=True), self.request.user
        ).order_by("-pk")
        titles = {page.translation_key: page.draft_title for page in pages}
        return [
            (outcome, titles.get(outcome.task.content_id, ""), LANGUAGES[outcome.task.locale].endonym)
            for outcome in outcomes
        ]

    def _build_back_url(self) -> str:
        return get_valid_next_url_from_request(self.request) or reverse("translation_matrix")
