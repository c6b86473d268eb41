"""The page on which a translator marks passages that stand as they are."""

from functools import cached_property
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail_localize.models import Translation
from wagtail_localize.views.edit_translation import user_can_edit_instance

from cms.translation.editor.locks import find_lock
from cms.translation.editor.standing_form import StandingForm


class StandingView(WagtailAdminTemplateMixin, FormView[StandingForm]):
    """List the passages without a translation, and store those that are ticked as they are."""

    page_title = gettext_lazy("Passages that stand as they are")
    breadcrumbs_items: ClassVar[list[Any]] = []
    header_icon = "wagtail-localize-language"
    form_class = StandingForm
    template_name = "translation/editor/standing.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_edit_instance(request.user, self.instance):
            raise PermissionDenied
        if reason := find_lock(self.instance, request.user):
            messages.error(request, reason)
            return redirect(self.get_success_url())
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def translation(self) -> Translation:
        """The translation, which is worked on by passages."""
        return get_object_or_404(
            Translation.objects.select_related("source", "target_locale"),
            pk=self.kwargs["translation_id"],
            enabled=True,
        )

    @cached_property
    def instance(self) -> Any:
        """The page or snippet that is the translation."""
        return self.translation.get_target_instance()

    def get_page_subtitle(self) -> str:
        return str(self.instance)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "translation": self.translation}

    def get_success_url(self) -> str:
        return str(self.translation.get_target_instance_edit_url())

    def form_valid(self, form: StandingForm) -> HttpResponse:
        with transaction.atomic():
            count = form.store(self.request.user)
        text = ngettext("%(count)s passage stands as it is.", "%(count)s passages stand as they are.", count)
        messages.success(self.request, text % {"count": count})
        return redirect(self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        code = self.translation.source.locale.language_code
        return super().get_context_data(source_code=code, back_url=self.get_success_url(), **kwargs)
