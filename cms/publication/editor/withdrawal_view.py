"""The page on which an editor withdraws a text."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from cms.core.calendar import today
from cms.core.languages import LANGUAGES
from cms.core.models import ReleasablePage
from cms.publication.editor.forms import WithdrawalForm
from cms.publication.editor.withdrawals import withdraw_as_user
from cms.publication.log.history import load_histories
from cms.publication.pages.pending_releases import has_pending
from cms.publication.pages.services import list_taken_along


@dataclass(frozen=True)
class AffectedLanguage:
    """A language a withdrawal takes away.

    ``count`` is the number of its present and planned texts; ``is_pending`` says that another one is scheduled, or waits for an
    approval.
    """

    locale: str
    endonym: str
    title: str
    count: int
    is_pending: bool


class WithdrawView(WagtailAdminTemplateMixin, FormView[WithdrawalForm]):
    """Ask why, and withdraw; a recall is shown in full once more and carried out when it is confirmed."""

    page_title = gettext_lazy("Withdraw")
    breadcrumbs_items: ClassVar[list[Any]] = []
    header_icon = "no-view"
    form_class = WithdrawalForm
    template_name = "publication/admin/withdraw.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not isinstance(self.page, ReleasablePage) or not self.page.permissions_for_user(request.user).can_withdraw():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def page(self) -> Any:
        """The page to withdraw."""
        return get_object_or_404(Page, pk=self.kwargs["page_id"]).specific

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "page": self.page}

    def get_success_url(self) -> str:
        return get_valid_next_url_from_request(self.request) or reverse(
            "wagtailadmin_explore", args=[self.page.get_parent().pk]
        )

    def form_valid(self, form: WithdrawalForm) -> HttpResponse:
        if form.needs_confirmation:
            return self.render_to_response(self.get_context_data(form=form, is_confirming=True))
        values = form.cleaned_data
        count = withdraw_as_user(
            self.page,
            self.request.user,
            reason=values["reason"],
            moved_to=values["moved_to"].translation_key if values["moved_to"] else None,
            explanation=values["explanation"],
            include_descendants=values.get("include_descendants", False),
        )
        text = _("“%(title)s” has been withdrawn.") % {"title": self.page.get_admin_display_title()}
        if count > 1:
            text += " " + _("Pages under it that went along: %(count)s.") % {"count": count - 1}
        messages.success(self.request, text)
        return redirect(self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        history = load_histories([self.page.translation_key])[self.page.translation_key]
        languages = []
        for page in (self.page, *list_taken_along(self.page)):
            code = page.locale.language_code
            spans = [span for span in history.build_text_spans(code) if span.reaches(today())]
            is_pending = has_pending(page)
            if spans or is_pending:
                title = spans[-1].row.title if spans else page.draft_title
                languages.append(AffectedLanguage(code, LANGUAGES[code].endonym, title, len(spans), is_pending))
        return super().get_context_data(
            page=self.page,
            languages=languages,
            pending=", ".join(language.endonym for language in languages if language.is_pending),
            next_url=self.get_success_url(),
            **{"is_confirming": False, **kwargs},
        )
