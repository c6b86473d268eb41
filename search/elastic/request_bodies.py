"""From a question to an Elasticsearch request. Pure functions; what people typed only ever stands as text to be analysed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from cms.core.languages import fallback_chain
from cms.publication.access.access_scope import AccessScope
from legal.enums import ACT
from search.asking.hits import PROVISIONS_SHOWN
from search.asking.query import SearchQuery
from search.asking.query_citations import CitedAct, SectionReference, find_section_reference
from search.asking.query_reading import PLAIN_READING, QueryReading
from search.elastic.aggregations import build_facets
from search.elastic.filters import (
    Clause,
    any_of,
    build_access_filter,
    build_base_filters,
    build_day_filters,
    build_facet_filter,
    build_language_filter,
)

TEXT_FIELDS = ("title^4", "names^4", "summary^2", "body")
FOLDED_FIELDS = ("title.folded^4", "names.folded^4", "summary.folded^2", "body.folded")
PHRASE_FIELDS = ("title^2", "summary", "body")
# Up to three words must all be there, of more words three quarters.
MINIMUM_MATCH = "3<75%"
CITED_BOOST = 4000.0
NAMED_SECTION_BOOST = 1000.0
MATCHED_SECTION_BOOST = 200.0
MENTIONED_SECTION_BOOST = 30.0
LONE_SECTION_BOOST = 20.0
HISTORIC_BOOST = 0.3
# Far below the least score of a word that matches, and within what a float can tell apart.
LAW_LAST_BOOST = 1e-9
# What means the same stands behind the words that were typed.
OTHER_WORDING_BOOST = 0.6
HIT_FIELDS = ["content_id", "kind", "type", "version"]
SORTS: dict[str, list[Any]] = {
    "relevance": ["_score", {"released_at": "desc"}, {"position": "desc"}],
    "-released_at": [{"released_at": "desc"}, {"position": "desc"}],
    "title": [{"title_key": "asc"}, {"content_id": "asc"}],
    "applies_from": [{"applies_from": "asc"}, {"content_id": "asc"}],
}
MARKS = {"pre_tags": ["<mark>"], "post_tags": ["</mark>"], "encoder": "html", "type": "unified"}


def build_search(query: SearchQuery, reading: QueryReading = PLAIN_READING) -> dict[str, Any]:
    """Build the request body of a search over the read aliases of the query's languages.

    Every content is one hit (``collapse``), in the language the filters have chosen for it. The facets' own filters stand in
    ``post_filter``, so that each facet can be counted without its own.
    """
    body: dict[str, Any] = {
        "query": build_query(query, reading),
        "collapse": {"field": "content_id"},
        "from": query.offset,
        "size": query.limit,
        "sort": ["_score", *SORTS[query.order]] if query.is_law_last and not query.text else SORTS[query.order],
        "track_scores": True,
        "track_total_hits": False,
        "_source": False,
        "docvalue_fields": HIT_FIELDS,
        "aggs": build_facets(query),
    }
    if chosen := [clause for facet in query.groups for clause in build_facet_filter(query, facet)]:
        body["post_filter"] = {"bool": {"filter": chosen}}
    if query.text:
        body["highlight"] = build_highlight()
    return body


def build_provision_search(query: SearchQuery, act_ids: Sequence[str], reading: QueryReading) -> dict[str, Any]:
    """Build the request body for the best sections of the acts on one page of results."""
    best = {
        "size": PROVISIONS_SHOWN,
        "_source": ["section", "label", "path"],
        "highlight": build_highlight(),
    }
    filters = [{"term": {"kind": "provision"}}, {"terms": {"content_id": list(act_ids)}}]
    return {
        "query": {"bool": {"must": [build_query(query, reading)], "filter": filters}},
        "size": 0,
        "track_total_hits": False,
        "aggs": {
            "acts": {"terms": {"field": "content_id", "size": len(act_ids)}, "aggs": {"best": {"top_hits": best}}}
        },
    }


def build_query(query: SearchQuery, reading: QueryReading = PLAIN_READING) -> Clause:
    """Build what a hit must be: within the access scope, applying, in its best language, and matching the text."""
    filters = build_base_filters(query)
    if not query.text:
        everything: dict[str, Any] = {"filter": [{"term": {"kind": "document"}}, *filters]}
        if query.is_law_last:
            everything["should"] = [_score({"bool": {"must_not": [{"term": {"type": ACT}}]}}, 1.0)]
        return {"bool": everything}
    text = build_text_clause(query.text, reading, is_law_last=query.is_law_last)
    return {"bool": {"must": [text], "filter": filters}}


def build_text_clause(text: str, reading: QueryReading = PLAIN_READING, *, is_law_last: bool = False) -> Clause:
    """Build the match and score of a text; a section or an act that is cited stands first.

    With ``is_law_last`` acts that the text neither cites nor names stand behind everything else.
    """
    words = build_wordings_clause(text, reading.wordings)
    reference = find_section_reference(text)
    named = _build_cited_clauses(reading.cited) if reading.cited is not None else []
    if reference is not None:
        named += _build_section_clauses(reference)
    if named:
        words = any_of([*named, words])
    ranked = _rank_below(words, {"term": {"is_historic": True}}, HISTORIC_BOOST)
    if not is_law_last:
        return ranked
    law: dict[str, Any] = {"filter": [{"term": {"type": ACT}}]}
    if named:
        law["must_not"] = named
    return _rank_below(ranked, {"bool": law}, LAW_LAST_BOOST)


def build_words_clause(text: str) -> Clause:
    """Build the match of words, in the language's reading and in the folded one; words standing together count more."""
    matches = [_match(text, TEXT_FIELDS), _match(text, FOLDED_FIELDS, boost=0.4)]
    together = {"multi_match": {"query": text, "type": "phrase", "fields": list(PHRASE_FIELDS), "slop": 2}}
    clause: dict[str, Any] = {"must": [{"dis_max": {"queries": matches, "tie_breaker": 0.1}}]}
    if " " in text:
        clause["should"] = [together]
    return {"bool": clause}


def build_wordings_clause(text: str, wordings: Sequence[str]) -> Clause:
    """Build the match of a text or of other words for the same; the best of them counts."""
    words = build_words_clause(text)
    if not wordings:
        return words
    others = [{"bool": {"must": [build_words_clause(other)], "boost": OTHER_WORDING_BOOST}} for other in wordings]
    return {"dis_max": {"queries": [words, *others]}}


def build_completions(text: str, locale: str, access: AccessScope, day: date, limit: int) -> dict[str, Any]:
    """Build the request body for titles that begin as somebody types."""
    chain = fallback_chain(locale)
    filters = [
        {"term": {"kind": "document"}},
        build_access_filter(access),
        *build_day_filters(day),
        build_language_filter(chain, day, allow_outdated=False),
    ]
    typed = {"match": {"title.prefix": {"query": text, "operator": "and"}}}
    named = {"match": {"names.folded": {"query": text, "operator": "and"}}}
    begins = {"match_phrase_prefix": {"title.folded": {"query": text, "boost": 2.0}}}
    return {
        "query": {"bool": {"must": [any_of([typed, named])], "should": [begins], "filter": filters}},
        "collapse": {"field": "content_id"},
        "size": limit,
        "sort": ["_score", {"title_key": "asc"}],
        "track_total_hits": False,
        "_source": False,
        "docvalue_fields": HIT_FIELDS,
    }


def build_highlight() -> dict[str, Any]:
    """Build the highlighting: whole titles, two passages of the body, everything but the marks escaped."""
    return {
        **MARKS,
        "fields": {
            "title": {"number_of_fragments": 0, "matched_fields": ["title.folded"]},
            "body": {"number_of_fragments": 2, "fragment_size": 180, "matched_fields": ["body.folded"]},
        },
    }


def build_suggestion(text: str) -> dict[str, Any]:
    """Build the request body for another spelling, made of words from public texts."""
    generator = {"field": "spelling", "suggest_mode": "popular", "min_word_length": 3, "prefix_length": 1}
    phrase = {"field": "spelling", "size": 1, "max_errors": 2, "confidence": 1.0, "direct_generator": [generator]}
    return {"size": 0, "_source": False, "suggest": {"text": text, "spelling": {"phrase": phrase}}}


def _build_cited_clauses(cited: CitedAct) -> list[Clause]:
    act: Clause = {"term": {"content_id": cited.content_id}}
    if not cited.sections:
        return [_score({"bool": {"filter": [act, {"term": {"kind": "document"}}]}}, CITED_BOOST)]
    return [_score({"bool": {"filter": [act, {"terms": {"section": list(cited.sections)}}]}}, CITED_BOOST)]


def _build_section_clauses(reference: SectionReference) -> list[Clause]:
    sections: Clause = {"terms": {"section": list(reference.sections)}}
    if not reference.act:
        return [{"constant_score": {"filter": sections, "boost": LONE_SECTION_BOOST}}]
    act = reference.act
    named: Clause = {"match": {"names": {"query": act, "operator": "and"}}}
    mentioned: Clause = {"terms": {"mentions": list(reference.sections)}}
    return [
        _score({"bool": {"filter": [sections, {"term": {"names.exact": act}}]}}, NAMED_SECTION_BOOST),
        _score({"bool": {"filter": [sections, named]}}, MATCHED_SECTION_BOOST),
        _score({"bool": {"filter": [mentioned, _match(act, TEXT_FIELDS)]}}, MENTIONED_SECTION_BOOST),
    ]


def _rank_below(clause: Clause, less: Clause, boost: float) -> Clause:
    return {"boosting": {"positive": clause, "negative": less, "negative_boost": boost}}


def _match(text: str, fields: Sequence[str], boost: float = 1.0) -> Clause:
    return {
        "multi_match": {
            "query": text,
            "type": "cross_fields",
            "fields": list(fields),
            "minimum_should_match": MINIMUM_MATCH,
            "tie_breaker": 0.3,
            "boost": boost,
        }
    }


def _score(clause: Clause, boost: float) -> Clause:
    return {"constant_score": {"filter": clause, "boost": boost}}
