"""Report of texts that the official source replaced, until somebody has marked them as looked at."""

from typing import Any, ClassVar

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from legal.models import SourceDeviation


class DeviationFilterSet(WagtailFilterSet):
    """All, or those nobody has looked at."""

    resolved_at = django_filters.BooleanFilter(
        field_name="resolved_at", lookup_expr="isnull", exclude=True, label=_("looked at")
    )

    class Meta:
        model = SourceDeviation
        fields: ClassVar = ["resolved_at"]


class SeenColumn(Column):
    """The moment it was looked at, or a button to mark it so."""

    cell_template_name = "legal/admin/seen_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"csrf_token": get_token(context["request"])}


class DeviationListView(ReportView):
    """Texts that the source replaced; the new text is stored, and reviews are open for the texts that cite it."""

    model = SourceDeviation
    page_title = _("The source moved")
    header_icon = "warning"
    filterset_class = DeviationFilterSet
    index_url_name = "legal_deviations"
    index_results_url_name = "legal_deviations_results"
    permission_policy = None  # whoever may use the editor may read the law
    default_ordering = "-found_at"
    columns: ClassVar = [
        TitleColumn("eli_uri", label=_("ELI URI"), get_url=lambda deviation: deviation.eli_uri),
        DateColumn("found_at", label=_("found"), sort_key="found_at"),
        Column("stored_hash", label=_("stored text"), accessor=lambda deviation: deviation.stored_hash[:12]),
        Column("found_hash", label=_("text found"), accessor=lambda deviation: deviation.found_hash[:12]),
        SeenColumn("resolved_at", label=_("looked at")),
    ]
    list_export: ClassVar = ["eli_uri", "found_at", "stored_hash", "found_hash", "resolved_at"]

    def get_base_queryset(self) -> QuerySet[SourceDeviation]:
        return SourceDeviation.objects.order_by("-found_at", "pk")


@require_POST
def settle_deviation(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that somebody has looked at a deviation."""
    if not user_has_any_page_permission(request.user):
        raise PermissionDenied
    deviation = get_object_or_404(SourceDeviation, pk=pk)
    SourceDeviation.objects.filter(pk=deviation.pk, resolved_at__isnull=True).update(resolved_at=timezone.now())
    return redirect("legal_deviations")
