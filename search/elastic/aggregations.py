"""Facets as Elasticsearch's aggregations: how many contents each choice would leave."""

from collections.abc import Mapping
from typing import Any

from search.asking.facet_labels import FACETS
from search.asking.query import SearchQuery
from search.elastic.filters import build_facet_filter

MAX_BUCKETS = 200
# Counts below this are exact, above it they are within about two per cent.
EXACT_TOTAL = 40_000
EXACT_COUNT = 3_000


def build_facets(query: SearchQuery) -> dict[str, Any]:
    """Build the aggregations: the total under all filters, and each facet under every filter but its own."""
    facets = {facet: _build_facet(facet) for facet in FACETS}
    aggregations = {f"facet_{facet}": _restrict(query, aggs, facet) for facet, aggs in facets.items()}
    return {"total": _restrict(query, {"contents": _count(EXACT_TOTAL)}, ""), **aggregations}


def read_total(aggregations: Mapping[str, Any]) -> int:
    """Read the number of contents found."""
    return int(aggregations["total"]["contents"]["value"])


def read_counts(aggregations: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """Read ``{facet: {value: count}}``. What is meant for all municipalities counts for each of them."""
    counts = {}
    for facet in FACETS:
        answer = aggregations[f"facet_{facet}"]
        for_all = answer["for_all"]["contents"]["value"] if "for_all" in answer else 0
        counts[facet] = {bucket["key"]: bucket["contents"]["value"] + for_all for bucket in answer["values"]["buckets"]}
    return counts


def _build_facet(facet: str) -> dict[str, Any]:
    terms = {"field": facet, "size": MAX_BUCKETS, "order": [{"contents": "desc"}, {"_key": "asc"}]}
    aggregations: dict[str, Any] = {"values": {"terms": terms, "aggs": {"contents": _count(EXACT_COUNT)}}}
    if facet == "municipality":
        aggregations["for_all"] = {"missing": {"field": facet}, "aggs": {"contents": _count(EXACT_COUNT)}}
    return aggregations


def _restrict(query: SearchQuery, aggregations: dict[str, Any], own: str) -> dict[str, Any]:
    others = [clause for facet in query.groups if facet != own for clause in build_facet_filter(query, facet)]
    return {"filter": {"bool": {"filter": others}} if others else {"match_all": {}}, "aggs": aggregations}


def _count(precision: int) -> dict[str, Any]:
    return {"cardinality": {"field": "content_id", "precision_threshold": precision}}
