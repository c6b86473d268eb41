"""Search and what goes on as one types."""

from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request

from cms.api.problems import build_bad_parameters
from cms.api.v1.declarations import ALLOW_OUTDATED, AS_OF, FILTERS, LAW_DATES, LIMIT, LOCALE_ASKED
from cms.api.v1.openapi import Operation
from cms.api.v1.parameters import Parameter
from cms.api.v1.replies import build_json_reply
from cms.api.v1.values import Choice, Flag, TextValue, Whole
from cms.api.v1.views.base import ApiView
from search.asking.query import FILTERS as FACETS
from search.asking.query import MAX_DEPTH, MAX_QUERY_LENGTH, SORTS, SearchQuery, SearchQueryError
from search.services import search, suggest

QUERY = Parameter(
    "q", TextValue(MAX_QUERY_LENGTH, least=0), "What to look for: words, an act's name, a section.", default=""
)


class SearchView(ApiView):
    """Full text over title, summary, body and sections, with facets; answered by the database when no engine can."""

    operation = Operation("search", "Search", "Search", answer="search")
    parameters = (
        QUERY,
        LOCALE_ASKED,
        Parameter("fallback", Flag(), "Give every id once, in the best language of the chain.", default=True),
        ALLOW_OUTDATED,
        *(parameter for parameter in FILTERS if parameter.name in FACETS),
        AS_OF,
        *LAW_DATES,
        Parameter("sort", Choice(lambda: SORTS), "The order.", default="relevance"),
        Parameter("page", Whole(1, MAX_DEPTH), "Which page, from 1.", default=1),
        LIMIT,
    )

    def get(self, request: Request) -> HttpResponse:
        asked = self.asked
        own = ("q", "locale", "fallback", "allow_outdated", "as_of", "in_force_on", "upcoming", "sort", "page", "limit")
        filters = {name: asked[name] for name in FACETS if asked[name]}
        try:
            query = SearchQuery(filters=filters, access=self.access, **{name: asked[name] for name in own})
        except SearchQueryError as error:
            raise build_bad_parameters([{"parameter": error.parameter, "detail": str(error)}]) from error
        answer: Any = search(query)
        _score_by_place(answer["results"], query)
        # The engine may be back a moment later.
        caching = "no-store" if answer["degraded"] else None
        headers = {"Content-Language": asked["locale"]}
        return build_json_reply(request, answer, headers=headers, cache_control=caching)


class SuggestView(ApiView):
    """Titles that go on as somebody has begun to type."""

    operation = Operation("search_suggest", "Search", "Complete what is being typed", answer="suggestions")
    parameters = (QUERY, LOCALE_ASKED)

    def get(self, request: Request) -> HttpResponse:
        answer: Any = suggest(self.asked["q"], self.asked["locale"], self.access)
        return build_json_reply(request, answer, headers={"Content-Language": self.asked["locale"]})


def _score_by_place(results: list[dict[str, Any]], query: SearchQuery) -> None:
    """Score results by their place alone.

    An engine's own score counts all texts with a word, hidden ones included: whoever asks twice could tell that one was added.
    """
    for place, result in enumerate(results, start=query.offset + 1):
        result["score"] = round(1 / place, 4) if query.order == "relevance" else None
