"""Facets: how many contents each choice would leave, and what the choices are called."""

from collections.abc import Mapping
from functools import lru_cache
from time import monotonic
from typing import Any, TypedDict

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.utils import translation

from cms.core.languages import LANGUAGES
from cms.core.models import Audience, Consortium, FocusArea, Municipality, Topic
from cms.core.models.vocabularies import build_labels
from cms.publication.registry import registry
from search.filters import build_facet_filter
from search.query import SearchQuery

FACETS = ("type", "topic", "audience", "focus_area", "consortium", "municipality", "locale")
MAX_BUCKETS = 200
# Counts below this are exact, above it they are within about two per cent.
EXACT_TOTAL = 40_000
EXACT_COUNT = 3_000
# How long another process's edit of a label may take to be seen here.
LABEL_SECONDS = 30
VOCABULARIES = {"topic": Topic, "audience": Audience, "focus_area": FocusArea}


class FacetValue(TypedDict):
    """One choice of a facet; ``count`` is the number of contents it would leave."""

    value: str
    label: str
    count: int


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


def label_counts(counts: Mapping[str, Mapping[str, int]], locale: str) -> dict[str, list[FacetValue]]:
    """Put labels in a language to counts: the most frequent first, then by label."""
    labelled: dict[str, list[FacetValue]] = {}
    for facet in FACETS:
        found = counts.get(facet, {})
        labels = find_labels(facet, locale) if found else {}
        values = [
            FacetValue(value=value, label=labels.get(value, value), count=count) for value, count in found.items()
        ]
        labelled[facet] = sorted(values, key=lambda entry: (-entry["count"], entry["label"], entry["value"]))
    return labelled


def find_labels(facet: str, locale: str) -> dict[str, str]:
    """Find what the values of a facet are called in a language."""
    return _load_labels(facet, locale, int(monotonic() // LABEL_SECONDS))


@lru_cache(maxsize=256)
def _load_labels(facet: str, locale: str, _period: int) -> dict[str, str]:
    if facet in VOCABULARIES:
        return build_labels(VOCABULARIES[facet], locale)
    if facet == "consortium":
        return {consortium.slug: consortium.get_name(locale) for consortium in Consortium.objects.all()}
    if facet == "municipality":
        return dict(Municipality.objects.values_list("code", "name"))
    if facet == "locale":
        return {language.code: language.endonym for language in LANGUAGES.values()}
    with translation.override(locale):
        return {name: translation.gettext(content_type.label) for name, content_type in registry.types.items()}


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


def _forget_labels(**_: object) -> None:
    _load_labels.cache_clear()


_LABELLED: tuple[type[Model], ...] = (*VOCABULARIES.values(), Consortium, Municipality)
for _model in _LABELLED:
    post_save.connect(_forget_labels, sender=_model)
    post_delete.connect(_forget_labels, sender=_model)
