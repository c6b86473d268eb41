"""The index against the log: what is missing, what is too much, what says something else. Memory stays bounded at any size."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import batched
from typing import Any, NamedTuple
from uuid import UUID

from elasticsearch import Elasticsearch

from cms.core.calendar import today
from cms.publication.following.followers import get_head_position
from cms.publication.models import Release, Window
from legal.enums import ACT
from search.elastic.index_states import PAGE, iterate_hits
from search.elastic.index_updates import index_contents
from search.elastic.indices import Aliases
from search.texts.log_contents import list_last_positions
from search.texts.provision_texts import count_provision_texts, iterate_provision_texts

ACTS_IN_MEMORY = 200
STATE_FIELDS = [{"field": name} for name in ("version", "content_id", "visibility", "position")]
DAY_FIELDS = [{"field": name, "format": "strict_date"} for name in ("starts", "ends")]


ActCount = tuple[str, int, int | None]


class VersionState(NamedTuple):
    """Facts of a version that must be the same on both sides."""

    version: str
    content_id: str
    visibility: str
    starts: str
    ends: str | None


@dataclass
class IndexDrift:
    """Differences between an index and the log; ``documents`` and ``provisions`` count what it holds."""

    documents: int = 0
    provisions: int = 0
    missing: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    acts: list[str] = field(default_factory=list)
    contents: set[UUID] = field(default_factory=set)

    @property
    def is_drifted(self) -> bool:
        """Say whether there is any difference."""
        return bool(self.contents)

    def describe(self) -> str:
        """Describe the numbers in one line."""
        return (
            f"{self.documents} documents, {self.provisions} provisions; {len(self.missing)} missing, "
            f"{len(self.different)} different, {len(self.extra)} too many, {len(self.acts)} acts with other provisions"
        )


def find_index_drift(client: Elasticsearch, locale: str, index: str) -> IndexDrift:
    """Compare one language's index with the log, both read in the order of the log.

    What is released or withdrawn during the comparison is left out: the follower has it yet to come.
    """
    head = get_head_position()
    client.indices.refresh(index=index)
    drift = IndexDrift()
    _compare_documents(_iterate_windows(locale), _iterate_documents(client, index), drift)
    _compare_provisions(client, locale, index, drift)
    drift.contents -= {key for key, position in list_last_positions(drift.contents).items() if position > head}
    return drift


def repair_index(client: Elasticsearch, aliases: Aliases, index: str, drift: IndexDrift) -> None:
    """Write what is missing or different once more and delete what is too much.

    Writing comes first, and only what the log does not know is deleted without a version: a tombstone would keep the same version
    away.
    """
    index_contents(client, aliases, sorted(drift.contents), anew=True)
    known = set(Release.objects.filter(version__in=drift.extra).values_list("version", flat=True))
    for document_id in drift.extra:
        if document_id not in known:
            client.options(ignore_status=404).delete(index=index, id=document_id)
    for act in drift.acts:
        texts = iterate_provision_texts(Window.objects.filter(content_id=act))
        clause = {
            "filter": [{"term": {"kind": "provision"}}, {"term": {"content_id": act}}],
            "must_not": [{"ids": {"values": [text.key for text in texts]}}],
        }
        client.indices.refresh(index=index)
        client.delete_by_query(index=index, query={"bool": clause}, conflicts="proceed")
    client.indices.refresh(index=index)


def _compare_documents(
    windows: Iterator[tuple[int, VersionState]], documents: Iterator[tuple[int, str, VersionState]], drift: IndexDrift
) -> None:
    window, document = next(windows, None), next(documents, None)
    while window is not None or document is not None:
        if document is None or (window is not None and window[0] < document[0]):
            drift.missing.append(window[1].version)  # type: ignore[index]
            drift.contents.add(UUID(window[1].content_id))  # type: ignore[index]
            window = next(windows, None)
            continue
        drift.documents += 1
        if window is None or document[0] < window[0]:
            drift.extra.append(document[1])
            drift.contents.add(UUID(document[2].content_id))
        else:
            if document[2] != window[1] or document[1] != window[1].version:
                drift.different.append(document[1])
                drift.contents.add(UUID(window[1].content_id))
            window = next(windows, None)
        document = next(documents, None)


def _compare_provisions(client: Elasticsearch, locale: str, index: str, drift: IndexDrift) -> None:
    counted = _iterate_act_counts(client, index)
    indexed = next(counted, None)
    for acts in batched(_iterate_acts(locale), ACTS_IN_MEMORY, strict=False):
        expected = count_provision_texts(Window.objects.filter(content_id__in=acts, locale=locale))
        positions = list_last_positions(acts)
        for content_id in acts:
            while indexed is not None and indexed[0] < str(content_id):
                indexed = _note_extra(drift, indexed, counted)
            count, position = 0, None
            if indexed is not None and indexed[0] == str(content_id):
                _, count, position = indexed
                drift.provisions += count
                indexed = next(counted, None)
            if count != expected[content_id] or position not in (None, positions[content_id]):
                drift.acts.append(str(content_id))
                drift.contents.add(content_id)
    while indexed is not None:
        indexed = _note_extra(drift, indexed, counted)


def _note_extra(drift: IndexDrift, indexed: ActCount, counted: Iterator[ActCount]) -> ActCount | None:
    drift.provisions += indexed[1]
    drift.acts.append(indexed[0])
    drift.contents.add(UUID(indexed[0]))
    return next(counted, None)


def _iterate_windows(locale: str) -> Iterator[tuple[int, VersionState]]:
    rows = Window.objects.filter(locale=locale).order_by("pk")
    fields = ("pk", "version", "content_id", "visibility", "starts", "ends")
    for pk, version, content_id, visibility, starts, ends in rows.values_list(*fields).iterator(chunk_size=PAGE):
        yield (
            pk,
            VersionState(version, str(content_id), visibility, starts.isoformat(), ends.isoformat() if ends else None),
        )


def _iterate_acts(locale: str) -> Iterator[UUID]:
    acts = Window.objects.filter(locale=locale, type=ACT).order_by("content_id").values_list("content_id", flat=True)
    yield from acts.distinct().iterator(chunk_size=PAGE)


def _iterate_documents(client: Elasticsearch, index: str) -> Iterator[tuple[int, str, VersionState]]:
    for hit in iterate_hits(client, index, {"term": {"kind": "document"}}, [*STATE_FIELDS, *DAY_FIELDS]):
        values: Mapping[str, Any] = {name: found[0] for name, found in hit["fields"].items()}
        state = VersionState(
            values["version"], values["content_id"], values["visibility"], values["starts"], values.get("ends")
        )
        yield values["position"], hit["_id"], state


def _iterate_act_counts(client: Elasticsearch, index: str) -> Iterator[ActCount]:
    """Iterate over ``(content_id, number of sections, lowest log position)`` in order of the id.

    The position is that of the sections that still apply; ``None`` where there are none. Those of the past stay as they are.
    """
    still_applying = {"bool": {"must_not": [{"range": {"ends": {"lte": today().isoformat()}}}]}}
    oldest = {"filter": still_applying, "aggregations": {"position": {"min": {"field": "log_position"}}}}
    after: Mapping[str, Any] | None = None
    while True:
        composite: dict[str, Any] = {"size": PAGE, "sources": [{"act": {"terms": {"field": "content_id"}}}]}
        if after:
            composite["after"] = after
        answer = client.search(
            index=index,
            query={"term": {"kind": "provision"}},
            size=0,
            track_total_hits=False,
            aggregations={"acts": {"composite": composite, "aggregations": {"oldest": oldest}}},
        )["aggregations"]["acts"]
        for bucket in answer["buckets"]:
            position = bucket["oldest"]["position"]["value"]
            yield bucket["key"]["act"], bucket["doc_count"], None if position is None else int(position)
        after = answer.get("after_key")
        if not after:
            return
