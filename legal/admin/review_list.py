"""Report of the reviews that changes of the law have opened."""

from typing import Any, ClassVar

import django_filters
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from cms.core.calendar import today
from cms.core.languages import LANGUAGES
from cms.core.permissions import list_editable_pages
from cms.publication.access.editor_access import filter_seen_in_editor
from cms.publication.models import Window
from legal.admin.review_events import describe_event, describe_law
from legal.admin.review_forms import ClosingForm
from legal.enums import ReviewState
from legal.models import ReviewTask
from legal.reviews.review_tasks import describe_reason


def list_reviews(user: Any) -> QuerySet[ReviewTask]:
    """List the reviews of texts this person may edit, the most urgent first.

    Each has ``note_title``, the title of the law note that tells of the change, where this person may see it.
    """
    notes = filter_seen_in_editor(Window.objects.filter(state="source"), user).present_and_future(today())
    title = notes.filter(content_id=OuterRef("change__note_id")).order_by("-pk").values("title")[:1]
    tasks = ReviewTask.objects.select_related("change__work", "change__after", "closed_by", "taken_by")
    if not user.is_superuser:
        tasks = tasks.filter(page__in=list_editable_pages(user))
    annotated: QuerySet[ReviewTask] = tasks.annotate(note_title=Subquery(title))
    return annotated.order_by(F("deadline").asc(nulls_last=True), "title", "locale", "pk")


def describe_law_and_event(task: ReviewTask) -> str:
    """Build "Udlændingeloven § 14: § 14 changed by …" for a review that ``list_reviews`` has listed."""
    return f"{describe_law(task)}: {describe_event(task, getattr(task, 'note_title', None))}"


class ReviewFilterSet(WagtailFilterSet):
    """Open reviews unless another state is asked for."""

    state = django_filters.ChoiceFilter(choices=ReviewState.choices, label=_("State"), empty_label=_("All"))
    locale = django_filters.ChoiceFilter(
        choices=[(code, language.endonym) for code, language in LANGUAGES.items()],
        label=_("Language"),
        empty_label=_("All"),
    )
    act = django_filters.CharFilter(method="keep_act", label=_("Act that changed"))
    mine = django_filters.ChoiceFilter(
        method="keep_mine", choices=[("mine", _("Taken by me")), ("free", _("Taken by nobody"))], label=_("Taken by")
    )

    class Meta:
        model = ReviewTask
        fields: ClassVar = ["state", "locale", "type"]

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        chosen = data.copy() if data is not None else None
        if chosen is not None:
            chosen.setdefault("state", ReviewState.OPEN)
        super().__init__(chosen, *args, **kwargs)

    def keep_act(self, queryset: QuerySet[ReviewTask], name: str, value: str) -> QuerySet[ReviewTask]:
        """Keep the reviews of acts with these words in their names; SQLite knows capitals of ASCII alone, so ours are small."""
        return queryset.filter(change__work__search_text__contains=value.casefold())

    def keep_mine(self, queryset: QuerySet[ReviewTask], name: str, value: str) -> QuerySet[ReviewTask]:
        """Keep the reviews this person has taken, or those that nobody has."""
        return queryset.filter(taken_by=self.request.user if value == "mine" else None)


class ChoiceColumn(Column):
    """A box to choose an open review for closing several at once."""

    cell_template_name = "legal/admin/choice_cell.html"


class DeadlineColumn(Column):
    """A day, marked where it has passed."""

    cell_template_name = "legal/admin/deadline_cell.html"


class ReviewListView(ReportView):
    """Reviews opened by changes of the law, with a filter by state, language and act; several can be closed at once."""

    model = ReviewTask
    page_title = _("Texts to review after a change of the law")
    header_icon = "clipboard-list"
    filterset_class = ReviewFilterSet
    index_url_name = "legal_reviews"
    index_results_url_name = "legal_reviews_results"
    template_name = "legal/admin/review_list.html"
    results_template_name = "legal/admin/review_results.html"
    default_ordering = "deadline"
    columns: ClassVar = [
        ChoiceColumn("choice", label=_("Choose"), accessor="pk"),
        TitleColumn("title", label=_("Title"), get_url=lambda task: reverse("legal_review", args=[task.pk])),
        Column("locale", label=_("Language"), sort_key="locale"),
        Column("event", label=_("What happened"), accessor=describe_law_and_event),
        DeadlineColumn("deadline", label=_("Deadline"), sort_key="deadline"),
        Column("taken_by", label=_("Taken by"), accessor=lambda task: task.taken_by or ""),
        Column("state", label=_("State"), accessor="get_state_display"),
    ]
    list_export: ClassVar = [
        "title",
        "locale",
        "type",
        "change",
        "sections",
        "deadline",
        "state",
        "opened_at",
        "reason",
    ]
    custom_field_preprocess: ClassVar = {"reason": {"csv": describe_reason, "xlsx": describe_reason}}

    permission_policy = None  # whoever may use the editor sees the reviews of the texts he may edit

    def get_base_queryset(self) -> QuerySet[ReviewTask]:
        return list_reviews(self.request.user)

    def order_queryset(self, queryset: QuerySet[ReviewTask]) -> QuerySet[ReviewTask]:
        """Order as asked for; reviews without a deadline stand last, where each database has its own opinion."""
        if self.ordering not in ("deadline", "-deadline"):
            ordered: QuerySet[ReviewTask] = super().order_queryset(queryset)
            return ordered
        deadline = F("deadline")
        first = deadline.asc(nulls_last=True) if self.ordering == "deadline" else deadline.desc(nulls_last=True)
        return queryset.order_by(first, "title", "locale", "pk")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, form=ClosingForm(), **kwargs)
        return context
