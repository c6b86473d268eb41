"""Searching in Elasticsearch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any
from uuid import UUID

from django.conf import settings
from elasticsearch import Elasticsearch

from cms.core.calendar import today
from cms.core.languages import fallback_chain
from cms.publication.access.access_scope import AccessScope
from cms.publication.log.envelope import build_url
from legal.enums import ACT
from search.asking.answer_shapes import ENGINE_ELASTICSEARCH, Completion, ProvisionHit, SearchAnswer
from search.asking.facet_labels import label_counts
from search.asking.hits import Hit, build_results, load_documents
from search.asking.query import SearchQuery
from search.asking.query_reading import QueryReading, read_query
from search.elastic.aggregations import read_counts, read_total
from search.elastic.connection import get_read_client
from search.elastic.index_names import READ, build_aliases
from search.elastic.request_bodies import build_completions, build_provision_search, build_search, build_suggestion

# With fewer hits than this another spelling is looked for.
FEW_HITS = 3


class PartialAnswerError(RuntimeError):
    """Some shards did not answer: the result would silently miss what they hold."""


@dataclass(frozen=True)
class TimedEngine:
    """The engine within the time one answer may take, however many requests that needs; ``deadline`` is monotonic."""

    client: Elasticsearch
    deadline: float

    def send(self, chain: Sequence[str], body: Mapping[str, Any]) -> Mapping[str, Any]:
        """Send a search to the indices of some languages.

        Raises:
            PartialAnswerError: if a shard failed or the time was up.
        """
        left = self.deadline - monotonic()
        if left <= 0:
            raise PartialAnswerError("the time was up")
        answer: Mapping[str, Any] = (
            self.client.options(request_timeout=left)
            .perform_request(
                "POST",
                f"/{','.join(build_aliases(READ, chain))}/_search",
                params={"allow_partial_search_results": "false"},
                headers={"accept": "application/json", "content-type": "application/json"},
                body=body,
            )
            .body
        )
        if answer["timed_out"] or answer["_shards"]["failed"]:
            raise PartialAnswerError(f"{answer['_shards']['failed']} shards failed")
        return answer


def search_index(query: SearchQuery) -> SearchAnswer:
    """Answer a query from the index.

    Raises:
        ApiError, TransportError, PartialAnswerError: if the engine does not answer completely and in time.
    """
    engine = TimedEngine(get_read_client(), monotonic() + settings.SEARCH_TIMEOUT_SECONDS)
    reading = read_query(query)
    answer = engine.send(query.chain, build_search(query, reading))
    hits = [_read_hit(hit, query) for hit in answer["hits"]["hits"]]
    _add_provisions(engine, query, answer["hits"]["hits"], hits, reading)
    total = read_total(answer["aggregations"])
    return SearchAnswer(
        query=query.text,
        total=total,
        results=build_results(query, hits),
        facets=label_counts(read_counts(answer["aggregations"]), query.locale),
        suggestion=_find_suggestion(engine, query, total) if query.text and total < FEW_HITS else None,
        engine=ENGINE_ELASTICSEARCH,
        degraded=False,
    )


def complete_from_index(text: str, locale: str, access: AccessScope, limit: int) -> list[Completion]:
    """Complete what somebody types with titles; shown is what the log says now."""
    body = build_completions(text, locale, access, today(), limit)
    engine = TimedEngine(get_read_client(), monotonic() + settings.SEARCH_TIMEOUT_SECONDS)
    hits = engine.send(fallback_chain(locale), body)["hits"]["hits"]
    content_ids = [UUID(hit["fields"]["content_id"][0]) for hit in hits]
    documents = load_documents(SearchQuery(locale=locale, fallback=True, access=access), content_ids)
    return [
        Completion(text=documents[content_id]["title"], kind=documents[content_id]["type"], id=str(content_id))
        for content_id in content_ids
        if content_id in documents
    ]


def _read_hit(hit: Mapping[str, Any], query: SearchQuery) -> Hit:
    fields, marks = hit["fields"], hit.get("highlight", {})
    return Hit(
        content_id=UUID(fields["content_id"][0]),
        version=fields["version"][0],
        score=hit["_score"] if query.text else None,
        title_marks=marks.get("title", []),
        body_marks=marks.get("body", []),
    )


def _add_provisions(
    engine: TimedEngine,
    query: SearchQuery,
    found: Sequence[Mapping[str, Any]],
    hits: Sequence[Hit],
    reading: QueryReading,
) -> None:
    """Add the best sections to the acts of the page; costs a request only where there are any."""
    acts = {str(hit.content_id): hit for hit, raw in zip(hits, found, strict=True) if raw["fields"]["type"][0] == ACT}
    if not acts or not query.text:
        return
    answer = engine.send(query.chain, build_provision_search(query, list(acts), reading))
    for bucket in answer["aggregations"]["acts"]["buckets"]:
        acts[bucket["key"]].provisions = [_read_provision(hit) for hit in bucket["best"]["hits"]["hits"]]


def _read_provision(hit: Mapping[str, Any]) -> ProvisionHit:
    source = hit["_source"]
    return ProvisionHit(
        section=source["section"],
        label=source["label"],
        url=build_url(source["path"]),
        highlights=hit.get("highlight", {}).get("body", []),
    )


def _find_suggestion(engine: TimedEngine, query: SearchQuery, total: int) -> str | None:
    """Find another spelling that this caller finds more with."""
    answer = engine.send(query.chain, build_suggestion(query.text))
    options = [option["text"] for entry in answer["suggest"]["spelling"] for option in entry["options"]]
    for text in options[:1]:
        found = engine.send(query.chain, build_search(_with_text(query, text)) | {"size": 0})
        if read_total(found["aggregations"]) > total:
            return str(text)
    return None


def _with_text(query: SearchQuery, text: str) -> SearchQuery:
    return SearchQuery(**{**vars(query), "q": text, "page": 1})
