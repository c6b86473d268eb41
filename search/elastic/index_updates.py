"""Bring the index in line with the log for some contents: every version that has a window, and nothing else.

Of an item that was written before, only what its last releases changed is written again: the words of a version never change,
only the days and terms it is found by, and a section whose text has ceased to apply stays as it was. A release costs what it
changed, however long the history is.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import batched
from typing import Any
from uuid import UUID

from django.utils import timezone
from elasticsearch import Elasticsearch

from cms.core.calendar import today
from cms.publication.models import Window
from search.elastic.bulk import BulkWriter
from search.elastic.index_states import SECTION_FIELDS, VersionState, fetch_sections, fetch_versions
from search.elastic.indices import Aliases
from search.texts.index_documents import (
    IndexDocument,
    build_changing,
    build_envelope,
    build_provision_document,
    build_version_document,
)
from search.texts.log_contents import (
    CONTENTS_IN_MEMORY,
    VERSIONS_IN_MEMORY,
    Content,
    load_documents,
    load_states,
)
from search.texts.provision_texts import ProvisionPlace, iterate_provision_texts, list_provision_places

# So long a message may come late: a version that is younger gets its tombstone even if it was never written (``gc_deletes``).
LATE = timedelta(hours=1)

Versions = Sequence[tuple[Content, Window, Sequence[str]]]


def index_contents(client: Elasticsearch, aliases: Aliases, content_ids: Sequence[UUID], *, anew: bool = False) -> int:
    """Index contents behind every alias that follows the log; returns how many writes were done.

    With ``anew`` everything is written, whatever the index says it holds.

    Raises:
        BulkError: if the engine did not take everything.
    """
    with BulkWriter(client, parallel=len(content_ids) > CONTENTS_IN_MEMORY) as writer:
        for some in batched(content_ids, CONTENTS_IN_MEMORY, strict=False):
            contents = load_states(some)
            known = [content for content in contents if content.has_a_past and not anew]
            write_contents(writer, aliases, [content for content in contents if anew or not content.has_a_past])
            _write_changes(client, writer, aliases, known)
    return writer.written


def write_contents(writer: BulkWriter, aliases: Aliases, contents: Iterable[Content]) -> None:
    """Write all versions and sections of contents; the tombstones of what has no window go first."""
    found = list(contents)
    for content in found:
        for gone in content.gone:
            for target in aliases.list_write_aliases(gone.locale):
                writer.delete(target, gone.version, content.position)
    _write_versions(
        writer,
        [
            (content, window, aliases.list_write_aliases(window.locale))
            for content in found
            for window in content.windows
        ],
    )
    acts = {content.content_id: content for content in found if content.is_act and content.windows}
    for act in acts.values():
        load_documents([act], {act.newest.pk})
    windows = [window for content in acts.values() for window in content.windows]
    for provision in iterate_provision_texts(windows) if windows else ():
        content = acts[provision.content_id]
        entry = build_provision_document(provision, content.newest, content)
        for target in aliases.list_write_aliases(entry.locale):
            writer.index(target, entry)


def _write_changes(client: Elasticsearch, writer: BulkWriter, aliases: Aliases, contents: Sequence[Content]) -> None:
    """Write what an index does not hold as it should be, and delete what it should not hold."""
    if not contents:
        return
    wanted = {
        (target, window.version): (content, window)
        for content in contents
        for window in content.windows
        for target in aliases.list_write_aliases(window.locale)
    }
    unwanted = {
        (target, gone.version): (content, gone)
        for content in contents
        for gone in content.gone
        for target in aliases.list_write_aliases(gone.locale)
    }
    there = fetch_versions(client, [*wanted, *unwanted])
    since = timezone.now() - LATE
    for place, (content, gone) in unwanted.items():
        if place in there or gone.released_at >= since:
            writer.delete(*place, content.position)
    _write_versions(
        writer,
        [
            (content, window, [place[0]])
            for place, (content, window) in wanted.items()
            if place not in there or _differs(there[place], build_changing(window, content.windows))
        ],
    )
    acts = [content for content in contents if content.is_act]
    targets = {target for act in acts for target in _list_targets(aliases, act)}
    if targets:
        client.indices.refresh(index=sorted(targets))
    for act in acts:
        _write_section_changes(client, writer, aliases, act)


def _write_versions(writer: BulkWriter, versions: Versions) -> None:
    """Write some versions to some aliases each; so many documents are in memory at a time."""
    for some in batched(versions, VERSIONS_IN_MEMORY, strict=False):
        held = {window.pk for content, window, _targets in some if window.pk in content.documents}
        load_documents({id(content): content for content, *_ in some}.values(), {window.pk for _c, window, _t in some})
        for content, window, targets in some:
            if window.pk in content.documents:
                _write(writer, build_version_document(window, content), targets)
        for content, window, _targets in some:
            if window.pk not in held:
                content.documents.pop(window.pk, None)


def _write_section_changes(client: Elasticsearch, writer: BulkWriter, aliases: Aliases, act: Content) -> None:
    """Write the sections of an act that still apply, and those of the past that the index does not hold as they should be."""
    places = list_provision_places(act.windows) if act.windows else []
    load_documents([act], {act.newest.pk} if act.windows else ())
    envelope = build_envelope(act.newest, act) if act.windows else {}
    chosen: dict[str, set[str]] = {}
    for target in _list_targets(aliases, act):
        there = fetch_sections(client, target, [str(act.content_id)])
        chosen[target] = {place.key for place in places if _is_due(place, there.get(place.key), envelope)}
        for key in there.keys() - {place.key for place in places}:
            writer.delete(target, key, act.position)
    due = set().union(*chosen.values())
    texts = {place.expression_id for place in places if place.key in due}
    for provision in iterate_provision_texts(act.windows, texts) if texts else ():
        entry = build_provision_document(provision, act.newest, act)
        _write(writer, entry, [target for target, keys in chosen.items() if entry.id in keys])


def _is_due(place: ProvisionPlace, there: VersionState | None, envelope: dict[str, Any]) -> bool:
    """Say whether a section has to be written: it is missing, still applies, or is found by something else than it should be."""
    if there is None or not place.is_past(today()):
        return True
    own = {
        "path": place.path,
        "starts": place.days.starts.isoformat(),
        "ends": place.days.ends.isoformat() if place.days.ends else None,
    }
    return _differs(there, {name: {**envelope, **own}[name] for name in SECTION_FIELDS})


def _differs(there: VersionState, wanted: VersionState) -> bool:
    return any(there.get(name) != value for name, value in wanted.items())


def _list_targets(aliases: Aliases, content: Content) -> Iterator[str]:
    locales = {*(window.locale for window in content.windows), *(gone.locale for gone in content.gone)}
    for locale in sorted(locales):
        yield from aliases.list_write_aliases(locale)


def _write(writer: BulkWriter, document: IndexDocument, targets: Iterable[str]) -> None:
    for target in targets:
        writer.index(target, document)
