"""The history of one document."""

from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request

from cms.api.problems import build_not_found
from cms.api.v1.applying_documents import is_content_known
from cms.api.v1.declarations import LOCALE_ASKED
from cms.api.v1.openapi import Operation
from cms.api.v1.replies import build_json_reply
from cms.api.v1.views.base import ApiView
from cms.api.v1.views.document import read_id
from cms.publication.enums import Kind
from cms.publication.log.envelope import format_moment
from cms.publication.models import Release


class VersionListView(ApiView):
    """All versions of one content in one language, the newest first, those withdrawn with the reason. Two queries."""

    operation = Operation("version_list", "Documents", "List the versions of one document", answer="versions")
    parameters = (LOCALE_ASKED,)

    def get(self, request: Request, content_id: str) -> HttpResponse:
        found = read_id(content_id)
        rows = Release.objects.filter(content_id=found, locale=self.asked["locale"]).order_by("position")
        known = [row for row in rows if self.access.covers(row.visibility, row.consortium)]
        versions = _build_versions(known)
        if not versions or not is_content_known(found, self.access):
            raise build_not_found()
        latest = known[-1].released_at
        headers = {"Content-Language": self.asked["locale"]}
        return build_json_reply(request, {"results": versions}, last_modified=latest, headers=headers)


def _build_versions(rows: list[Release]) -> list[dict[str, Any]]:
    versions: list[dict[str, Any]] = []
    for row in rows:
        if row.kind == Kind.WITHDRAWN:
            for version in versions:
                if version["withdrawn"] is None and row.version in ("", version["version"]):
                    version["withdrawn"] = row.reason
            continue
        versions.append(
            {
                "version": row.version,
                "applies_from": row.applies_from,
                "applies_until": row.applies_until,
                "released_at": format_moment(row.released_at),
                "significance": row.significance,
                "change_note": row.change_note,
                "withdrawn": None,
            }
        )
    return versions[::-1]
