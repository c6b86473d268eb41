"""View of one translation beside its source: as it was when it was translated, as it is now, and the translator's text."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.core.languages import LANGUAGES
from cms.publication.pages.obstacles import ReleaseRefusedError, is_withdrawn
from cms.translation.checks.findings_view import approve_passage
from cms.translation.desk.access import may_see_content, may_work_on
from cms.translation.desk.edited_passages import EditedPassage, build_edited_passages
from cms.translation.desk.notices import try_mark_seen
from cms.translation.desk.passage_store import (
    SavedPassages,
    TypedWords,
    is_taken_over,
    publish_translation,
    save_passages,
    start_translation,
    take_over_source,
)
from cms.translation.desk.reason_form import ReasonForm
from cms.translation.desk.translated_content import TranslatedContent, find_translated_content
from cms.translation.enums import WorkState
from cms.translation.passages.passage_pairs import PassageChange
from cms.translation.passages.source_texts import SourceText, find_translated_text, list_source_texts
from cms.translation.states import work
from cms.translation.states.state_table import StepRefusedError

STEPS_SHOWN = 10
# A third of a screen of 1400 pixels, in the size of the editor's text.
CHARACTERS_A_ROW = 38
MOST_ROWS = 20
# The id of the heading above the passages that ask for words, in the template.
ASKED_ID = "three-way-asked"


@dataclass(frozen=True)
class PassageField:
    """A passage with what its field shows: the offered words, or what a refused form had in it."""

    passage: EditedPassage
    text: str
    is_conflict: bool = False
    stands: bool = False

    @property
    def rows(self) -> int:
        """The lines its field shows: the whole text, also where another language needs more words than the source."""
        lines = sum(len(line) // CHARACTERS_A_ROW + 1 for line in self.text.split("\n"))
        return min(max(3, lines + 1), MOST_ROWS)


def build_view_url(content_id: Any, language_code: str) -> str:
    """Build the address of the view."""
    return reverse("translation_three_way", args=[content_id, language_code])


class ThreeWayView(WagtailAdminTemplateMixin, TemplateView):
    """Show what changed in the source, take the words, and publish when the text is whole."""

    breadcrumbs_items: ClassVar[list[Any]] = []
    header_icon = "wagtail-localize-language"
    page_title = gettext_lazy("Translation")
    template_name = "translation/desk/three_way.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_see_content(self.kwargs["content_id"], request.user):
            raise Http404
        if not self.may_work and not self.content.source.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try_mark_seen(request.user, content_id=self.content.content_id, locale=self.content.language_code)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actions = {
            "save": self.save,
            "publish": self.publish,
            "take-over": self.take_over,
            "start": self.start,
            "dismiss": self.dismiss,
            "approve": self.approve,
        }
        action = actions.get(request.POST.get("action", ""))
        if action is None:
            raise Http404
        if not self.may_work:
            raise PermissionDenied
        if self.lock_message:
            messages.error(request, self.lock_message)
            return redirect(self.own_url)
        return action()

    @cached_property
    def content(self) -> TranslatedContent:
        """The content and its translation."""
        content = find_translated_content(self.kwargs["content_id"], self.kwargs["language_code"])
        if content is None:
            raise Http404
        return content

    @cached_property
    def texts(self) -> list[SourceText]:
        """The source's texts that may be translated."""
        return list_source_texts(self.content.history, self.content.source)

    @cached_property
    def now(self) -> SourceText:
        """The text that was chosen, else the newest."""
        chosen = self.request.GET.get("source", self.request.POST.get("source", ""))
        return next((text for text in self.texts if text.version == chosen), self.texts[0])

    @cached_property
    def before(self) -> Any:
        """The source page as it was translated."""
        content = self.content
        return find_translated_text(content.history, content.source, content.language_code, content.translation)

    @cached_property
    def may_work(self) -> bool:
        """Say whether this person may translate here."""
        return may_work_on(self.request.user, self.content.target, self.content.language_code)

    @cached_property
    def may_publish(self) -> bool:
        """Say whether this person may publish the translation."""
        target = self.content.target
        return target is not None and bool(target.permissions_for_user(self.request.user).can_publish())

    @cached_property
    def lock_message(self) -> str:
        """The reason for which nobody may save now, "" where there is none."""
        lock = self.content.target.get_lock() if self.content.target is not None else None
        if lock is None or not lock.for_user(self.request.user):
            return ""
        return str(lock.get_message(self.request.user) or _("The page is locked; nothing was saved."))

    @property
    def own_url(self) -> str:
        """The address of this view with the chosen text of the source."""
        url = build_view_url(self.content.content_id, self.content.language_code)
        chosen = self.request.GET.get("source", self.request.POST.get("source", ""))
        return f"{url}?{urlencode({'source': chosen})}" if chosen else url

    def get_page_subtitle(self) -> str:
        title = self.content.source.get_admin_display_title()
        return f"{title} → {LANGUAGES[self.content.language_code].endonym}"

    def save(self) -> HttpResponse:
        """Store what was typed."""
        typed = self._read_typed()
        try:
            outcome = save_passages(self.content, self.before, self.now, typed, self.request.user)
        except ValidationError as error:
            messages.error(self.request, _("Nothing was saved: %(why)s") % {"why": " ".join(error.messages)})
            return self._show_again(typed, SavedPassages())
        if outcome.stored:
            messages.success(self.request, _("Passages saved: %(count)s.") % {"count": len(outcome.stored)})
            self._warn_of_blocking(outcome)
        if outcome.conflicts or outcome.lost:
            return self._show_again(typed, outcome)
        return redirect(self.own_url)

    def publish(self) -> HttpResponse:
        """Store what was typed and publish the text, if it is whole and follows this text of the source."""
        if not self.may_publish:
            raise PermissionDenied
        typed = self._read_typed()
        try:
            if self.content.translation is not None:
                outcome = save_passages(self.content, self.before, self.now, typed, self.request.user)
                if outcome.conflicts or outcome.lost:
                    return self._show_again(typed, outcome)
                take_over_source(self.content, self.now, self.request.user)
            publish_translation(self.content, self.request.user)
        except ReleaseRefusedError as error:
            messages.error(self.request, str(error))
        except ValidationError as error:
            messages.error(self.request, _("Nothing was published: %(why)s") % {"why": " ".join(error.messages)})
            return self._show_again(typed, SavedPassages())
        else:
            language = LANGUAGES[self.content.language_code].endonym
            told = _("“%(title)s” has been published in %(language)s.")
            messages.success(self.request, told % {"title": self.content.target.title, "language": language})
        return redirect(self.own_url)

    def take_over(self) -> HttpResponse:
        """Follow the chosen text of the source."""
        if self.content.translation is not None:
            take_over_source(self.content, self.now, self.request.user)
            messages.success(self.request, _("The new source is taken over; unchanged passages kept their words."))
        return redirect(self.own_url)

    def start(self) -> HttpResponse:
        """Make a draft to translate."""
        if self.content.target is None:
            start_translation(self.content, self.request.user)
            messages.success(self.request, _("A draft was made. Readers see nothing of it before it is published."))
        return redirect(self.own_url)

    def dismiss(self) -> HttpResponse:
        """Say, with a reason, that the translation is right as it is."""
        form = ReasonForm(self.request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(reason_form=form))
        reason = form.cleaned_data["reason"]
        try:
            work.dismiss(self.content.content_id, self.content.language_code, user=self.request.user, reason=reason)
        except StepRefusedError as error:
            to_passages = messages.button(f"{self.own_url}#{ASKED_ID}", _("Show the passages"))
            messages.error(self.request, str(error), buttons=[to_passages])
        else:
            messages.success(self.request, _("The translation stands as it is; it is current again."))
        return redirect(self.own_url)

    def approve(self) -> HttpResponse:
        """Let a passage stand that a check would block, with a reason."""
        digest = self.request.POST.get("digest", "")
        passages = build_edited_passages(self.content, self.before, self.now)
        passage = next((one for one in passages if one.checked and one.checked.digest == digest), None)
        checked = passage.checked if passage else None
        approve_passage(self.request, self.content.content_id, self.content.language_code, checked)
        return redirect(f"{self.own_url}#passage-{passage.key}" if passage else self.own_url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        content = self.content
        fields = kwargs.pop("fields", None) or [
            PassageField(passage, passage.offered) for passage in build_edited_passages(content, self.before, self.now)
        ]
        present = [field for field in fields if field.passage.pair.now is not None]
        task = content.task
        return super().get_context_data(
            **{
                "content": content,
                "texts": self.texts,
                "now": self.now,
                "has_before": self.before is not None,
                "source_language": LANGUAGES[content.source.locale.language_code],
                "language": LANGUAGES[content.language_code],
                "asked": [field for field in present if field.passage.is_open],
                "done": [field for field in present if not field.passage.is_open and field.passage.is_changed],
                "unchanged": [field for field in present if not field.passage.is_open and not field.passage.is_changed],
                "gone": [field for field in fields if field.passage.pair.change == PassageChange.GONE],
                "is_taken_over": is_taken_over(content, [field.passage for field in present]),
                "is_edited_here": content.translation is not None and self.may_work and not self.lock_message,
                "may_work": self.may_work,
                "may_publish": self.may_publish,
                "lock_message": self.lock_message,
                "may_dismiss": self.may_work and task is not None and task.state_on_day == WorkState.OUTDATED,
                "reason_form": ReasonForm(),
                "task": task,
                "state_label": WorkState(task.state_on_day).label if task is not None else "",
                "steps": task.steps.select_related("user").order_by("-at", "-pk")[:STEPS_SHOWN] if task else [],
                "approvable": [
                    field.passage for field in present if field.passage.checked and field.passage.checked.is_approvable
                ],
                "is_source_withdrawn": is_withdrawn(content.history, content.source.locale.language_code),
                "lost": [],
                "own_url": self.own_url,
                **kwargs,
            }
        )

    def _read_typed(self) -> dict[str, TypedWords]:
        data = self.request.POST
        keys = [name.removeprefix("text-") for name in data if name.startswith("text-")]
        return {
            key: TypedWords(
                text=data[f"text-{key}"],
                token=data.get(f"token-{key}", ""),
                loaded=data.get(f"loaded-{key}", ""),
                stands=f"stands-{key}" in data,
            )
            for key in keys
        }

    def _show_again(self, typed: dict[str, TypedWords], outcome: SavedPassages) -> HttpResponse:
        """Show the form with what was typed and not stored; whoever saves again has seen the other's words."""
        del self.__dict__["content"]
        passages = build_edited_passages(self.content, self.before, self.now)
        kept = {key: words for key, words in typed.items() if words.is_meant and key not in outcome.stored}
        fields = [
            PassageField(
                passage,
                kept[passage.key].text if passage.key in kept else passage.offered,
                is_conflict=passage.key in outcome.conflicts,
                stands=passage.key in kept and kept[passage.key].stands,
            )
            for passage in passages
        ]
        if outcome.conflicts:
            messages.warning(
                self.request,
                _("Passages that somebody else has changed meanwhile, and that were not saved: %(count)s.")
                % {"count": len(outcome.conflicts)},
            )
        return self.render_to_response(self.get_context_data(fields=fields, lost=outcome.lost))

    def _warn_of_blocking(self, outcome: SavedPassages) -> None:
        """Say how many of the passages that were stored stand against publishing."""
        passages = build_edited_passages(self.content, self.before, self.now)
        blocking = [passage for passage in passages if passage.is_blocking and passage.key in outcome.stored]
        if blocking:
            count = {"count": len(blocking)}
            messages.warning(self.request, _("Of these, passages that differ from their source: %(count)s.") % count)
