"""Shapes of search answers: the API's JSON without HTTP."""

from typing import Any, TypedDict

from search.asking.facet_labels import FacetValue


class ProvisionHit(TypedDict):
    """One section of an act that matched."""

    section: str
    label: str
    url: str
    highlights: list[str]


class Highlights(TypedDict):
    """Marked passages: HTML in which only ``<mark>`` is markup."""

    title: list[str]
    body: list[str]


class SearchAnswer(TypedDict):
    """One page of results. A result is the released document with ``score``, ``highlights`` and, for acts, ``provisions``."""

    query: str
    total: int
    results: list[dict[str, Any]]
    facets: dict[str, list[FacetValue]]
    suggestion: str | None
    engine: str
    degraded: bool


class Completion(TypedDict):
    """A title that goes on as somebody has begun to type; ``kind`` is the content's type."""

    text: str
    kind: str
    id: str


class CompletionAnswer(TypedDict):
    """Completions, the best first."""

    completions: list[Completion]


ENGINE_ELASTICSEARCH = "elasticsearch"
ENGINE_DATABASE = "database"
