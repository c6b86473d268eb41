"""Report of the reviews that changes of the law have opened, and their panel on the editor's first page."""

from typing import Any, ClassVar

import django_filters
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from cms.core.languages import LANGUAGES
from legal.enums import ReviewState
from legal.models import ReviewTask

SHOWN_AT_HOME = 8


def list_reviews(user: Any) -> QuerySet[ReviewTask]:
    """List the reviews of texts this person may edit, the most urgent first."""
    tasks = ReviewTask.objects.select_related("change__work", "change__after", "closed_by")
    if not user.is_superuser:
        pages = page_permission_policy.instances_user_has_permission_for(user, "change")
        tasks = tasks.filter(page__in=Page.objects.filter(pk__in=pages.values("pk")))
    return tasks.order_by(F("deadline").asc(nulls_last=True), "title", "locale", "pk")


def describe_law(task: ReviewTask) -> str:
    """Build "Udlændingeloven § 9 a, § 9 c", or the act alone where it is cited as a whole."""
    sections = ", ".join(f"§ {section}" for section in task.sections)
    return f"{task.change.work.short_title} {sections}".strip()


class ReviewFilterSet(WagtailFilterSet):
    """Open reviews unless another state is asked for."""

    state = django_filters.ChoiceFilter(choices=ReviewState.choices, label=_("State"), empty_label=_("All"))
    locale = django_filters.ChoiceFilter(
        choices=[(code, language.endonym) for code, language in LANGUAGES.items()],
        label=_("Language"),
        empty_label=_("All"),
    )
    act = django_filters.CharFilter(method="keep_act", label=_("Act"))

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


class DeadlineColumn(Column):
    """A day, marked where it has passed."""

    cell_template_name = "legal/admin/deadline_cell.html"


class ReviewListView(ReportView):
    """Reviews opened by changes of the law, with a filter by state, language and act."""

    model = ReviewTask
    page_title = _("Texts to review after a change of the law")
    header_icon = "clipboard-list"
    filterset_class = ReviewFilterSet
    index_url_name = "legal_reviews"
    index_results_url_name = "legal_reviews_results"
    default_ordering = "deadline"
    columns: ClassVar = [
        TitleColumn("title", label=_("Title"), get_url=lambda task: reverse("legal_review", args=[task.pk])),
        Column("locale", label=_("Language"), sort_key="locale"),
        Column("law", label=_("Law"), accessor=describe_law),
        DeadlineColumn("deadline", label=_("Deadline"), sort_key="deadline"),
        Column("state", label=_("State"), accessor="get_state_display"),
        DateColumn("opened_at", label=_("Opened"), sort_key="opened_at"),
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


class ReviewPanel(Component):
    """The open reviews on the editor's first page."""

    name = "legal_reviews"
    template_name = "legal/admin/review_panel.html"
    order = 90

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        tasks = list_reviews(parent_context["request"].user).filter(state=ReviewState.OPEN)
        return {"tasks": tasks[:SHOWN_AT_HOME], "total": tasks.count(), "list_url": reverse("legal_reviews")}
