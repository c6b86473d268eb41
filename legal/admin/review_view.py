"""View of one review: the change of the law beside the text that cites it, and the form that closes the review."""

from typing import Any

import orjson
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from cms.core.calendar import today
from cms.core.references import build_passage
from cms.publication.access.editor_access import filter_seen_in_editor
from cms.publication.models import ReleaseBody, Window
from legal.admin.cited_passages import mark_citations
from legal.admin.review_events import describe_event, describe_law
from legal.admin.review_forms import ClosingForm
from legal.admin.review_list import list_reviews
from legal.admin.section_comparison import Comparison, build_comparison
from legal.enums import ReviewState
from legal.models import LawChange, ReviewTask
from legal.reviews.review_tasks import close_review, describe_reason


@require_http_methods(["GET", "POST"])
def show_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a review, and close it when the form is sent; then the next open one is shown."""
    task = get_object_or_404(list_reviews(request.user), pk=pk)
    form = ClosingForm(request.POST or None)
    if form.is_valid():
        following = _find_next(request.user, task)
        if close_review(
            task, state=form.cleaned_data["outcome"], user=request.user, reason=form.cleaned_data["reason"]
        ):
            messages.success(request, gettext("“%(title)s” is done.") % {"title": task.title})
        else:
            messages.warning(request, gettext("Somebody else has closed this review meanwhile."))
        return redirect("legal_review", following.pk) if following else redirect("legal_reviews")
    document = _load_document(task)
    text = mark_citations(build_passage(document["html"]), task.change.work, task.sections) if document else None
    context = {
        "task": task,
        "reason": describe_reason(task.reason),
        "law": describe_law(task),
        "event": describe_event(task, getattr(task, "note_title", None)),
        "change": task.change,
        "comparison": _compare(task),
        "document": document,
        "text": SafeString(text.html) if text else "",
        "places": list(enumerate(text.words, start=1)) if text else [],
        "note": _load_note(task.change, request.user),
        "form": form,
        "next_task": _find_next(request.user, task),
        "header_title": task.title,
        "page_title": gettext("Review"),
        "page_subtitle": task.title,
        "header_icon": "clipboard-list",
    }
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "legal/admin/review.html", context, status=status)


@require_POST
def close_reviews(request: HttpRequest) -> HttpResponse:
    """Close the reviews chosen in the list, all with one outcome and reason."""
    form = ClosingForm(request.POST)
    chosen = [key for key in request.POST.getlist("task") if key.isdecimal()]
    if not chosen:
        messages.error(request, gettext("No review was chosen."))
    elif not form.is_valid():
        for error in [message for found in form.errors.values() for message in found]:
            messages.error(request, str(error))
    else:
        tasks = list_reviews(request.user).filter(pk__in=chosen, state=ReviewState.OPEN)
        values = {"state": form.cleaned_data["outcome"], "user": request.user, "reason": form.cleaned_data["reason"]}
        count = sum(close_review(task, **values) for task in tasks)
        messages.success(request, gettext("Reviews that are done now: %(count)s.") % {"count": count})
    return redirect("legal_reviews")


@require_POST
def take_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that this person looks after a review, or no longer does."""
    task = get_object_or_404(list_reviews(request.user), pk=pk, state=ReviewState.OPEN)
    taken_by = None if task.taken_by_id == request.user.pk else request.user
    ReviewTask.objects.filter(pk=task.pk).update(taken_by=taken_by)
    return redirect(reverse("legal_review", args=[task.pk]))


def _find_next(user: Any, task: ReviewTask) -> ReviewTask | None:
    """Find the open review after this one in the order of the list, the first again after the last."""
    keys = list(list_reviews(user).filter(state=ReviewState.OPEN).values_list("pk", flat=True))
    place = keys.index(task.pk) if task.pk in keys else -1
    others = [*keys[place + 1 :], *keys[: max(place, 0)]]
    return ReviewTask.objects.filter(pk=others[0]).first() if others else None


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
    """Load the law note that tells of a change, where this person may see it."""
    if change.note_id is None:
        return None
    windows = Window.objects.filter(content_id=change.note_id, state="source").present_and_future(today())
    return _load_body(filter_seen_in_editor(windows, user).order_by("-pk").values_list("pk", flat=True).first())


def _load_body(position: int | None) -> dict[str, Any] | None:
    body = ReleaseBody.objects.filter(pk=position).values_list("body", flat=True).first() if position else None
    document: dict[str, Any] | None = orjson.loads(bytes(body)) if body is not None else None
    return document
