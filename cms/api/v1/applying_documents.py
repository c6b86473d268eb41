"""Applying documents: rows of the window projection a caller gets, then the stored bytes. Nothing here opens a document."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import OuterRef, Subquery

from cms.api.v1.parameters import Asked
from cms.core.calendar import today
from cms.core.languages import fallback_chain
from cms.publication.access.access_scope import AccessScope
from cms.publication.access.querysets import WindowQuerySet
from cms.publication.models import Release, ReleaseBody, Window


class WindowRow(NamedTuple):
    """A released document's row: all that is known of it without opening its body."""

    position: int
    content_id: UUID
    locale: str
    etag: str
    released_at: datetime
    path: str


ROW_COLUMNS = ("release_id", "content_id", "locale", "etag", "released_at", "path")


def list_chain(locale: str, fallback: bool) -> list[str]:
    """List the languages to look in, best first."""
    return fallback_chain(locale) if fallback else [locale]


def keep_known(windows: WindowQuerySet, access: AccessScope, day: date) -> WindowQuerySet:
    """Keep what the caller may see on a day.

    A past window keeps the visibility it had. Who may see an item is what is decided today, so for a past day the content's last
    row has to be within the access scope as well.
    """
    windows = windows.visible_to(access).applying(day)
    if day >= today():
        return windows
    latest = Release.objects.filter(content_id=OuterRef("content_id")).order_by("-position")
    columns = {name: Subquery(latest.values(name)[:1]) for name in ("visibility", "consortium")}
    alias = {f"latest_{name}": subquery for name, subquery in columns.items()}
    known: WindowQuerySet = windows.annotate(**alias).filter(access.build_filter("latest_"))
    return known


def is_content_known(content_id: UUID, access: AccessScope) -> bool:
    """Say whether an item is within the caller's access scope today: the last row of the log decides."""
    latest = Release.objects.filter(content_id=content_id).order_by("-position").values_list("visibility", "consortium")
    last = latest.first()
    return last is not None and access.covers(*last)


def find_applying(
    content_id: UUID, *, chain: Sequence[str], day: date, access: AccessScope, allow_outdated: bool
) -> WindowRow | None:
    """Find what applies of an item on a day in the best language of a chain. One query."""
    windows = keep_known(Window.objects.filter(content_id=content_id, locale__in=chain), access, day)
    if not allow_outdated:
        windows = windows.not_stale()
    rows = [WindowRow(*values) for values in windows.values_list(*ROW_COLUMNS)]
    return min(rows, key=lambda row: chain.index(row.locale), default=None)


def load_bodies(positions: Iterable[int]) -> list[bytes]:
    """Load stored documents in the order of ``positions``. One query."""
    wanted = list(positions)
    stored = dict(ReleaseBody.objects.filter(pk__in=wanted).values_list("pk", "body"))
    return [bytes(stored[position]) for position in wanted]


def load_body(position: int) -> bytes:
    """Load one stored document."""
    return bytes(ReleaseBody.objects.values_list("body", flat=True).get(pk=position))


def keep_asked(windows: WindowQuerySet, asked: Asked) -> WindowQuerySet:
    """Keep what carries the terms asked for, in every parameter that this endpoint declares."""
    for types in asked.get("type") or ():
        windows = windows.filter(type__in=types)
    for consortia in asked.get("consortium") or ():
        windows = windows.filter(consortium__in=consortia)
    for facet in ("topic", "audience", "focus_area"):
        for values in asked.get(facet) or ():
            windows = windows.carrying(facet, values)
    for codes in asked.get("municipality") or ():
        windows = windows.meant_for(codes)
    if asked.get("updated_since"):
        windows = windows.filter(released_at__gte=asked["updated_since"])
    return windows
