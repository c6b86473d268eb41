"""Searching in the database: when there is no engine, and when it is out of reach. Same filters, plainer ranking."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, When

from cms.core.calendar import today
from cms.core.collation import by_code_point
from cms.core.languages import fallback_chain
from cms.publication.access.access_scope import AccessScope
from cms.publication.log.envelope import build_url
from cms.publication.models import Window, WindowTerm
from legal.enums import ACT
from search.asking.answer_shapes import ENGINE_DATABASE, Completion, ProvisionHit, SearchAnswer
from search.asking.facet_labels import FACETS, label_counts
from search.asking.hits import PROVISIONS_SHOWN, Hit, build_results, filter_windows, select_windows
from search.asking.query import SearchQuery
from search.asking.query_reading import QueryReading, read_query
from search.database.candidates import Candidate, SearchReach, find_candidates
from search.database.highlights import build_fragments, mark, split_words
from search.models import SearchText

ORDERS: dict[str, tuple[Any, ...]] = {
    "-released_at": ("-released_at", "-release_id"),
    "title": (by_code_point("title_key"), "content_id"),
    "applies_from": ("starts", "content_id"),
}
TERM_FACETS = ("topic", "audience", "focus_area", "municipality")


@dataclass
class Match:
    """The match in one content: its best text first, and its sections."""

    score: float = 0.0
    best: Candidate | None = None
    sections: list[Candidate] = field(default_factory=list)


def search_database(query: SearchQuery, *, degraded: bool = False) -> SearchAnswer:
    """Answer a query from the database."""
    reading = read_query(query)
    matches = _find_matches(query, reading) if query.text else None
    windows = select_windows(query)
    if matches is not None:
        matching = _list_matching(windows.filter(content_id__in=list(matches)), matches)
        # The rules have been applied to these; repeating them for every facet would cost most of the time there is.
        windows = Window.objects.filter(pk__in=matching)
    kept = filter_windows(windows, query)
    pages = _order(kept, query, matches)
    shown = pages[query.offset : query.offset + query.limit]
    return SearchAnswer(
        query=query.text,
        total=len(pages),
        results=build_results(query, _build_hits(shown, matches, " ".join([query.text, *reading.wordings]))),
        facets=label_counts(_count_facets(windows, query), query.locale),
        suggestion=None,
        engine=ENGINE_DATABASE,
        degraded=degraded,
    )


def complete_from_database(text: str, locale: str, access: AccessScope, limit: int) -> list[Completion]:
    """Complete what somebody types with titles."""
    query = SearchQuery(locale=locale, fallback=True, access=access)
    candidates = find_candidates(text, SearchReach(fallback_chain(locale), today(), access), in_titles=True)
    positions = {candidate.position: candidate.score for candidate in candidates}
    rows = list(select_windows(query).filter(pk__in=list(positions)).values_list("pk", "content_id", "title", "type"))
    rows.sort(key=lambda row: (-positions[row[0]], row[2]))
    return [Completion(text=title, kind=kind, id=str(content_id)) for _pk, content_id, title, kind in rows[:limit]]


def _find_matches(query: SearchQuery, reading: QueryReading) -> dict[UUID, list[Candidate]]:
    matches: dict[UUID, list[Candidate]] = defaultdict(list)
    reach = SearchReach(query.chain, query.day, query.access)
    for candidate in find_candidates(query.text, reach, reading=reading):
        matches[candidate.content_id].append(candidate)
    return matches


def _list_matching(windows: Any, matches: dict[UUID, list[Candidate]]) -> list[int]:
    """List the windows that matched themselves, or through a section; other texts of the content are dropped on the way."""
    found = []
    for pk, content_id, locale in windows.values_list("pk", "content_id", "locale"):
        own = [
            candidate
            for candidate in matches[content_id]
            if (candidate.position == pk if candidate.kind == "document" else candidate.locale == locale)
        ]
        matches[content_id] = own
        if own:
            found.append(pk)
    return found


def _order(kept: Any, query: SearchQuery, matches: dict[UUID, list[Candidate]] | None) -> list[UUID]:
    if query.order != "relevance" or matches is None:
        order: Sequence[Any] = ORDERS[query.order if query.order != "relevance" else "-released_at"]
        if query.is_law_last:
            order = (Case(When(type=ACT, then=1), default=0), *order)
        return list(kept.order_by(*order).values_list("content_id", flat=True))
    found = list(kept.newest_first().values_list("content_id", "type"))
    ranks = {
        content_id: (
            query.is_law_last and kind == ACT and not any(entry.is_named for entry in matches[content_id]),
            -max(entry.score for entry in matches[content_id]),
        )
        for content_id, kind in found
    }
    return sorted(ranks, key=lambda content_id: ranks[content_id])


def _count_facets(windows: Any, query: SearchQuery) -> dict[str, dict[str, int]]:
    """Count each facet under every filter but its own; each content has one window here, so windows are contents."""
    counts: dict[str, dict[str, int]] = {}
    for facet in FACETS:
        under = filter_windows(windows, query, but=facet)
        if facet not in TERM_FACETS:
            rows = under.order_by().values(facet).annotate(count=Count("pk")).values_list(facet, "count")
            counts[facet] = {value: count for value, count in rows if value}
            continue
        terms = WindowTerm.objects.filter(window__in=under.order_by().values("pk"), facet=facet)
        rows = terms.values("value").annotate(count=Count("window", distinct=True)).values_list("value", "count")
        counts[facet] = dict(rows)
        if facet == "municipality" and counts[facet]:
            named = WindowTerm.objects.filter(facet=facet).values("window")
            for_all = under.exclude(pk__in=named).count()
            counts[facet] = {value: count + for_all for value, count in counts[facet].items()}
    return counts


def _build_hits(shown: Sequence[UUID], matches: dict[UUID, list[Candidate]] | None, text: str) -> list[Hit]:
    if matches is None:
        return [Hit(content_id, "", None) for content_id in shown]
    words = split_words(text)
    picked = {content_id: _pick(matches[content_id]) for content_id in shown}
    wanted = {entry.id for match in picked.values() for entry in [match.best, *match.sections] if entry}
    texts = SearchText.objects.in_bulk(wanted)
    return [_build_hit(content_id, match, texts, words) for content_id, match in picked.items()]


def _pick(candidates: Sequence[Candidate]) -> Match:
    ordered = sorted({entry.id: entry for entry in reversed(candidates)}.values(), key=lambda entry: -entry.score)
    sections = [entry for entry in ordered if entry.kind == "provision"][:PROVISIONS_SHOWN]
    return Match(ordered[0].score, ordered[0], sections)


def _build_hit(content_id: UUID, match: Match, texts: dict[int, SearchText], words: Sequence[str]) -> Hit:
    best = texts.get(match.best.id) if match.best else None
    hit = Hit(content_id, best.key if best and best.kind == "document" else "", match.score)
    if best is not None:
        hit.body_marks = build_fragments(best.body, words)
        hit.title_marks = mark(best.title.split(" · ")[0], words) if best.kind == "document" else []
    hit.provisions = [
        ProvisionHit(
            section=text.section,
            label=text.label,
            url=build_url(text.path),
            highlights=build_fragments(text.body, words),
        )
        for entry in match.sections
        if (text := texts.get(entry.id))
    ]
    return hit
