"""Suggestions for the act picker, by the first letters or a number: "udl", "LBK 1183", "1183/2025", an ELI URI."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from cms.core.unicode_text import clean_text
from legal.language.act_titles import build_name_key
from legal.language.numbered_texts import NumberQuery, parse_number_query
from legal.models import Expression, Work
from legal.works.statuses import build_citation_line

LIMIT = 12


@dataclass(frozen=True)
class Suggestion:
    """A text of an act; ``line`` is its number line, ``is_newest`` says whether a later text of the act is known."""

    eli_uri: str
    title: str
    line: str
    is_newest: bool


def suggest_acts(query: str) -> list[Suggestion]:
    """Suggest at most a dozen texts: the newest of the acts found by name, else those that bear the number."""
    text = clean_text(query).casefold()
    if not text:
        return []
    if "/eli/" in text:
        found = Expression.objects.find_by_eli_uri(clean_text(query))
        return [build_suggestion(found, found.work)] if found and found.work else []
    if numbered := parse_number_query(text):
        return [
            build_suggestion(expression, expression.work) for expression in _list_numbered(numbered) if expression.work
        ]
    return [build_suggestion(work.current, work) for work in _list_named(text) if work.current is not None]


def build_suggestion(expression: Expression, work: Work) -> Suggestion:
    """Build the suggestion of one text of an act."""
    return Suggestion(
        eli_uri=expression.eli_uri,
        title=work.short_title,
        line=build_citation_line(expression),
        is_newest=work.current_id == expression.pk,
    )


def _list_numbered(query: NumberQuery) -> Sequence[Expression]:
    condition = Q(number=query.number, work__isnull=False)
    if query.document_type:
        condition &= Q(document_type=query.document_type)
    if query.year is not None:
        condition &= Q(year=query.year)
    return list(Expression.objects.filter(condition).select_related("work").newest_first()[:LIMIT])


def _list_named(text: str) -> list[Work]:
    """List acts that are called just so (an abbreviation, a popular name), then those found by the words."""
    called = Work.objects.released().filter(names__key=build_name_key(text)).select_related("current").distinct()
    works = [*called.order_by("pk")[:LIMIT], *Work.objects.search(text)[:LIMIT]]
    return list({work.pk: work for work in works}.values())[:LIMIT]
