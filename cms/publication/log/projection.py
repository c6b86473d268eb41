"""The window projection: for every content and language, which version applies when. Rebuilt from the rows at each change."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction

from cms.core.calendar import today
from cms.core.collation import build_sort_key
from cms.core.paths import build_parent_path
from cms.publication.log.drafts import Classification
from cms.publication.log.history import ContentHistory, load_histories
from cms.publication.log.timeline import Span
from cms.publication.models.log import LogHead, Release, ReleaseBody
from cms.publication.models.window import Window, WindowCommencement, WindowTerm
from cms.publication.registry import registry

# What a later release can change of a window that stays.
CHANGING = ("starts", "ends", "visibility", "consortium")


def project(
    histories: Sequence[ContentHistory], fresh_bodies: Mapping[UUID, Mapping[int, bytes]] | None = None
) -> set[UUID]:
    """Bring the windows of some contents in line with their rows; unchanged windows are left alone.

    Returns the contents of which others now show something else: title, address, days, or whether it is there to be seen.
    """
    wanted = [
        _build_window(span, history.get_classification(locale))
        for history in histories
        for locale in history.locales
        for span in history.build_delivered_spans(locale)
    ]
    content_ids = [history.content_id for history in histories]
    there = {window.pk: window for window in Window.objects.filter(content_id__in=content_ids)}
    kept = {window.pk for window in wanted}
    if gone := [pk for pk in there if pk not in kept]:
        Window.objects.filter(pk__in=gone).delete()
    for window in wanted:
        stored = there.get(window.pk)
        changed = {
            name: getattr(window, name) for name in CHANGING if getattr(stored, name, None) != getattr(window, name)
        }
        if stored and changed:
            Window.objects.filter(pk=window.pk).update(**changed)
    new = [window for window in wanted if window.pk not in there]
    documents = _load_documents(new, fresh_bodies or {})
    for window in new:
        window.ended_on = registry.find_end(window.type, documents[window.pk])
        window.layout = documents[window.pk].get("layout") or ""
    Window.objects.bulk_create(new, batch_size=500)
    WindowTerm.objects.bulk_create([term for window in new for term in _build_terms(window)], batch_size=500)
    WindowCommencement.objects.bulk_create(_build_commencements(new, documents), batch_size=500)
    before, after = _build_faces(there.values()), _build_faces(wanted)
    return {content_id for content_id in content_ids if before.get(content_id) != after.get(content_id)}


def rebuild_windows(batch_size: int = 1000) -> int:
    """Rebuild all windows from the log; returns how many there are."""
    content_ids = list(Release.objects.order_by().values_list("content_id", flat=True).distinct())
    for start in range(0, len(content_ids), batch_size):
        # The head is held meanwhile: a release of the same content must not project from fewer rows than there are.
        with transaction.atomic():
            LogHead.objects.select_for_update().get_or_create(pk=1)
            batch = content_ids[start : start + batch_size]
            Window.objects.filter(content_id__in=batch).delete()
            project(list(load_histories(batch).values()))
    return Window.objects.count()


def _build_faces(windows: Iterable[Window]) -> dict[UUID, list[tuple[Any, ...]]]:
    """Build, for each content, what a text that refers to it may show from today on; repeated releases make no difference."""
    faces: dict[UUID, list[tuple[Any, ...]]] = {}
    ends: dict[UUID, date | None] = {}
    present = today()
    for window in sorted(windows, key=lambda window: (str(window.content_id), window.locale, window.starts)):
        if window.ends is not None and window.ends <= present:
            continue
        shown = (window.locale, window.path, window.title, window.visibility, window.consortium, window.is_stale)
        face = faces.setdefault(window.content_id, [])
        starts = max(window.starts, present)
        if face and face[-1][1:-1] == shown and ends[window.content_id] == starts:
            face[-1] = (face[-1][0], *shown, window.ends)
        else:
            face.append((starts, *shown, window.ends))
        ends[window.content_id] = window.ends
    return faces


def _build_window(span: Span, classification: Classification) -> Window:
    """Build the window of a span. Who may see it is the content's matter as it stands now, for days long past too."""
    row = span.row
    return Window(
        release=row,
        content_id=row.content_id,
        locale=row.locale,
        type=row.type,
        version=row.version,
        etag=row.etag,
        starts=span.starts,
        ends=span.ends,
        applies_until=row.applies_until,
        visibility=classification.visibility,
        consortium=classification.consortium,
        path=row.path,
        parent_path=build_parent_path(row.path),
        title=row.title,
        title_key=build_sort_key(row.title, row.locale),
        released_at=row.released_at,
        state=row.state,
    )


def _build_terms(window: Window) -> list[WindowTerm]:
    return [
        WindowTerm(window=window, facet=facet, value=value)
        for facet, values in window.release.terms.items()
        for value in values
    ]


def _load_documents(
    windows: Sequence[Window], fresh_bodies: Mapping[UUID, Mapping[int, bytes]]
) -> dict[int, dict[str, Any]]:
    """Load the documents of windows by position; those just released need not be read back."""
    bodies = {position: body for contents in fresh_bodies.values() for position, body in contents.items()}
    missing = [window.pk for window in windows if window.pk not in bodies]
    stored = ReleaseBody.objects.filter(pk__in=missing).values_list("pk", "body")
    bodies |= {position: bytes(body) for position, body in stored}
    return {window.pk: orjson.loads(bodies[window.pk]) for window in windows}


def _build_commencements(
    windows: Sequence[Window], documents: Mapping[int, Mapping[str, Any]]
) -> list[WindowCommencement]:
    built = []
    for window in windows:
        commencements: list[dict[str, Any]] = documents[window.pk].get("commencements") or []
        built += [WindowCommencement(window=window, date=entry.get("date")) for entry in commencements]
    return built
