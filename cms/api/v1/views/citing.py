"""Documents that cite the law: those that name an act or one of its sections."""

from django.http import HttpResponse
from rest_framework.request import Request

from cms.api.problems import build_not_found
from cms.api.v1.declarations import AS_OF, CURSOR, FIELDS, LIMIT, LOCALE_ASKED, SORT, TYPE_FILTER
from cms.api.v1.openapi import Operation
from cms.api.v1.parameters import Parameter
from cms.api.v1.values import Flag, TextValue
from cms.api.v1.views.document import read_id
from cms.api.v1.views.documents import DocumentListView
from cms.publication.access.querysets import WindowQuerySet
from legal.models import Work
from legal.reviews.citation_index import filter_citing


class CitingListView(DocumentListView):
    """The documents that rest on an act, or on one of its sections, in pages as in the list of documents.

    A range that a text cites counts for every section in it. What is told is what applies on the day asked for, out of the
    texts that are read today or planned.
    """

    operation = Operation("act_citing_list", "Law", "List what rests on an act", answer="document-page")
    parameters = (
        Parameter("section", TextValue(), 'Only what cites this section, in any spelling: "9 a", 9a, 9-a.'),
        LOCALE_ASKED,
        Parameter("fallback", Flag(), "Give every id once, in the best language of the chain.", default=False),
        TYPE_FILTER,
        AS_OF,
        FIELDS,
        SORT,
        LIMIT,
        CURSOR,
    )
    work: Work

    def get(self, request: Request, content_id: str = "") -> HttpResponse:
        work = Work.objects.released().filter(content_id=read_id(content_id)).first()
        if work is None:
            raise build_not_found()
        self.work = work
        return super().get(request)

    @property
    def binding(self) -> str:
        return f"{super().binding} {self.work.content_id}"

    def keep_meant(self, windows: WindowQuerySet) -> WindowQuerySet:
        return filter_citing(windows, self.work, self.asked["section"] or "")
