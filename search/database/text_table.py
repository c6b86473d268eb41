"""Filling the database's text table from the log.

What stands under a key never reads otherwise: a version's words are released once, and the key of a section holds the hash of the
text it was read from. So a release writes the texts it brought and moves the days of those it changed; an item that is followed
again, as in a rebuild, is stored anew.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import batched, islice
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from cms.core.calendar import today
from cms.core.unicode_text import clean_text
from cms.publication.models import Release, Window
from legal.enums import ACT
from search.models import SearchText
from search.texts.index_documents import list_names
from search.texts.log_contents import CONTENTS_IN_MEMORY, VERSIONS_IN_MEMORY, Content, load_documents, load_states
from search.texts.plain_text import strip_html
from search.texts.provision_texts import ProvisionPlace, iterate_provision_texts, list_provision_places

ROWS_IN_INSERT = 500
MOVING = ("starts", "ends", "path", "title", "log_position")


@dataclass(frozen=True)
class StoredText:
    """A row of the table without its words."""

    pk: int
    key: str
    starts: date
    ends: date | None
    path: str
    title: str
    log_position: int


def store_texts(content_ids: Sequence[UUID]) -> None:
    """Bring the texts of contents in line with what the log now says. One transaction for some contents, or for one act."""
    for some in batched(content_ids, CONTENTS_IN_MEMORY, strict=False):
        acts = set(Release.objects.filter(content_id__in=some, type=ACT).values_list("content_id", flat=True))
        _store([content_id for content_id in some if content_id not in acts])
        for act in acts:
            _store([act])


def delete_unknown_texts() -> None:
    """Delete the texts of contents that the log does not know, as after another backup was restored."""
    known = Release.objects.filter(content_id=OuterRef("content_id"))
    SearchText.objects.filter(~Exists(known)).delete()


def _store(content_ids: Sequence[UUID]) -> None:
    if not content_ids:
        return
    with transaction.atomic():
        # Locked before the log is read: of two that store an item at once, the later one reads what the other left.
        stored = _load_stored(content_ids)
        for content in load_states(content_ids):
            _store_content(content, stored[content.content_id])


def _load_stored(content_ids: Sequence[UUID]) -> dict[UUID, list[StoredText]]:
    found: dict[UUID, list[StoredText]] = defaultdict(list)
    rows = SearchText.objects.select_for_update().filter(content_id__in=content_ids).order_by("pk")
    fields = ("pk", "key", "starts", "ends", "path", "title", "log_position")
    for content_id, *values in rows.values_list("content_id", *fields):
        found[content_id].append(StoredText(*values))
    return found


def _store_content(content: Content, stored: Sequence[StoredText]) -> None:
    if stored and max(row.log_position for row in stored) >= content.position:
        SearchText.objects.filter(content_id=content.content_id).delete()
        stored = []
    there = {row.key: row for row in stored}
    places = {place.key: place for place in _list_places(content)}
    versions = {window.version: window for window in content.windows}
    _delete([row.pk for row in stored if row.key not in versions and row.key not in places])
    moved = [*_list_moved_versions(versions.values(), there), *_list_moved_sections(content, places.values(), there)]
    for row in moved:
        row.log_position = content.position
    SearchText.objects.bulk_update(moved, MOVING, batch_size=ROWS_IN_INSERT)
    new = [window for version, window in versions.items() if version not in there]
    texts = {place.expression_id for key, place in places.items() if key not in there}
    written = len(moved) + _insert(_build_versions(content, new)) + _insert(_build_sections(content, texts, there))
    if not written and (kept := [row.pk for row in stored if row.key in versions or row.key in places]):
        # One row at least tells how far the content was followed.
        SearchText.objects.filter(pk=kept[-1]).update(log_position=content.position)


def _list_places(content: Content) -> list[ProvisionPlace]:
    return list_provision_places(content.windows) if content.is_act and content.windows else []


def _delete(pks: Sequence[int]) -> None:
    for some in batched(pks, ROWS_IN_INSERT, strict=False):
        SearchText.objects.filter(pk__in=some).delete()


def _insert(rows: Iterator[SearchText]) -> int:
    """Insert rows as they are built, some at a time; returns how many there were."""
    count = 0
    while some := list(islice(rows, ROWS_IN_INSERT)):
        SearchText.objects.bulk_create(some)
        count += len(some)
    return count


def _list_moved_versions(windows: Iterable[Window], there: dict[str, StoredText]) -> Iterator[SearchText]:
    for window in windows:
        row = there.get(window.version)
        if row is not None and (row.starts, row.ends) != (window.starts, window.ends):
            yield SearchText(pk=row.pk, starts=window.starts, ends=window.ends, path=row.path, title=row.title)


def _list_moved_sections(
    content: Content, places: Collection[ProvisionPlace], there: dict[str, StoredText]
) -> Iterator[SearchText]:
    """List the sections whose days, address or act's name have changed; a text of the past keeps the name it had."""
    if not any(place.key in there for place in places):
        return
    names = _build_act_title(content)
    for place in places:
        row = there.get(place.key)
        if row is None:
            continue
        title = row.title if place.is_past(today()) else names
        if (row.starts, row.ends, row.path, row.title) != (*place.days, place.path, title):
            starts, ends = place.days
            yield SearchText(pk=row.pk, starts=starts, ends=ends, path=place.path, title=title)


def _build_versions(content: Content, windows: Sequence[Window]) -> Iterator[SearchText]:
    for some in batched(windows, VERSIONS_IN_MEMORY, strict=False):
        load_documents([content], {window.pk for window in some})
        for window in some:
            if window.pk in content.documents:
                yield _build_version(content, window)
        content.documents.clear()


def _build_version(content: Content, window: Window) -> SearchText:
    document = content.documents[window.pk]
    names = list_names(document) if window.type == ACT else []
    words = (
        *(clean_text(str(document.get(name) or "")) for name in ("summary", "answer")),
        strip_html(document.get("html") or ""),
    )
    return SearchText(
        kind="document",
        key=window.version,
        content_id=content.content_id,
        locale=window.locale,
        position=window.pk,
        log_position=content.position,
        starts=window.starts,
        ends=window.ends,
        path=window.path,
        title=" · ".join(dict.fromkeys([clean_text(str(document.get("title") or "")), *names])),
        body="\n".join(filter(None, words)),
    )


def _build_sections(content: Content, expression_ids: Collection[int], there: Collection[str]) -> Iterator[SearchText]:
    if not expression_ids:
        return
    act, names = content.newest, _build_act_title(content)
    for provision in iterate_provision_texts(content.windows, expression_ids):
        if provision.key in there:
            continue
        yield SearchText(
            kind="provision",
            key=provision.key,
            content_id=content.content_id,
            locale=act.locale,
            position=act.pk,
            log_position=content.position,
            starts=provision.days.starts,
            ends=provision.days.ends,
            section=provision.section,
            label=provision.label,
            path=provision.path,
            title=names,
            body=provision.text,
        )


def _build_act_title(content: Content) -> str:
    load_documents([content], {content.newest.pk})
    return " · ".join(list_names(content.documents[content.newest.pk]))
