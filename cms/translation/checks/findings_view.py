"""The editor's list of what the checks found in a translation, on a page and as a part of the translation editor."""

from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail_localize.models import Translation
from wagtail_localize.views.edit_translation import user_can_edit_instance

from cms.translation.checks.approvals import store_approval
from cms.translation.checks.translation_checks import CheckedPassage, iterate_checked


class ApprovalForm(forms.Form):
    """The reason for which a passage stands as it is."""

    digest = forms.CharField(max_length=64)
    reason = forms.CharField(max_length=400)


def approve_passage(request: HttpRequest, content_id: UUID, locale: str, passage: CheckedPassage | None) -> None:
    """Store what a form says of a passage that is right as it stands, and tell the person what became of it.

    ``passage`` is the one the form names, ``None`` where it is not there any more.
    """
    form = ApprovalForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why the passage is right as it stands, in at most 400 characters."))
    elif passage is None:
        messages.error(request, _("The passage has changed in the meantime; look at it again."))
    elif not passage.is_approvable:
        messages.error(request, _("Links, placeholders, markup and references have to be as in the source."))
    else:
        reason = form.cleaned_data["reason"]
        store_approval(content_id, locale, passage.digest, user=request.user, reason=reason)
        messages.success(request, _("The passage stands as it is: “%(passage)s”") % {"passage": passage.example})


class TranslationView(TemplateView):
    """A translation, for whoever may edit it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_edit_instance(request.user, self.instance):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def translation(self) -> Translation:
        """How wagtail-localize keeps the page or snippet."""
        found: Translation = get_object_or_404(
            Translation.objects.select_related("source__locale", "target_locale"), pk=self.kwargs["translation_id"]
        )
        return found

    @cached_property
    def instance(self) -> Any:
        """The page or snippet in its language."""
        return get_object_or_404(
            self.translation.source.specific_content_type.model_class()._default_manager,
            translation_key=self.translation.source.object_id,
            locale=self.translation.target_locale,
        )

    @cached_property
    def passages(self) -> list[CheckedPassage]:
        """The passages with a finding, those that block the release first."""
        return sorted(iterate_checked(self.translation), key=lambda passage: not passage.blocking)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            translation=self.translation,
            passages=self.passages,
            blocking_count=sum(bool(passage.blocking) for passage in self.passages),
            **kwargs,
        )


class FindingsPartView(TranslationView):
    """The list by itself, which the translation editor shows above its passages."""

    template_name = "translation/checks/findings.html"


class FindingsView(WagtailAdminTemplateMixin, TranslationView):
    """The page with the list; a passage that is right as it stands is approved here, with the reason."""

    page_title = gettext_lazy("Checks of the translation")
    breadcrumbs_items: ClassVar[list[Any]] = []
    header_icon = "warning"
    template_name = "translation/checks/findings_page.html"

    def get_page_subtitle(self) -> str:
        return str(self.instance)

    def post(self, request: HttpRequest, translation_id: int) -> HttpResponse:
        """Store an approval, and lead back to where the passages are translated."""
        passage = next((one for one in self.passages if one.digest == request.POST.get("digest")), None)
        locale = self.translation.target_locale.language_code
        approve_passage(request, self.translation.source.object_id, locale, passage)
        return redirect(self.translation.get_target_instance_edit_url())
