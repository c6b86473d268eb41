"""Search as the portal asks for it."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from cms.core.calendar import today
from frontend.portal.interface_labels import FACET_LABELS
from frontend.portal.released_documents import is_storable
from search.asking.answer_shapes import SearchAnswer
from search.asking.facet_labels import find_labels
from search.asking.query import SearchQuery, SearchQueryError, clean_query
from search.asking.query_citations import CitedSection, find_cited_section
from search.services import search

RESULT_LIMIT = 20
QUERY_LENGTH = 200
FACETS = ("type", "topic", "audience", "focus_area", "consortium", "municipality")


class BadQueryError(ValueError):
    """The address asks for something that no form of the portal sends."""


@dataclass(frozen=True)
class ReaderQuestion:
    """A reader's search: words, chosen values of facets, and a page counted from 1."""

    text: str = ""
    chosen: dict[str, list[str]] = field(default_factory=dict)
    page: int = 1

    def build_address(self, **changes: Any) -> str:
        """Build the query string of this question, without its page, with some facets or the words changed."""
        pairs = {"q": self.text, **self.chosen, **changes}
        return urlencode([(key, value) for key, value in pairs.items() if value], doseq=True)


def read_question(parameters: QueryDict) -> ReaderQuestion:
    """Read a question from an address; parameters that are not ours are left alone.

    Raises:
        BadQueryError: for a page that is no number or words beyond the field's length.
    """
    text = parameters.get("q", "").replace("\x00", "").strip()
    page = parameters.get("page", "1")
    if len(text) > QUERY_LENGTH or not page.isascii() or not page.isdigit() or not 0 < int(page) <= 500:
        raise BadQueryError
    given = {facet: [value for value in parameters.getlist(facet) if is_storable(value)] for facet in FACETS}
    chosen = {facet: values for facet, values in given.items() if values}
    return ReaderQuestion(text, chosen, int(page))


@dataclass(frozen=True)
class FacetOption:
    """One value of a facet with the number of results it has and the address that chooses it."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Chip:
    """One chosen limit: the facet, what was chosen of it, and the address without it."""

    name: str
    facet: Any
    value: str
    label: str
    address: str


@dataclass(frozen=True)
class FacetGroup:
    """One facet and its values, those chosen first."""

    name: str
    label: Any
    options: list[FacetOption]
    is_open: bool


def build_facets(answer: SearchAnswer, question: ReaderQuestion, locale: str) -> list[FacetGroup]:
    """Build the facets to choose from; a chosen value without results stays, so that it can be given up."""
    groups = []
    for name in FACETS:
        chosen = question.chosen.get(name, [])
        counted = [
            FacetOption(entry["value"], entry["label"], entry["count"], entry["value"] in chosen)
            for entry in answer["facets"].get(name, [])
        ]
        known = {option.value for option in counted}
        missing = [value for value in chosen if value not in known]
        labels = find_labels(name, locale) if missing else {}
        options = counted + [FacetOption(value, labels.get(value, value), 0, True) for value in missing]
        if options:
            groups.append(FacetGroup(name, FACET_LABELS[name], options, bool(chosen) or name in ("type", "topic")))
    return groups


def build_chips(facets: list[FacetGroup], question: ReaderQuestion) -> list[Chip]:
    """Build a chip for every chosen value of a facet, in the order of the facets."""
    return [
        Chip(group.name, group.label, option.value, option.label, question.build_address(**{group.name: others}))
        for group in facets
        for option in group.options
        if option.is_chosen
        for others in [[value for value in question.chosen.get(group.name, []) if value != option.value]]
    ]


def find_direct_hit(question: ReaderQuestion) -> CitedSection | None:
    """Find the section that the words ask for and nothing else; it stands above the results of the first page."""
    if question.page != 1 or question.chosen:
        return None
    return find_cited_section(clean_query(question.text), today())


def answer_question(question: ReaderQuestion, locale: str) -> SearchAnswer:
    """Ask the search package; an item that is not there in ``locale`` is found in the next language of its chain.

    Raises:
        BadQueryError: if search refuses the question.
    """
    try:
        query = SearchQuery(
            q=question.text,
            locale=locale,
            fallback=True,
            filters={facet: [values] for facet, values in question.chosen.items()},
            page=question.page,
            limit=RESULT_LIMIT,
        )
    except SearchQueryError as error:
        raise BadQueryError from error
    return search(query)
