"""Release works to the publication log, and again the pages that cite what became known."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from cms.publication.log import publication_log
from cms.publication.models import Window
from cms.publication.registry import registry
from cms.publication.services import release_texts_again
from legal.citation_uris import normalise_eli_uri
from legal.documents import build_release_draft, find_successors
from legal.enums import ActKind
from legal.models import Expression, Provision, Work

CITED_URI = re.compile(r"https?://[^\s/\"'<>]+/eli/[^\s\"'<>#?]+")


def release_works(works: Sequence[Work]) -> int:
    """Release the works whose document changed and return how many rows the log got. Four queries for any number.

    What is known of an act is the answer for every day since its first text known here. An older text that comes in later
    moves that day back; the document is then released for the days before and, as it now reads, from where it used to begin.
    """
    expressions: dict[int, list[Expression]] = defaultdict(list)
    for expression in Expression.objects.filter(work__in=works).newest_first():
        expressions[expression.work_id or 0].append(expression)
    sections: dict[int, list[Provision]] = defaultdict(list)
    newest = [found[0].pk for found in expressions.values()]
    served = Provision.objects.served().filter(expression__in=newest).defer("text").order_by("expression_id", "ordinal")
    for provision in served.iterator(chunk_size=2000):
        sections[provision.expression_id].append(provision)
    successors = find_successors(works)
    begun: dict[UUID, set[date]] = defaultdict(set)
    windows = Window.objects.filter(type="act", content_id__in=[work.content_id for work in works])
    for content_id, starts in windows.values_list("content_id", "starts"):
        begun[content_id].add(starts)
    drafts = []
    for work in works:
        if texts := expressions[work.pk]:
            draft = build_release_draft(
                work, texts, sections[texts[0].pk], successors.get(work.pk), applies_from=texts[-1].signed_date
            )
            days = sorted({texts[-1].signed_date, *begun[work.content_id]})
            drafts += [replace(draft, applies_from=day) for day in days]
    return publication_log.release_contents(drafts)


def list_namesakes(works: Sequence[Work]) -> list[Work]:
    """List the other works whose newest expression has the same name; a new text may have made them historic."""
    names = {work.current.name_key for work in works if work.current and work.current.kind != ActKind.AMENDING}
    others = Work.objects.filter(current__name_key__in=names).exclude(current__kind=ActKind.AMENDING)
    return list(others.exclude(pk__in=[work.pk for work in works]).select_related("current"))


def release_citing_texts(eli_uris: Collection[str]) -> int:
    """Release again the live pages that cite one of these texts: what a citation resolves to is part of the document.

    Returns the rows appended. Reads every live page's stream fields once.
    """
    wanted = set(eli_uris)
    released = 0
    for content_type in registry.list_page_types():
        pages = content_type.model._default_manager.filter(live=True, alias_of__isnull=True)  # type: ignore[union-attr]
        citing = [page.pk for page in pages.iterator(chunk_size=200) if wanted & _list_cited_uris(page)]
        for key in citing:
            with transaction.atomic():
                released += release_texts_again(pages.get(pk=key))
    return released


def _list_cited_uris(page: Any) -> set[str]:
    texts = [str(getattr(page, name).get_prep_value()) for name in page.list_stream_fields()]
    return {normalise_eli_uri(uri.rstrip("\\")) for text in texts for uri in CITED_URI.findall(text)}
