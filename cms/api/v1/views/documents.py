"""The list of what applies on a day."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from django.http import HttpResponse
from rest_framework.request import Request

from cms.api.conditional import build_etag
from cms.api.v1.applying_documents import ROW_COLUMNS, WindowRow, keep_asked, keep_known, list_chain, load_bodies
from cms.api.v1.declarations import (
    ALLOW_OUTDATED,
    AS_OF,
    CURSOR,
    FALLBACK_ASKED,
    FIELDS,
    FILTERS,
    LAW_DATES,
    LIMIT,
    LOCALE_ASKED,
    SORT,
)
from cms.api.v1.fields import keep_fields
from cms.api.v1.openapi import Operation
from cms.api.v1.pages import build_page_body
from cms.api.v1.pagination import SORTS, build_next_query, seal_place, unseal_place
from cms.api.v1.parameters import Parameter
from cms.api.v1.replies import build_address, build_reply
from cms.api.v1.views.base import ApiView
from cms.publication.access.querysets import WindowQuerySet
from cms.publication.models import Window

VALUE_KINDS: dict[str, type] = {"released_at": datetime, "title_order": str, "starts": date}


class DocumentListView(ApiView):
    """List what applies on a day, in pages of stored documents. Two queries, and one for each vocabulary asked for."""

    operation = Operation("document_list", "Documents", "List what applies on a day", answer="document-page")
    parameters: ClassVar[Sequence[Parameter]] = (
        LOCALE_ASKED,
        FALLBACK_ASKED,
        ALLOW_OUTDATED,
        *FILTERS,
        AS_OF,
        *LAW_DATES,
        FIELDS,
        SORT,
        LIMIT,
        CURSOR,
    )

    def get(self, request: Request) -> HttpResponse:
        asked = self.asked
        sort = SORTS[asked["sort"]]
        binding = self.binding
        windows = sort.apply(self._list_windows())
        if asked["cursor"]:
            place = unseal_place(binding, asked["cursor"], (VALUE_KINDS[sort.column], int))
            windows = sort.after(windows, place[0], place[1])
        found = list(windows.values_list(*ROW_COLUMNS, sort.column)[: asked["limit"] + 1])
        rows = [WindowRow(*values[:-1]) for values in found[: asked["limit"]]]
        following = self._build_next(request, binding, found) if len(found) > len(rows) else None
        names = asked.list_values("fields")
        etag = build_etag([*(row.etag for row in rows), following or "", ",".join(names)])
        bodies = load_bodies(row.position for row in rows)
        if names:
            bodies = [keep_fields(body, names) for body in bodies]
        headers = {"Content-Language": asked["locale"]}
        if following:
            headers["Link"] = f'<{following}>; rel="next"'
        latest = max((row.released_at for row in rows), default=None)
        return build_reply(
            request, build_page_body(bodies, following), etag=etag, last_modified=latest, headers=headers
        )

    @property
    def binding(self) -> str:
        """Name what a cursor is bound to: the caller's access scope and the list that is turned over."""
        return f"{self.access.fingerprint} {self.asked.describe(without=('cursor', 'limit', 'fields'))}"

    def keep_meant(self, windows: WindowQuerySet) -> WindowQuerySet:
        """Keep what the list is about; here that is everything."""
        return windows

    def _list_windows(self) -> WindowQuerySet:
        asked = self.asked
        chain = list_chain(asked["locale"], asked["fallback"])
        windows = self.keep_meant(keep_known(Window.objects.filter(locale__in=chain), self.access, self.day))
        windows = keep_asked(windows, asked)
        if not asked.get("allow_outdated"):
            windows = windows.not_stale()
        if asked.get("in_force_on"):
            windows = windows.in_force_on(asked["in_force_on"])
        if asked.get("upcoming"):
            windows = windows.upcoming(self.day)
        return windows.best_language(chain) if len(chain) > 1 else windows

    def _build_next(self, request: Request, binding: str, found: list[tuple[Any, ...]]) -> str:
        last = found[self.asked["limit"] - 1]
        value = last[-1].isoformat() if isinstance(last[-1], date) else last[-1]
        cursor = seal_place(binding, (value, last[0]))
        return build_address(request.path, build_next_query(request._request.GET, cursor))
