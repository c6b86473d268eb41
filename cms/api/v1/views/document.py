"""One document."""

from datetime import date
from typing import Any
from uuid import UUID

import orjson
from django.http import HttpResponse
from django.utils.encoding import iri_to_uri
from rest_framework.request import Request

from cms.api.conditional import build_etag, is_unmodified
from cms.api.problems import build_not_found
from cms.api.v1.absence import explain_absence, find_version_problem
from cms.api.v1.applying_documents import WindowRow, find_applying, list_chain, load_body
from cms.api.v1.declarations import ALLOW_OUTDATED, AS_OF, FIELDS, LOCALE_ASKED
from cms.api.v1.expansion import embed_related
from cms.api.v1.fields import keep_fields
from cms.api.v1.openapi import Operation
from cms.api.v1.parameters import Parameter
from cms.api.v1.replies import build_address, build_reply
from cms.api.v1.terms import MUNICIPALITY
from cms.api.v1.values import IDENTIFIER, Choice, Flag, Version
from cms.api.v1.views.base import ApiView
from cms.publication.enums import Kind
from cms.publication.models import Release


def read_id(text: str) -> UUID:
    """Read an id of the path; whatever is not one does not exist."""
    if not IDENTIFIER.fullmatch(text):
        raise build_not_found()
    return UUID(text)


class DocumentView(ApiView):
    """One content as it applies on the day asked for, or one exact version. Two queries when it is there."""

    operation = Operation("document", "Documents", "Read one document", answer="document", may_be_gone=True)
    parameters = (
        LOCALE_ASKED,
        Parameter("fallback", Flag(), "Take the best language of the chain.", default=True),
        ALLOW_OUTDATED,
        AS_OF,
        Parameter("version", Version(), "Exactly this version, whether or not it still applies."),
        Parameter(
            "municipality", MUNICIPALITY, "The municipality whose local additions to merge in.", several=True, once=True
        ),
        FIELDS,
        Parameter(
            "expand",
            Choice(lambda: ["related"]),
            "Embed the current documents of these references.",
            several=True,
            once=True,
        ),
    )

    def get(self, request: Request, content_id: str) -> HttpResponse:
        found = read_id(content_id)
        row = self._find_version(found) if self.asked["version"] else self._find_applying(found)
        headers = {"Content-Language": row.locale}
        if row.locale != self.asked["locale"] and not self.asked["version"]:
            headers["Videnbro-Fallback-From"] = self.asked["locale"]
        if row.path:
            address = iri_to_uri(build_address(row.path))
            headers["Link"] = f'<{address}>; rel="alternate"; type="text/html"; hreflang="{row.locale}"'
        etag: str | None = f'"{row.etag}"'
        changes = self._list_changes()
        is_known = not changes and is_unmodified(request.META.get("HTTP_IF_NONE_MATCH"), str(etag))
        # A 304 has no body, so none need be read for it.
        body = b"" if is_known else load_body(row.position)
        if changes:
            body = self._change(body, changes)
            etag = build_etag([body])
        return build_reply(request, body, etag=etag, last_modified=row.released_at, headers=headers)

    def _find_applying(self, content_id: UUID) -> WindowRow:
        asked = self.asked
        search: dict[str, Any] = {
            "chain": list_chain(asked["locale"], asked["fallback"]),
            "day": self.day,
            "access": self.access,
            "allow_outdated": asked["allow_outdated"],
        }
        row = find_applying(content_id, **search)
        if row is None:
            raise explain_absence(content_id, **search)
        return row

    def _find_version(self, content_id: UUID) -> WindowRow:
        released = Release.objects.filter(
            content_id=content_id, version=self.asked["version"], kind=Kind.RELEASED
        ).first()
        if released is None or ("locale" in self.asked.given and released.locale != self.asked["locale"]):
            raise build_not_found()
        if problem := find_version_problem(released, self.access):
            raise problem
        return WindowRow(
            released.position, content_id, released.locale, released.etag, released.released_at, released.path
        )

    def _list_changes(self) -> list[str]:
        return [name for name in ("fields", "expand") if self.asked.list_values(name)]

    def _change(self, body: bytes, changes: list[str]) -> bytes:
        if "expand" in changes:
            day: date = self.day
            body = orjson.dumps(embed_related(orjson.loads(body), self.asked["locale"], day, self.access))
        if "fields" in changes:
            body = keep_fields(body, self.asked.list_values("fields"))
        return body
