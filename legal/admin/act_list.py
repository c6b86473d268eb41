"""List of the acts known here, with state and newest text; editors look acts up and never change them."""

from collections.abc import Iterable
from typing import ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, Table, TitleColumn
from wagtail.admin.views.generic import IndexView

from cms.core.calendar import today
from legal.enums import ActState
from legal.models import Work
from legal.models.act_references import build_url
from legal.models.querysets import WorkQuerySet
from legal.works.statuses import build_citation_line, derive_status
from legal.works.work_facts import load_facts


class LegislationListView(IndexView):
    """List the acts with the newest text of each and whether it is in force; titles lead to the portal."""

    model = Work
    page_title = _("Legislation")
    header_icon = "openquote"
    index_url_name = "legal_acts"
    index_results_url_name = "legal_acts_results"
    permission_policy = None  # whoever may use the editor may read the law
    default_ordering = "short_title"
    list_filter: ClassVar = ["document_type", "jurisdiction"]
    is_searchable = True
    paginate_by = 50
    list_display: ClassVar = ["short_title"]
    columns: ClassVar = [
        TitleColumn("short_title", label=_("Title"), get_url=lambda work: build_url(work.path), sort_key="short_title"),
        Column(
            "line",
            label=_("Newest text"),
            accessor=lambda work: build_citation_line(work.current),
            sort_key="current__signed_date",
        ),
        Column("state", label=_("State"), accessor="state_label"),
        Column("abbreviations", label=_("Abbreviations"), accessor=lambda work: ", ".join(work.abbreviations)),
    ]

    def get_base_queryset(self) -> QuerySet[Work]:
        return Work.objects.released().select_related("current")

    def search_queryset(self, queryset: WorkQuerySet) -> QuerySet[Work]:
        return queryset.search(self.search_query) if self.is_searching else queryset

    def get_table(self, object_list: Iterable[Work]) -> Table:
        works = list(object_list)
        facts = load_facts(works)
        for work in works:
            if work.current is not None:
                status = derive_status(facts[work.pk].build_grounds(work.current), today())
                work.state_label = ActState(status["state"]).label  # type: ignore[attr-defined]
        return super().get_table(works)
