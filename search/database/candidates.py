"""Matching words in the database's full-text index: FTS5 in SQLite, ``tsvector`` in PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from cms.publication.access.access_scope import AccessScope
from cms.publication.access.querysets import WindowQuerySet
from cms.publication.models import Window
from search.asking.query_citations import CitedAct, find_section_reference
from search.asking.query_reading import PLAIN_READING, QueryReading
from search.database.full_text import CONFIGURATIONS
from search.database.highlights import split_words
from search.models import SearchText

# So many texts are weighed; total and facets count the contents among them.
MAX_CANDIDATES = 3_000
MAX_SECTIONS = 500
MIN_PREFIX_LENGTH = 3
TITLE_WEIGHT, BODY_WEIGHT = 8.0, 1.0
CITED_SCORE = 4000.0
NAMED_SECTION_SCORE, MATCHED_SECTION_SCORE = 1000.0, 200.0
# From this many words on, a text that has only some of them is better than none.
MANY_WORDS = 3
# What means the same stands behind the words that were typed.
OTHER_WORDING_WEIGHT = 0.6

# What a caller may not see, or what does not apply on the day, must not use up the places there are: both are asked before the
# cut. The braces left over take place holders; values are always parameters.
SQLITE_QUERY = f"""
    SELECT text.id, text.kind, text.content_id, text.locale, text.position, text.starts, text.ends, -found.score
    FROM (
        SELECT rowid, bm25(search_text_index, {TITLE_WEIGHT}, {BODY_WEIGHT}) AS score
        FROM search_text_index WHERE search_text_index MATCH %s
    ) AS found JOIN search_searchtext AS text ON text.id = found.rowid
    WHERE text.locale IN ({{locales}}) AND {{reach}} ORDER BY found.score, text.id LIMIT %s
"""  # noqa: S608
POSTGRESQL_QUERY = """
    SELECT id, kind, content_id, locale, position, starts, ends, ts_rank(vector, query, 1) AS score
    FROM search_searchtext AS text JOIN ({queries}) AS asked(code, query) ON locale = code AND vector @@ query
    WHERE {reach} ORDER BY score DESC, id LIMIT %s
"""
REACH = "text.starts <= %s AND (text.ends IS NULL OR text.ends > %s) AND EXISTS ({seen})"


@dataclass(frozen=True)
class SearchReach:
    """The texts a query may find: of some languages, applying on a day, within a caller's access scope."""

    locales: Sequence[str]
    day: date
    access: AccessScope

    def select(self) -> models.QuerySet[SearchText]:
        """Select the texts within reach."""
        seen = self._select_seen(OuterRef("content_id"), OuterRef("locale"))
        applying = Q(ends__isnull=True) | Q(ends__gt=self.day)
        return SearchText.objects.filter(applying, Exists(seen), locale__in=self.locales, starts__lte=self.day)

    def build_sql(self, *, in_titles: bool) -> tuple[str, list[Any]]:
        """Build the same condition, without the languages, on a table called ``text``; in titles only those of documents."""
        content_id = RawSQL("text.content_id", (), models.UUIDField())
        seen = self._select_seen(content_id, RawSQL("text.locale", (), models.CharField()))
        sql, parameters = seen.order_by().values("pk").query.sql_with_params()
        kind = " AND text.kind = 'document'" if in_titles else ""
        return REACH.format(seen=sql) + kind, [self.day, self.day, *parameters]

    def _select_seen(self, content_id: Any, locale: Any) -> WindowQuerySet:
        """Select the windows of an item within the access scope, whichever: who may see it is the same for all of them."""
        windows: WindowQuerySet = Window.objects.visible_to(self.access).filter(content_id=content_id, locale=locale)
        return windows


@dataclass(frozen=True)
class Candidate:
    """One text that matched. ``position`` is that of the version it was read from; ``is_named``: the query cites or names it."""

    id: int
    kind: str
    content_id: UUID
    locale: str
    position: int
    starts: date
    ends: date | None
    score: float
    is_named: bool = False


def find_candidates(
    text: str,
    reach: SearchReach,
    *,
    in_titles: bool = False,
    reading: QueryReading = PLAIN_READING,
) -> list[Candidate]:
    """Find the texts within reach with all words of a query, or of what means the same, best first.

    Of many words some will do if nothing has all. The act or section that the query cites stands before them.
    """
    words = split_words(text)
    found = _match(words, reach, every=True, in_titles=in_titles)
    for wording in reading.wordings:
        others = _match(split_words(wording), reach, every=True, in_titles=in_titles)
        found += [replace(entry, score=entry.score * OTHER_WORDING_WEIGHT) for entry in others]
    if not found and len(words) >= MANY_WORDS and not in_titles:
        found = _match(words, reach, every=False, in_titles=False)
    return [*(_find_cited(reading.cited, reach) if reading.cited else ()), *_find_sections(text, reach), *found]


def _match(words: Sequence[str], reach: SearchReach, *, every: bool, in_titles: bool) -> list[Candidate]:
    if not words:
        return []
    if connection.vendor == "sqlite":
        rows = _run_sqlite(words, reach, every=every, in_titles=in_titles)
    else:
        rows = _run_postgresql(words, reach, every=every, in_titles=in_titles)
    return [Candidate(*row) for row in rows]


def _run_sqlite(words: Sequence[str], reach: SearchReach, *, every: bool, in_titles: bool) -> list[Any]:
    # Words hold letters and digits alone, and stand in quotes: nothing in them is read as an operator.
    terms = [f'"{word}"*' if len(word) >= MIN_PREFIX_LENGTH else f'"{word}"' for word in words]
    expression = (" AND " if every else " OR ").join(terms)
    if in_titles:
        expression = f"title : ({expression})"
    condition, parameters = reach.build_sql(in_titles=in_titles)
    sql = SQLITE_QUERY.format(locales=", ".join(["%s"] * len(reach.locales)), reach=condition)
    with connection.cursor() as cursor:
        cursor.execute(sql, [expression, *reach.locales, *parameters, MAX_CANDIDATES])
        rows = cursor.fetchall()
    return [
        (pk, kind, UUID(content_id), locale, position, _read_date(starts), _read_date(ends), score)
        for pk, kind, content_id, locale, position, starts, ends, score in rows
    ]


def _run_postgresql(words: Sequence[str], reach: SearchReach, *, every: bool, in_titles: bool) -> list[Any]:
    stems, plain = _build_tsquery(words, every=every), _build_tsquery(words, every=every, weight="B")
    queries, parameters = [], []
    for locale in reach.locales:
        if in_titles:
            queries.append("SELECT %s, to_tsquery('simple', %s)")
            parameters += [locale, plain]
        else:
            # Of a question made of stop words alone ("hvem er jeg") nothing is left; it is looked for in titles as it stands.
            queries.append(
                "SELECT %s, coalesce(nullif(to_tsquery(%s::regconfig, %s), ''::tsquery), to_tsquery('simple', %s))"
            )
            parameters += [locale, CONFIGURATIONS.get(locale, "simple"), stems, plain]
    condition, asked = reach.build_sql(in_titles=in_titles)
    with connection.cursor() as cursor:
        cursor.execute(
            POSTGRESQL_QUERY.format(queries=" UNION ALL ".join(queries), reach=condition),
            [*parameters, *asked, MAX_CANDIDATES],
        )
        return list(cursor.fetchall())


def _build_tsquery(words: Sequence[str], *, every: bool, weight: str = "") -> str:
    """Build "'bolig':* & 'er'": words are matched by their beginnings, short ones whole; ``weight`` names a part of the row."""
    suffixes = [f":*{weight}" if len(word) >= MIN_PREFIX_LENGTH else f":{weight}" if weight else "" for word in words]
    return (" & " if every else " | ").join(f"'{word}'{suffix}" for word, suffix in zip(words, suffixes, strict=True))


def _find_cited(cited: CitedAct, reach: SearchReach) -> list[Candidate]:
    """Find the texts of the section that is cited, or those of the act."""
    rows = reach.select().filter(content_id=cited.content_id).order_by("id")
    rows = rows.filter(section__in=cited.sections) if cited.sections else rows.filter(kind="document")
    return [
        Candidate(row.pk, row.kind, row.content_id, row.locale, row.position, row.starts, row.ends, CITED_SCORE, True)
        for row in rows[:MAX_SECTIONS]
    ]


def _find_sections(text: str, reach: SearchReach) -> list[Candidate]:
    """Find the section a query names ("udlændingeloven § 9 a"); an act's exact name counts most."""
    reference = find_section_reference(text)
    if reference is None or not reference.act:
        return []
    words = split_words(reference.act)
    name = reference.act.split()[0].casefold()
    # SQLite knows no capitals beyond ASCII: an act "Ægteskabsloven" does not contain "ægteskabsloven" in any case.
    named = Q(title__icontains=name) | Q(title__icontains=name.capitalize())
    rows = reach.select().filter(named, section__in=reference.sections)
    rows = rows.order_by("id")[:MAX_SECTIONS]
    candidates = []
    for row in rows:
        names = [name.casefold() for name in row.title.split(" · ")]
        if reference.act.casefold() in names:
            score = NAMED_SECTION_SCORE
        elif set(words) <= set(split_words(row.title)):
            score = MATCHED_SECTION_SCORE
        else:
            continue
        entry = (row.pk, row.kind, row.content_id, row.locale, row.position, row.starts, row.ends, score)
        candidates.append(Candidate(*entry, is_named=True))
    return candidates


def _read_date(value: str | date | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
