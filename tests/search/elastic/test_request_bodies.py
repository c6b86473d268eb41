"""Elasticsearch requests as data: user text is only ever analysed, and every rule stands in the filters."""

from datetime import date

import pytest

from cms.publication.access.access_scope import AccessScope
from search.asking.query import SearchQuery, SearchQueryError
from search.asking.query_citations import CitedAct
from search.asking.query_reading import QueryReading
from search.elastic.filters import build_access_filter, build_day_filters, build_facet_filter, build_language_filter
from search.elastic.request_bodies import build_query, build_search, build_text_clause, build_words_clause

DAY = date(2026, 11, 23)
APPLYING = [
    {"range": {"starts": {"lte": "2026-11-23"}}},
    {
        "bool": {
            "should": [
                {"range": {"ends": {"gt": "2026-11-23"}}},
                {"bool": {"must_not": [{"exists": {"field": "ends"}}]}},
            ],
            "minimum_should_match": 1,
        }
    },
]
NOT_STALE = {"bool": {"filter": [{"terms": {"type": ["law-note"]}}, {"term": {"state": "outdated"}}]}}
FORBIDDEN = {"query_string", "simple_query_string", "wildcard", "regexp", "fuzzy", "script", "prefix"}


def list_keys(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from list_keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from list_keys(inner)


def test_query_without_text_keeps_documents_within_the_access_scope_and_time():
    query = SearchQuery(locale="en", as_of=DAY, sort="title")

    assert build_query(query) == {
        "bool": {
            "filter": [
                {"term": {"kind": "document"}},
                {"term": {"visibility": "public"}},
                *APPLYING,
                {"bool": {"filter": [{"bool": {"filter": [{"term": {"locale": "en"}}]}}], "must_not": [NOT_STALE]}},
            ]
        }
    }


def test_days_are_half_open():
    assert build_day_filters(DAY) == APPLYING


def test_language_filter_leaves_a_language_to_a_better_one_that_applies_on_the_day():
    assert build_language_filter(["pl", "en", "da"], DAY, allow_outdated=False) == {
        "bool": {
            "filter": [
                {
                    "bool": {
                        "should": [
                            {"bool": {"filter": [{"term": {"locale": "pl"}}]}},
                            {
                                "bool": {
                                    "filter": [{"term": {"locale": "en"}}],
                                    "must_not": [{"term": {"covered.pl": "2026-11-23"}}],
                                }
                            },
                            {
                                "bool": {
                                    "filter": [{"term": {"locale": "da"}}],
                                    "must_not": [
                                        {"term": {"covered.pl": "2026-11-23"}},
                                        {"term": {"covered.en": "2026-11-23"}},
                                    ],
                                }
                            },
                        ],
                        "minimum_should_match": 1,
                    }
                }
            ],
            "must_not": [NOT_STALE],
        }
    }


def test_language_filter_counts_stale_languages_as_better_where_they_are_allowed():
    clause = build_language_filter(["en", "da"], DAY, allow_outdated=True)

    assert clause["bool"]["should"][1]["bool"]["must_not"] == [
        {"term": {"covered.en": "2026-11-23"}},
        {"term": {"covered_stale.en": "2026-11-23"}},
    ]


@pytest.mark.parametrize(
    ("access", "clauses"),
    [
        (AccessScope(), [{"term": {"visibility": "public"}}]),
        (AccessScope(network=True), [{"term": {"visibility": "public"}}, {"term": {"visibility": "network"}}]),
        (
            AccessScope(consortia=frozenset({"vest", "randers"})),
            [
                {"term": {"visibility": "public"}},
                {"term": {"visibility": "network"}},
                {
                    "bool": {
                        "filter": [
                            {"term": {"visibility": "consortium"}},
                            {"terms": {"consortium": ["randers", "vest"]}},
                        ]
                    }
                },
            ],
        ),
    ],
)
def test_access_filter_is_the_logs_rule(access, clauses):
    built = build_access_filter(access)

    assert (built["bool"]["should"] if len(clauses) > 1 else [built]) == clauses


def test_chosen_facets_stand_in_the_post_filter_and_in_the_other_facets():
    query = SearchQuery("mentor", filters={"topic": [["tax", "housing"], ["health"]], "type": [["guide"]]}, as_of=DAY)

    body = build_search(query)

    topics = [{"terms": {"topic": ["tax", "housing"]}}, {"terms": {"topic": ["health"]}}]
    types = [{"terms": {"type": ["guide"]}}]
    assert body["post_filter"] == {"bool": {"filter": [*types, *topics]}}
    assert body["aggs"]["total"]["filter"] == {"bool": {"filter": [*types, *topics]}}
    assert body["aggs"]["facet_topic"]["filter"] == {"bool": {"filter": types}}
    assert body["aggs"]["facet_type"]["filter"] == {"bool": {"filter": topics}}
    assert body["aggs"]["facet_audience"]["filter"] == {"bool": {"filter": [*types, *topics]}}


def test_municipality_filter_keeps_what_names_none():
    query = SearchQuery(filters={"municipality": [["0751"]]})

    assert build_facet_filter(query, "municipality") == [
        {
            "bool": {
                "should": [
                    {"terms": {"municipality": ["0751"]}},
                    {"bool": {"must_not": [{"exists": {"field": "municipality"}}]}},
                ],
                "minimum_should_match": 1,
            }
        }
    ]


def test_every_content_is_one_hit_and_pages_follow_from_it():
    body = build_search(SearchQuery("mentor", page=3, limit=10))

    assert (body["collapse"], body["from"], body["size"]) == ({"field": "content_id"}, 20, 10)
    assert body["aggs"]["total"]["aggs"]["contents"]["cardinality"]["field"] == "content_id"


@pytest.mark.parametrize("sort", ["-released_at", "title", "applies_from", "relevance"])
def test_order_is_total(sort):
    body = build_search(SearchQuery("mentor", sort=sort))

    assert list_keys(body["sort"][-1]).__next__() in ("position", "content_id")


def test_without_text_relevance_means_guidance_first_and_the_newest():
    newest = [{"released_at": "desc"}, {"position": "desc"}]
    guidance = {"constant_score": {"filter": {"bool": {"must_not": [{"term": {"type": "act"}}]}}, "boost": 1.0}}
    plain, typed = build_search(SearchQuery()), build_search(SearchQuery(filters={"type": [["act"]]}))

    assert (plain["sort"], plain["query"]["bool"]["should"]) == (["_score", *newest], [guidance])
    assert (typed["sort"], "should" in typed["query"]["bool"]) == (newest, False)


def test_acts_rank_below_everything_unless_they_are_cited_or_asked_for():
    cited = CitedAct("4f0f8f4e-0000-4000-8000-000000000000", ())
    plain = build_text_clause("mentor", is_law_last=True)["boosting"]
    named = build_text_clause("udlændingeloven", QueryReading(cited), is_law_last=True)["boosting"]
    asked = build_text_clause("mentor")["boosting"]

    assert plain["negative"] == {"bool": {"filter": [{"term": {"type": "act"}}]}}
    assert [
        clause["constant_score"]["filter"]["bool"]["filter"] for clause in named["negative"]["bool"]["must_not"]
    ] == [[{"term": {"content_id": cited.content_id}}, {"term": {"kind": "document"}}]]
    assert asked["negative"] == {"term": {"is_historic": True}}


def test_typed_text_never_reaches_a_query_parser():
    body = build_search(SearchQuery('title:(x OR y) AND "z" *~2 § 9 a udl'))

    assert not FORBIDDEN & set(list_keys(body["query"]))


def test_three_words_must_all_match_and_of_more_three_quarters():
    clause = build_words_clause("job til ægtefælle")

    matches = clause["bool"]["must"][0]["dis_max"]["queries"]
    assert [match["multi_match"]["minimum_should_match"] for match in matches] == ["3<75%", "3<75%"]
    assert matches[0]["multi_match"]["fields"] == ["title^4", "names^4", "summary^2", "body"]


@pytest.mark.parametrize(
    ("values", "parameter"),
    [
        ({"q": "x" * 501}, "q"),
        ({"locale": "sv"}, "locale"),
        ({"sort": "score"}, "sort"),
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"page": 0}, "page"),
        ({"page": 101, "limit": 100}, "page"),
        ({"filters": {"visibility": [["consortium"]]}}, "visibility"),
    ],
)
def test_impossible_query_is_refused_with_the_parameter_to_blame(values, parameter):
    with pytest.raises(SearchQueryError) as caught:
        SearchQuery(**values)

    assert caught.value.parameter == parameter


def test_control_and_invisible_characters_leave_the_text():
    assert SearchQuery("\x00op\u00adhold\u200b\n  tilladelse\x7f").text == "ophold tilladelse"
