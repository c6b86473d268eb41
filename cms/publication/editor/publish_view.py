"""The publish step: what publishing must know, and what it will do, on one screen. Nothing is released before it is confirmed."""

from functools import cached_property
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, Revision
from wagtail.utils.timestamps import render_timestamp

from cms.core.calendar import today, write_day
from cms.core.languages import LANGUAGES
from cms.publication.editor.consequences import find_consequences
from cms.publication.editor.draft_marks import DraftMark
from cms.publication.editor.publish_form import LATER, NOW, PublishForm, build_answers
from cms.publication.editor.publishing import (
    NewerDraftError,
    PublishedAlreadyError,
    approve_with_answers,
    publish_with_answers,
)
from cms.publication.log.history import ContentHistory, load_histories
from cms.publication.models import Release
from cms.publication.pages.answers import was_released
from cms.publication.pages.obstacles import ReleaseRefusedError
from cms.publication.pages.services import is_released_type

APPROVAL = "approve"
BESIDE = "beside"


def build_step_url(page: Any, *, mode: str = "", comment: str = "", next_url: str = "") -> str:
    """Build the address of a page's publish step, for the draft as it stands now."""
    revision = page.get_latest_revision()
    query = {
        "draft": str(DraftMark.build(revision)) if revision else "",
        "mode": mode,
        "comment": comment,
        "next": next_url,
    }
    address = reverse("publication_publish", args=[page.pk])
    return f"{address}?{urlencode({name: value for name, value in query.items() if value})}"


class PublishView(WagtailAdminTemplateMixin, FormView[PublishForm]):
    """Ask, show what will happen, and publish when it is confirmed; in mode ``approve`` by approving the last task."""

    breadcrumbs_items: ClassVar[list[Any]] = []
    page_title = gettext_lazy("Publish")
    header_icon = "upload"
    form_class = PublishForm
    template_name = "publication/admin/publish.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_released_type(self.page):
            raise PermissionDenied
        if self.is_approval and not self._may_approve():
            messages.warning(request, _("“%(title)s” does not wait for your approval any more.") % self._name())
            return redirect(self.edit_url)
        if not self.is_approval and not self.page.permissions_for_user(request.user).can_publish():
            raise PermissionDenied
        lock = self.page.get_lock()
        if lock is not None and lock.for_user(request.user):
            messages.error(request, lock.get_message(request.user) or _("The page is locked; nothing was published."))
            return redirect(self.edit_url)
        if self.revision is None:
            return redirect(self.edit_url)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        mark = DraftMark.parse(request.GET.get("draft", ""))
        if mark is not None and not mark.stands_for(self.revision):
            self._warn_of_newer_draft(mark)
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if "show" in request.POST:
            # The script shows it beside the form, and leaves the focus where it is.
            is_looking = form.is_valid() and request.POST["show"] != BESIDE
            return self.render_to_response(self.get_context_data(form=form, is_looking=is_looking))
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    @cached_property
    def page(self) -> Any:
        """The page to publish."""
        return get_object_or_404(Page, pk=self.kwargs["page_id"]).specific

    @cached_property
    def revision(self) -> Revision | None:
        """The newest draft."""
        revision: Revision | None = self.page.get_latest_revision()
        return revision

    @cached_property
    def history(self) -> ContentHistory:
        """The rows of its content."""
        return load_histories([self.page.translation_key])[self.page.translation_key]

    @cached_property
    def is_known(self) -> bool:
        """Say whether readers know a text of this language already."""
        return was_released(self.history, self.page.locale.language_code)

    @property
    def is_approval(self) -> bool:
        """Say whether publishing approves the last task of a workflow."""
        return self.request.GET.get("mode", self.request.POST.get("mode")) == APPROVAL

    @property
    def edit_url(self) -> str:
        """The page's editor."""
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        draft = self.get_draft()
        return {**kwargs, "page": draft, "is_known": self.is_known, "is_approval": self.is_approval}

    def get_draft(self) -> Any:
        """Return the draft as it would be published, a new object each time."""
        return self.revision.as_object()  # type: ignore[union-attr]

    def get_initial(self) -> dict[str, Any]:
        """Return what the draft says itself: a day to come, and a note that no release has had yet."""
        draft = self.get_draft()
        is_planned = draft.applies_from is not None and draft.applies_from > today()
        is_told = any(
            row.change_note == draft.change_note for row in self.history.list_rows(draft.locale.language_code)
        )
        return {
            "starts": LATER if is_planned else NOW,
            "day": draft.applies_from if is_planned else None,
            "change_note": "" if is_told else draft.change_note,
            "comment": self.request.GET.get("comment", ""),
            "draft": str(DraftMark.build(self.revision)),
        }

    def get_success_url(self) -> str:
        return get_valid_next_url_from_request(self.request) or reverse(
            "wagtailadmin_explore", args=[self.page.get_parent().pk]
        )

    def form_valid(self, form: PublishForm) -> HttpResponse:
        mark: DraftMark = form.cleaned_data["draft"]
        try:
            release = self._carry_out(form, mark)
        except PublishedAlreadyError:
            messages.info(
                self.request, _("“%(title)s” has been published already; nothing was done twice.") % self._name()
            )
            return redirect(self.edit_url)
        except NewerDraftError:
            del self.__dict__["revision"], self.__dict__["page"]
            self._warn_of_newer_draft(mark)
            return self._show_again(form)
        except ReleaseRefusedError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        return self._tell(release)

    def _carry_out(self, form: PublishForm, mark: DraftMark) -> Release | None:
        answers = form.build_answers()
        if self.is_approval:
            comment = form.cleaned_data["comment"]
            return approve_with_answers(self.page, mark, answers, self.request.user, comment=comment)
        return publish_with_answers(self.page, mark, answers, self.request.user)

    def _may_approve(self) -> bool:
        state, task = self.page.current_workflow_state, self.page.current_workflow_task
        is_last = state is not None and task is not None and state.is_at_final_task
        actions = task.get_actions(self.page, self.request.user) if is_last else []
        return any(name == APPROVAL for name, _label, _modal in actions)

    def _name(self) -> dict[str, str]:
        return {"title": self.page.get_admin_display_title()}

    def _warn_of_newer_draft(self, mark: DraftMark) -> None:
        """Say who has saved since, when, and where the two drafts can be compared."""
        revision = self.revision
        if revision is None:
            return
        who = user_display_name(revision.user) or _("Somebody")
        text = _(
            "Nothing was published: %(who)s saved a newer version of the text %(moment)s. Read it before you publish."
        ) % {
            "who": who,
            "moment": render_timestamp(revision.created_at),
        }
        compared = (
            reverse("wagtailadmin_pages:revisions_compare", args=[self.page.pk, mark.revision_id, revision.pk])
            if mark.revision_id != revision.pk and self.page.revisions.filter(pk=mark.revision_id).exists()
            else self.edit_url
        )
        label = _("Edit") if compared == self.edit_url else _("Compare the two")
        messages.warning(self.request, text, buttons=[messages.button(compared, label)])

    def _show_again(self, form: PublishForm) -> HttpResponse:
        """Show the step for the draft as it stands now, with the answers that were given."""
        data = {**dict(form.data.items()), "draft": str(DraftMark.build(self.revision))}
        again = PublishForm(
            data,
            page=self.get_draft(),
            is_known=self.is_known,
            is_approval=self.is_approval,
            initial=self.get_initial(),
        )
        again.is_valid()
        return self.render_to_response(self.get_context_data(form=again))

    def _tell(self, release: Release | None) -> HttpResponse:
        """Tell what was published, in which language, from which day; then lead back."""
        page = type(self.page).objects.get(pk=self.page.pk)
        for hook in hooks.get_hooks("after_publish_page"):
            if answer := hook(self.request, page):
                return answer  # type: ignore[no-any-return]
        names = {**self._name(), "language": LANGUAGES[page.locale.language_code].endonym}
        buttons = [messages.button(self.edit_url, _("Edit"))]
        if release is None:
            text = _("“%(title)s” (%(language)s): readers see this text already; nothing has changed for them.") % names
        else:
            names["day"] = write_day(release.applies_from or today())
            is_planned = release.applies_from is not None and release.applies_from > today()
            planned = _("“%(title)s” (%(language)s) is published and applies from %(day)s.")
            text = (planned if is_planned else _("“%(title)s” (%(language)s) is published.")) % names
            undo_url = reverse("publication_undo", args=[page.pk, release.version])
            buttons.insert(0, messages.button(undo_url, _("Undo")))
        messages.success(self.request, text, buttons=buttons)
        return redirect(self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context["form"]
        is_answered = not self.is_known or bool(getattr(form, "cleaned_data", {}).get("significance"))
        answers = form.build_answers() if form.is_bound else build_answers(form.initial)
        return {
            "is_looking": False,
            **context,
            "page": self.page,
            "language": LANGUAGES[self.page.locale.language_code].endonym,
            "is_known": self.is_known,
            "is_approval": self.is_approval,
            "is_day_refused": form.is_bound and bool({"day", "starts"} & set(form.errors)),
            "consequences": find_consequences(
                self.page, self.get_draft(), answers, self.request.user, is_answered=is_answered
            ),
            "next_url": self.get_success_url(),
            "edit_url": self.edit_url,
            "preview_url": reverse("wagtailadmin_pages:view_draft", args=[self.page.pk]),
        }
