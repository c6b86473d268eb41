"""States of contents in an index, to be compared with what it should hold."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import batched
from typing import Any

from elasticsearch import Elasticsearch

from search.elastic.bulk import BulkError

DOCUMENTS_IN_REQUEST = 1000
PAGE = 2000
KEEP_ALIVE = "2m"
VERSION_FIELDS = ("starts", "ends", "visibility", "consortium", "ended_on", "covered", "covered_stale")
SECTION_FIELDS = (
    "path",
    "visibility",
    "consortium",
    "commencements",
    "has_undated_commencement",
    "is_historic",
    "starts",
    "ends",
    "ended_on",
)
DATE_FIELDS = frozenset({"starts", "ends", "ended_on", "commencements"})

VersionState = Mapping[str, Any]


def fetch_versions(client: Elasticsearch, wanted: Sequence[tuple[str, str]]) -> dict[tuple[str, str], VersionState]:
    """Fetch the changing part of documents, given by alias and id, as last written, searchable yet or not.

    Raises:
        BulkError: if an alias leads to no index.
    """
    states: dict[tuple[str, str], VersionState] = {}
    for some in batched(wanted, DOCUMENTS_IN_REQUEST, strict=False):
        asked = [{"_index": target, "_id": key, "_source": list(VERSION_FIELDS)} for target, key in some]
        for place, found in zip(some, client.mget(docs=asked)["docs"], strict=True):
            if "error" in found:
                raise BulkError(f"{place[1]} in {place[0]}: {found['error'].get('reason', '')}")
            if found["found"]:
                states[place] = found["_source"]
    return states


def fetch_sections(client: Elasticsearch, target: str, content_ids: Sequence[str]) -> dict[str, VersionState]:
    """Fetch the changing part of all sections of some acts, by id; only what was written before the last refresh is seen."""
    filters = [{"term": {"kind": "provision"}}, {"terms": {"content_id": list(content_ids)}}]
    fields = [
        {"field": name, "format": "strict_date"} if name in DATE_FIELDS else {"field": name} for name in SECTION_FIELDS
    ]
    hits = iterate_hits(client, target, {"bool": {"filter": filters}}, fields)
    return {hit["_id"]: _read_fields(hit.get("fields", {})) for hit in hits}


def iterate_hits(
    client: Elasticsearch, index: str, query: Mapping[str, Any], fields: Sequence[Mapping[str, Any]]
) -> Iterator[Mapping[str, Any]]:
    """Iterate over documents in the order of the log, as they stood at one moment."""
    pit = client.open_point_in_time(index=index, keep_alive=KEEP_ALIVE)["id"]
    after: list[Any] | None = None
    try:
        while True:
            page = client.search(
                pit={"id": pit, "keep_alive": KEEP_ALIVE},
                query=query,
                sort=[{"position": "asc"}, {"_shard_doc": "asc"}],
                search_after=after,
                size=PAGE,
                source=False,
                docvalue_fields=fields,
                track_total_hits=False,
            )
            pit, hits = page["pit_id"], page["hits"]["hits"]
            yield from hits
            if len(hits) < PAGE:
                return
            after = hits[-1]["sort"]
    finally:
        client.close_point_in_time(id=pit)


def _read_fields(fields: Mapping[str, list[Any]]) -> VersionState:
    return {
        name: fields.get(name, []) if name == "commencements" else next(iter(fields.get(name, [])), None)
        for name in SECTION_FIELDS
    }
