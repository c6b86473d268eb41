"""The search query, checked once and independent of the engine that answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cms.core.calendar import today
from cms.core.languages import LANGUAGES, fallback_chain
from cms.core.unicode_text import clean_text
from cms.publication.access.access_scope import PUBLIC_ACCESS, AccessScope

Groups = Sequence[Sequence[str]]

MAX_QUERY_LENGTH = 500
MAX_DEPTH = 10_000
MAX_LIMIT = 100
FILTERS = ("type", "topic", "audience", "focus_area", "consortium", "municipality")
SORTS = ("relevance", "-released_at", "title", "applies_from")


class SearchQueryError(ValueError):
    """A query that cannot be answered; ``parameter`` is the one to blame, the text says what is wrong with it."""

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(message)
        self.parameter = parameter


@dataclass(frozen=True)
class SearchQuery:
    """One question. ``filters`` maps a facet to groups: an item must carry one value of each group.

    ``as_of`` ``None`` means today. ``page`` counts from 1; ``page * limit`` reaches at most MAX_DEPTH.

    Raises:
        SearchQueryError: if a value is out of range or unknown.
    """

    q: str = ""
    locale: str = "da"
    fallback: bool = False
    filters: Mapping[str, Groups] = field(default_factory=dict)
    as_of: date | None = None
    in_force_on: date | None = None
    upcoming: bool = False
    allow_outdated: bool = False
    sort: str = "relevance"
    page: int = 1
    limit: int = 20
    access: AccessScope = PUBLIC_ACCESS

    def __post_init__(self) -> None:
        if len(self.q) > MAX_QUERY_LENGTH:
            raise SearchQueryError("q", f"at most {MAX_QUERY_LENGTH} characters")
        if self.locale not in LANGUAGES:
            raise SearchQueryError("locale", f"one of {', '.join(LANGUAGES)}")
        if self.sort not in SORTS:
            raise SearchQueryError("sort", f"one of {', '.join(SORTS)}")
        if not 1 <= self.limit <= MAX_LIMIT:
            raise SearchQueryError("limit", f"from 1 to {MAX_LIMIT}")
        if self.page < 1 or self.page * self.limit > MAX_DEPTH:
            raise SearchQueryError("page", f"page times limit reaches from 1 to {MAX_DEPTH}")
        for name in self.filters:
            if name not in FILTERS:
                raise SearchQueryError(name, f"unknown filter; there are {', '.join(FILTERS)}")

    @property
    def text(self) -> str:
        """The text asked for: composed characters, nothing invisible, single blanks."""
        return clean_text(self.q)

    @property
    def day(self) -> date:
        """The day whose texts are asked for."""
        return self.as_of or today()

    @property
    def chain(self) -> list[str]:
        """The languages an answer may be in, best first."""
        return fallback_chain(self.locale) if self.fallback else [self.locale]

    @property
    def groups(self) -> dict[str, list[list[str]]]:
        """The filters that say something, by facet."""
        found = {name: [list(group) for group in self.filters.get(name, ()) if group] for name in FILTERS}
        return {name: groups for name, groups in found.items() if groups}

    @property
    def order(self) -> str:
        """The order to use: without a text nothing is more relevant than anything else, so the newest stands first."""
        return "-released_at" if self.sort == "relevance" and not self.text else self.sort

    @property
    def is_law_last(self) -> bool:
        """Say whether acts stand behind everything else: by relevance, unless types are asked for."""
        return self.sort == "relevance" and "type" not in self.groups

    @property
    def offset(self) -> int:
        """Count the results that stand before the page."""
        return (self.page - 1) * self.limit
