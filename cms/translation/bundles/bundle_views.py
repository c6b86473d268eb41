"""Pages of the editor on which bundles are listed, made, filled, scheduled and undone."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from cms.core.languages import LANGUAGES
from cms.core.permissions import list_working_locales
from cms.translation.bundle_enums import BundleState
from cms.translation.bundles.bundle_access import (
    list_seen_bundles,
    may_publish_all,
    may_see_bundle,
    may_use_bundles,
)
from cms.translation.bundles.bundle_forms import AddPageForm, AnswerForm, BundleForm, ChooseBundleForm
from cms.translation.bundles.contents import (
    BundleRefusedError,
    add_texts,
    cancel_bundle,
    find_pending_entry,
    may_bundle,
    remove_text,
)
from cms.translation.bundles.gate import build_gate
from cms.translation.bundles.going_live import reopen_bundle, schedule_bundle
from cms.translation.bundles.locks import build_bundle_url
from cms.translation.bundles.page_links import page_links
from cms.translation.bundles.source_drafts import hand_out_drafts
from cms.translation.bundles.undoing import list_newer, undo_bundle
from cms.translation.interchange.exchange_view import build_exchange_url
from cms.translation.models import ReleaseBundle
from cms.translation.states.task_rows import find_source_languages


class BundlePage(WagtailAdminTemplateMixin, TemplateView):
    """A page about bundles, for who may publish anything."""

    breadcrumbs_items: ClassVar[list[Any]] = []
    header_icon = "folder-open-inverse"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_use_bundles(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def bundle(self) -> ReleaseBundle:
        """The bundle the page is about, if this person may see it."""
        bundle = get_object_or_404(ReleaseBundle.objects.select_related("owner"), pk=self.kwargs["bundle_id"])
        if not may_see_bundle(bundle, self.request.user):
            raise Http404
        return bundle


class BundleListView(BundlePage):
    """List the bundles a user may see, those that are on their way first."""

    page_title = gettext_lazy("Release bundles")
    template_name = "translation/bundles/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ranks: dict[str, int] = {
            state: rank for rank, state in enumerate((BundleState.SCHEDULED, BundleState.OPEN, BundleState.LIVE))
        }
        bundles = sorted(list_seen_bundles(self.request.user), key=lambda bundle: ranks.get(bundle.state, len(ranks)))
        return super().get_context_data(bundles=bundles, **kwargs)


class BundleFormView(BundlePage, FormView[BundleForm]):
    """Make a bundle, or change when an open one goes live and what it waits for."""

    form_class = BundleForm
    template_name = "translation/bundles/form.html"

    def get_page_title(self) -> str:
        return _("Change the bundle") if "bundle_id" in self.kwargs else _("New bundle")

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        if "bundle_id" in self.kwargs:
            if self.bundle.state != BundleState.OPEN:
                raise PermissionDenied
            kwargs["instance"] = self.bundle
        return kwargs

    def form_valid(self, form: BundleForm) -> HttpResponse:
        bundle = form.save(commit=False)
        bundle.owner = bundle.owner or self.request.user
        bundle.save()
        return redirect(build_bundle_url(bundle))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bundle = self.bundle if "bundle_id" in self.kwargs else None
        return super().get_context_data(bundle=bundle, **kwargs)


class BundleView(BundlePage):
    """Show a bundle: what is in it, what is ready, and what can be done with it."""

    template_name = "translation/bundles/bundle.html"
    http_method_names: ClassVar[list[str]] = ["get", "post"]  # type: ignore[misc]

    def get_page_title(self) -> str:
        return _("Release bundle")

    def get_page_subtitle(self) -> str:
        return self.bundle.name

    def post(self, request: HttpRequest, bundle_id: int) -> HttpResponse:
        """Do what a button says; what is refused is said on the page."""
        actions: dict[str, Callable[[], str | None]] = {
            "schedule": self._schedule,
            "reopen": self._reopen,
            "cancel": self._cancel,
            "undo": self._undo,
            "remove": self._remove,
            "hand-out": self._hand_out,
        }
        action = actions.get(request.POST.get("action", ""))
        if action is None:
            return self._add_page()
        if not may_publish_all(self.bundle, request.user):
            raise PermissionDenied
        try:
            told = action()
        except BundleRefusedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, told)
        return redirect(build_bundle_url(self.bundle))

    def _add_page(self) -> HttpResponse:
        form = AddPageForm(self.request.POST, user=self.request.user)
        if form.is_valid():
            try:
                count = add_texts(self.bundle, form.cleaned_data["page"].translation_key, form.cleaned_data["locales"])
            except BundleRefusedError as error:
                form.add_error(None, str(error))
            else:
                messages.success(self.request, _("Texts put into the bundle: %(count)s.") % {"count": count})
                return redirect(build_bundle_url(self.bundle))
        return self.render_to_response(self.get_context_data(form=form))

    def _schedule(self) -> str:
        bundle = schedule_bundle(self.bundle, self.request.user)
        if bundle.state == BundleState.LIVE:
            return _("“%(bundle)s” is live.") % {"bundle": bundle.name}
        return _("“%(bundle)s” is scheduled. Its texts are locked until it is live.") % {"bundle": bundle.name}

    def _reopen(self) -> str:
        reopen_bundle(self.bundle)
        return _("“%(bundle)s” is open again; nothing comes out before it is scheduled.") % {"bundle": self.bundle.name}

    def _cancel(self) -> str:
        cancel_bundle(self.bundle)
        return _("“%(bundle)s” is called off. Its texts are kept as drafts.") % {"bundle": self.bundle.name}

    def _undo(self) -> str:
        undo_bundle(self.bundle, self.request.user)
        return _("“%(bundle)s” is undone.") % {"bundle": self.bundle.name}

    def _remove(self) -> str:
        remove_text(self.bundle, int(self.request.POST.get("entry", "0")))
        return _("The text has been taken out of the bundle.")

    def _hand_out(self) -> str:
        count = hand_out_drafts(self.bundle)
        return _("Translators now work on the drafts of the bundle. Texts handed out: %(count)s.") % {"count": count}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bundle, user = self.bundle, self.request.user
        is_pending = bundle.state in (BundleState.OPEN, BundleState.SCHEDULED)
        gate = build_gate(bundle, user if bundle.state == BundleState.OPEN else bundle.scheduled_by)
        newer = list_newer(bundle) if bundle.state == BundleState.LIVE else []
        return super().get_context_data(
            **{
                "form": AddPageForm(user=user),
                "bundle": bundle,
                "gate": gate,
                "is_pending": is_pending,
                "may_act": may_publish_all(bundle, user),
                "may_undo": bundle.state == BundleState.LIVE and bundle.undoes_id is None and not newer,
                "newer": newer,
                "files": self._list_files(),
                "links": [(link.label, link.build_url(bundle)) for link in page_links],
                **kwargs,
            }
        )

    def _list_files(self) -> list[tuple[str, str]]:
        """List where the bundle's texts are downloaded for translators, by language: those this person writes in."""
        entries = list(self.bundle.entries.order_by("pk").values_list("content_id", "locale"))
        sources = find_source_languages({content_id for content_id, _locale in entries})
        own = list_working_locales(self.request.user)
        files = []
        for code in (code for code in LANGUAGES if code in own):
            texts = [key for key, locale in entries if locale == code and sources.get(key) != code]
            if texts:
                files.append((LANGUAGES[code].endonym, build_exchange_url(texts, code)))
        return files


class AnswerView(BundlePage, FormView[AnswerForm]):
    """Ask how much a text of an open bundle has changed."""

    form_class = AnswerForm
    template_name = "translation/bundles/answer.html"
    page_title = gettext_lazy("How much has changed?")

    def get_form_kwargs(self) -> dict[str, Any]:
        entry = get_object_or_404(self.bundle.entries, pk=self.kwargs["entry_id"])
        if self.bundle.state != BundleState.OPEN or not may_publish_all(self.bundle, self.request.user):
            raise PermissionDenied
        return {**super().get_form_kwargs(), "instance": entry}

    def form_valid(self, form: AnswerForm) -> HttpResponse:
        form.save()
        messages.success(self.request, _("Saved: %(answer)s.") % {"answer": form.instance.get_significance_display()})
        return redirect(build_bundle_url(self.bundle))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(bundle=self.bundle, **kwargs)


class AddToBundleView(BundlePage, FormView[ChooseBundleForm]):
    """Put a page's text, in some languages, into an open bundle or a new one."""

    form_class = ChooseBundleForm
    template_name = "translation/bundles/add.html"
    page_title = gettext_lazy("Put into a bundle")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_bundle(self.page, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def page(self) -> Any:
        """The page to put in."""
        return get_object_or_404(Page, pk=self.kwargs["page_id"]).specific

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_form_kwargs(self) -> dict[str, Any]:
        bundles = [bundle.pk for bundle in list_seen_bundles(self.request.user)]
        return {**super().get_form_kwargs(), "bundles": bundles}

    def get_initial(self) -> dict[str, Any]:
        return {"locales": [page.locale.language_code for page in self.page.list_source_first()]}

    def form_valid(self, form: ChooseBundleForm) -> HttpResponse:
        try:
            with transaction.atomic():
                bundle = form.cleaned_data["bundle"] or ReleaseBundle.objects.create(
                    name=form.cleaned_data["name"].strip(), owner_id=self.request.user.pk
                )
                add_texts(bundle, self.page.translation_key, form.cleaned_data["locales"])
        except BundleRefusedError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        return redirect(build_bundle_url(bundle))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entry = find_pending_entry(self.page.translation_key, self.page.locale.language_code)
        edit_url = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return super().get_context_data(page=self.page, entry=entry, edit_url=edit_url, **kwargs)
