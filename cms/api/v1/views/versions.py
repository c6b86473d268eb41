"""The history of one document."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpResponse
from rest_framework.request import Request

from cms.api.problems import build_not_found
from cms.api.v1.applying_documents import is_content_known
from cms.api.v1.declarations import CURSOR, LIMIT, LOCALE_ASKED
from cms.api.v1.openapi import Operation
from cms.api.v1.pagination import build_next_query, seal_place, unseal_place
from cms.api.v1.parameters import Parameter
from cms.api.v1.replies import build_address, build_json_reply
from cms.api.v1.views.base import ApiView
from cms.api.v1.views.document import read_id
from cms.publication.log.envelope import format_moment
from cms.publication.log.text_versions import find_withdrawal, list_text_versions, list_version_withdrawals
from cms.publication.models import Release


class VersionListView(ApiView):
    """The texts of one content in one language, the newest first, those withdrawn with the reason. Three queries.

    What was released again because something around the text or shown in it changed is no version of the text.
    """

    operation = Operation("version_list", "Documents", "List the versions of one document", answer="versions")
    parameters: ClassVar[Sequence[Parameter]] = (LOCALE_ASKED, LIMIT, CURSOR)

    def get(self, request: Request, content_id: str) -> HttpResponse:
        found = read_id(content_id)
        asked = self.asked
        binding = f"{self.access.fingerprint} {found} {asked.describe(without=('cursor', 'limit'))}"
        texts = list_text_versions(found, asked["locale"], self.access)
        if asked["cursor"]:
            (position,) = unseal_place(binding, asked["cursor"], (int,))
            texts = texts.filter(position__lt=position)
        rows = list(texts[: asked["limit"] + 1])
        if not rows or not is_content_known(found, self.access):
            raise build_not_found()
        shown = rows[: asked["limit"]]
        headers = {"Content-Language": asked["locale"]}
        following = None
        if len(rows) > len(shown):
            query = build_next_query(request._request.GET, seal_place(binding, (shown[-1].position,)))
            following = build_address(request.path, query)
            headers["Link"] = f'<{following}>; rel="next"'
        withdrawals = list_version_withdrawals(shown, self.access)
        answer = {"results": [_build_version(row, withdrawals) for row in shown], "next": following}
        latest = max(row.released_at for row in [*shown, *withdrawals])
        return build_json_reply(request, answer, last_modified=latest, headers=headers)


def _build_version(text: Release, withdrawals: Sequence[Release]) -> dict[str, Any]:
    withdrawal = find_withdrawal(text, withdrawals)
    return {
        "version": text.version,
        "applies_from": text.applies_from,
        "applies_until": text.applies_until,
        "released_at": format_moment(text.released_at),
        "significance": text.significance,
        "change_note": text.change_note,
        "withdrawn": withdrawal.reason if withdrawal else None,
    }
