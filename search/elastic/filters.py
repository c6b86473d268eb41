"""The filters of search in the index's words: the same rules as ``WindowQuerySet`` in the database's. Pure functions."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from cms.core.enums import Visibility
from cms.publication.access.access_scope import AccessScope
from cms.publication.access.querysets import HIDDEN_WHEN_OUTDATED
from cms.publication.enums import TranslationState
from search.asking.query import SearchQuery

Clause = dict[str, Any]


def build_base_filters(query: SearchQuery) -> list[Clause]:
    """Build the filters that hold for results, total and facets alike."""
    day = query.day
    filters = [build_access_filter(query.access), *build_day_filters(day)]
    filters.append(build_language_filter(query.chain, day, allow_outdated=query.allow_outdated))
    if query.in_force_on:
        filters.append({"range": {"commencements": {"lte": query.in_force_on.isoformat()}}})
        filters.append(_build_not_ended(query.in_force_on))
    if query.upcoming:
        filters.append(
            any_of(
                [{"range": {"commencements": {"gt": day.isoformat()}}}, {"term": {"has_undated_commencement": True}}]
            )
        )
        filters.append(_build_not_ended(day))
    return filters


def _build_not_ended(day: date) -> Clause:
    """Build the filter that leaves out what has ended by a day; ``ended_on`` is the first day on which it has."""
    return {"bool": {"must_not": [{"range": {"ended_on": {"lte": day.isoformat()}}}]}}


def build_access_filter(access: AccessScope) -> Clause:
    """Build the visibility rule of ``AccessScope.build_filter`` for the index."""
    allowed: list[Clause] = [{"term": {"visibility": Visibility.PUBLIC.value}}]
    if access.network or access.consortia:
        allowed.append({"term": {"visibility": Visibility.NETWORK.value}})
    if access.consortia:
        own = [
            {"term": {"visibility": Visibility.CONSORTIUM.value}},
            {"terms": {"consortium": sorted(access.consortia)}},
        ]
        allowed.append({"bool": {"filter": own}})
    return any_of(allowed)


def build_day_filters(day: date) -> list[Clause]:
    """Build the filter for what applies on a day: ``ends`` is the first day it no longer does."""
    ends = any_of(
        [{"range": {"ends": {"gt": day.isoformat()}}}, {"bool": {"must_not": [{"exists": {"field": "ends"}}]}}]
    )
    return [{"range": {"starts": {"lte": day.isoformat()}}}, ends]


def build_language_filter(chain: Sequence[str], day: date, *, allow_outdated: bool) -> Clause:
    """Build the filter that keeps every content in the first language of the chain that it applies in on the day.

    Each version knows on which days the content applies in which other language, so the choice needs no second look (decision
    0005). A law note's outdated translation is no such language and no hit, unless the caller allows it.
    """
    cover = ["covered", "covered_stale"] if allow_outdated else ["covered"]
    allowed: list[Clause] = []
    for rank, locale in enumerate(chain):
        better = [{"term": {f"{name}.{code}": day.isoformat()}} for code in chain[:rank] for name in cover]
        clause: dict[str, Any] = {"filter": [{"term": {"locale": locale}}]}
        if better:
            clause["must_not"] = better
        allowed.append({"bool": clause})
    language = any_of(allowed)
    if allow_outdated:
        return language
    stale = [{"terms": {"type": sorted(HIDDEN_WHEN_OUTDATED)}}, {"term": {"state": TranslationState.OUTDATED.value}}]
    return {"bool": {"filter": [language], "must_not": [{"bool": {"filter": stale}}]}}


def build_facet_filter(query: SearchQuery, facet: str) -> list[Clause]:
    """Build the filters chosen in one facet; a municipality keeps what is meant for it or for all."""
    clauses: list[Clause] = [{"terms": {facet: group}} for group in query.groups.get(facet, [])]
    if facet != "municipality":
        return clauses
    for_all: Clause = {"bool": {"must_not": [{"exists": {"field": "municipality"}}]}}
    return [any_of([clause, for_all]) for clause in clauses]


def any_of(clauses: list[Clause]) -> Clause:
    """Build what holds when one of the clauses does."""
    return clauses[0] if len(clauses) == 1 else {"bool": {"should": clauses, "minimum_should_match": 1}}
