"""View of one review: the change of the law beside the text that cites it, and the form that closes the review."""

from typing import Any

import orjson
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.permissions import page_permission_policy

from cms.core.calendar import today
from cms.core.enums import Visibility
from cms.core.personal_data import find_cpr_number
from cms.core.unicode_text import normalise_text
from cms.publication.models import ReleaseBody, Window
from legal.admin.review_list import describe_law, list_reviews
from legal.admin.section_comparison import Comparison, build_comparison
from legal.enums import ReviewState
from legal.models import LawChange, ReviewTask
from legal.reviews.review_tasks import close_review


class ClosingForm(forms.Form):
    """Outcome of a review; dismissing needs a reason."""

    outcome = forms.ChoiceField(
        choices=[(ReviewState.REVIEWED, _("Reviewed")), (ReviewState.DISMISSED, _("Dismiss"))], widget=forms.HiddenInput
    )
    reason = forms.CharField(
        label=_("Reason or remark"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Required to dismiss. Kept in the page's history."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        reason = cleaned["reason"] = normalise_text(cleaned.get("reason", ""))
        if cleaned.get("outcome") == ReviewState.DISMISSED and not reason.strip():
            self.add_error("reason", _("Say why this text needs no review."))
        if found := find_cpr_number(reason):
            self.add_error("reason", gettext("%(found)s looks like a CPR number.") % {"found": found})
        return cleaned


@require_http_methods(["GET", "POST"])
def show_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a review, and take what came of it."""
    task = get_object_or_404(list_reviews(request.user).select_related("change__before", "page"), pk=pk)
    form = ClosingForm(request.POST or None, initial={"outcome": ReviewState.REVIEWED})
    if request.method == "POST" and form.is_valid():
        state = ReviewState(form.cleaned_data["outcome"])
        if close_review(task, state=state, user=request.user, reason=form.cleaned_data["reason"]):
            messages.success(request, gettext("“%(title)s” is done.") % {"title": task.title})
        else:
            messages.warning(request, gettext("Somebody else has closed this review meanwhile."))
        return redirect("legal_reviews")
    document = _load_document(task)
    context = {
        "task": task,
        "law": describe_law(task),
        "change": task.change,
        "comparison": _compare(task),
        "document": document,
        "note": _load_note(task.change, request.user),
        "form": form,
        "header_title": task.title,
        "page_title": gettext("Review"),
        "page_subtitle": task.title,
        "header_icon": "clipboard-list",
    }
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "legal/admin/review.html", context, status=status)


def _compare(task: ReviewTask) -> Comparison | None:
    """Hold the two texts against each other in the sections that a text cites, or in all where it cites the act as a whole.

    ``None`` where there are no two texts: after a law note, or where the source replaced a text.
    """
    before, after = task.change.before, task.change.after
    return build_comparison(before, after, task.sections) if before and after else None


def _load_document(task: ReviewTask) -> dict[str, Any] | None:
    """Load the text as it applies today, else as it is planned next."""
    windows = Window.objects.filter(content_id=task.content_id, locale=task.locale).present_and_future(today())
    position = windows.order_by("starts").values_list("pk", flat=True).first()
    return _load_body(position)


def _load_note(change: LawChange, user: Any) -> dict[str, Any] | None:
    """Load the law note that tells of a change; one for a single consortium is only for who may edit it."""
    if change.note_id is None:
        return None
    windows = Window.objects.filter(content_id=change.note_id, state="source").present_and_future(today())
    note = _load_body(windows.order_by("-pk").values_list("pk", flat=True).first())
    if note is None or note["visibility"] != Visibility.CONSORTIUM:
        return note
    editable = page_permission_policy.instances_user_has_permission_for(user, "change")
    return note if editable.filter(translation_key=change.note_id).exists() else None


def _load_body(position: int | None) -> dict[str, Any] | None:
    body = ReleaseBody.objects.filter(pk=position).values_list("body", flat=True).first() if position else None
    document: dict[str, Any] | None = orjson.loads(bytes(body)) if body is not None else None
    return document
