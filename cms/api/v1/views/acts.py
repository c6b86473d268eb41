"""The law: acts, acts at a date, single sections."""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request

from cms.api.conditional import build_etag
from cms.api.problems import Problem, build_bad_parameters, build_not_found
from cms.api.v1.absence import explain_absence
from cms.api.v1.applying_documents import load_bodies
from cms.api.v1.declarations import AS_OF, CURSOR, FIELDS, LIMIT
from cms.api.v1.fields import keep_fields
from cms.api.v1.openapi import Operation
from cms.api.v1.pages import build_page_body
from cms.api.v1.pagination import build_next_query, seal_place, unseal_place
from cms.api.v1.parameters import Parameter
from cms.api.v1.replies import build_address, build_json_reply, build_reply
from cms.api.v1.values import Day, TextValue
from cms.api.v1.views.base import ApiView
from cms.api.v1.views.document import read_id
from cms.core.calendar import today
from cms.core.collation import by_code_point
from cms.core.languages import SOURCE_LANGUAGE
from cms.publication.models import Window
from legal.differences.act_diffs import build_act_diff
from legal.enums import ACT
from legal.models import Work
from legal.works.act_documents import build_act_document, build_provision

LANGUAGE = {"Content-Language": SOURCE_LANGUAGE}


class ActListView(ApiView):
    """Acts by title, abbreviation, number or ELI URI, as released: without the texts of their sections. Three queries."""

    operation = Operation("act_list", "Law", "Find acts", answer="act-page")
    parameters = (Parameter("q", TextValue(), "Words, an abbreviation, a number or an ELI URI."), FIELDS, LIMIT, CURSOR)

    def get(self, request: Request) -> HttpResponse:
        asked = self.asked
        binding = f"acts {asked['q']}"
        start = unseal_place(binding, asked["cursor"], (int,))[0] if asked["cursor"] else 0
        end = start + asked["limit"]
        works = (
            Work.objects.search(asked["q"])
            if asked["q"]
            else Work.objects.released().order_by(by_code_point("short_title"), "pk")
        )
        found = list(works.values_list("content_id", flat=True)[start : end + 1])
        following = None
        if len(found) > asked["limit"]:
            query = build_next_query(request._request.GET, seal_place(binding, (end,)))
            following = build_address(request.path, query)
        rows = self._list_released(found[: asked["limit"]])
        names = asked.list_values("fields")
        etag = build_etag([*(etag for _position, etag in rows), following or "", ",".join(names)])
        bodies = load_bodies(position for position, _etag in rows)
        if names:
            bodies = [keep_fields(body, names) for body in bodies]
        headers = LANGUAGE | ({"Link": f'<{following}>; rel="next"'} if following else {})
        return build_reply(request, build_page_body(bodies, following), etag=etag, headers=headers)

    def _list_released(self, content_ids: list[UUID]) -> list[tuple[int, str]]:
        windows = Window.objects.visible_to(self.access).applying(today())
        released = windows.filter(content_id__in=content_ids, locale=SOURCE_LANGUAGE, type=ACT)
        rows = {
            key: (position, etag) for key, position, etag in released.values_list("content_id", "release_id", "etag")
        }
        return [rows[key] for key in content_ids if key in rows]


class ActView(ApiView):
    """An act at a date, with the texts of its sections. The law is Danish and the same for all callers."""

    operation = Operation("act", "Law", "Read an act at a date", answer="act", may_be_gone=True)
    parameters: ClassVar[Sequence[Parameter]] = (AS_OF,)

    def get(self, request: Request, content_id: str) -> HttpResponse:
        found = read_id(content_id)
        work = Work.objects.released().filter(content_id=found).first()
        act = build_act_document(work, self.day) if work else None
        if act is None:
            raise self._explain(found)
        return build_json_reply(request, act, headers=LANGUAGE)

    def _explain(self, content_id: UUID) -> Problem:
        return explain_absence(
            content_id, chain=[SOURCE_LANGUAGE], day=self.day, access=self.access, allow_outdated=True
        )


class ProvisionView(ActView):
    """One section at a date, in any spelling: "9 a", 9a, 9-a."""

    operation = Operation("provision", "Law", "Read one section at a date", answer="provision", may_be_gone=True)

    def get(self, request: Request, content_id: str, section: str = "") -> HttpResponse:
        found = read_id(content_id)
        work = Work.objects.released().filter(content_id=found).first()
        if work is None:
            raise self._explain(found)
        provision = build_provision(work, section, self.day)
        if provision is None:
            raise build_not_found()
        return build_json_reply(request, provision, headers=LANGUAGE)


class ActDiffView(ActView):
    """Compare an act on two days, section by section; the later day may be one to come."""

    operation = Operation("act_diff", "Law", "Compare an act on two days", answer="act-diff", may_be_gone=True)
    parameters = (
        Parameter("from", Day(), "The earlier day, Europe/Copenhagen.", required=True),
        Parameter("to", Day(), "The later day; the same day is allowed.", required=True),
    )

    def get(self, request: Request, content_id: str) -> HttpResponse:
        found = read_id(content_id)
        start, end = self.asked["from"], self.asked["to"]
        if start > end:
            raise build_bad_parameters([{"parameter": "to", "detail": "must not be before from"}])
        work = Work.objects.released().filter(content_id=found).first()
        if work is None:
            raise self._explain(found)
        diff = build_act_diff(work, start, end)
        if diff is None:
            raise build_not_found()
        return build_json_reply(request, diff, headers=LANGUAGE)
