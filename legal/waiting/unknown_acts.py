"""Index of texts that mention acts not known here, and their release again once such an act is known.

An act that becomes known is looked for in what is stored of the released texts, so an import reads no page that does not name it.
What the follower has not read yet, and what was released while the import ran, is read from the log.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction

from cms.core.calendar import today
from cms.publication.models import FollowerPosition, Release, ReleaseBody, Window
from cms.publication.pages.services import release_texts_again
from cms.publication.registry import registry
from legal.citing.act_names import find_known_keys
from legal.citing.html_texts import HtmlText
from legal.citing.text_citations import build_official_uri, recognise_citations
from legal.enums import ACT
from legal.language.act_titles import KEY_LENGTH
from legal.language.eli_uris import normalise_eli_uri
from legal.models import Expression, UnknownAct

FOLLOWER = "legal-reviews"
SCHEME = "https://"
ROWS_IN_QUERY = 500

Names = frozenset[str]


def list_mentioned_names(document: Mapping[str, Any]) -> Iterator[Names]:
    """List the acts a released document mentions, each as everything it may be looked up as: names, or an ELI URI."""
    for citation in document.get("citations") or []:
        if citation.get("act") is None and citation.get("url"):
            yield frozenset((_build_uri_key(citation["url"]),))
    for source in document.get("sources") or []:
        if source.get("act") is None:
            yield frozenset((_build_uri_key(source["eli_uri"]),))
    for _start, passage in HtmlText(document.get("html") or "").list_passages():
        recognised = recognise_citations(passage)
        yield from (frozenset(keys) for keys in recognised.keys.values())
        for entry in recognised.found:
            if entry.act is not None and (uri := build_official_uri(entry.act)):
                yield frozenset((uri,))


def _build_uri_key(uri: str) -> str:
    """Build what a URI is kept under; a longer one is no act's, whose own have 200 characters at most."""
    return normalise_eli_uri(uri)[:KEY_LENGTH]


@transaction.atomic
def store_unknown_acts(content_ids: Collection[UUID]) -> None:
    """Bring what some contents wait for in line with the log. Five queries for 200 texts."""
    names = _load_names(content_ids)
    every = {name for mentioned in names.values() for names_of_one in mentioned for name in names_of_one}
    uris = {name for name in every if name.startswith(SCHEME)}
    known = find_known_keys(every - uris)
    known |= set(Expression.objects.filter(eli_uri__in=uris, work__isnull=False).values_list("eli_uri", flat=True))
    wanted = {
        (*text, name)
        for text, mentioned in names.items()
        for names_of_one in mentioned
        if not names_of_one & known
        for name in names_of_one
    }
    stored = {
        (row.content_id, row.locale, row.key): row.pk for row in UnknownAct.objects.filter(content_id__in=content_ids)
    }
    UnknownAct.objects.filter(pk__in=[key for values, key in stored.items() if values not in wanted]).delete()
    UnknownAct.objects.bulk_create(
        [
            UnknownAct(content_id=content_id, locale=locale, key=key)
            for content_id, locale, key in sorted(wanted - set(stored), key=str)
        ],
        batch_size=ROWS_IN_QUERY,
    )


def release_waiting_texts(known: Collection[str], since: int, citing: Collection[UUID] = ()) -> int:
    """Release again the texts that wait for an act that has become known, and those in which an act has another address.

    Returns the rows appended. ``known`` are the names and ELI URIs that became known, ``since`` is the position of the log when
    that began. Names that are known by now count in any case: an import before may have been interrupted. ``citing`` are the
    contents that cite an act which went.
    """
    waiting = set(UnknownAct.objects.values_list("key", flat=True).distinct())
    arrived = find_known_keys({name for name in waiting if not name.startswith(SCHEME)}) | waiting.intersection(known)
    found = set(UnknownAct.objects.filter(key__in=arrived).values_list("content_id", flat=True))
    return _release_again(found | set(citing) | (_list_fresh(known, since) if known else set()))


def _list_fresh(known: Collection[str], since: int) -> set[UUID]:
    """List the contents that are not followed yet, or released since, and mention an act that became known."""
    followed = FollowerPosition.objects.filter(name=FOLLOWER).values_list("position", flat=True).first() or 0
    fresh = Release.objects.filter(position__gt=min(since, followed)).exclude(type=ACT)
    names = _load_names(set(fresh.values_list("content_id", flat=True)))
    return {text[0] for text, mentioned in names.items() if any(not name.isdisjoint(known) for name in mentioned)}


def _release_again(content_ids: Collection[UUID]) -> int:
    released = 0
    for content_type in registry.list_page_types():
        pages = content_type.model._default_manager.filter(live=True, alias_of__isnull=True)  # type: ignore[union-attr]
        for page in pages.filter(translation_key__in=content_ids).order_by("pk"):
            with transaction.atomic():
                released += release_texts_again(page)
    return released


def _load_names(content_ids: Collection[UUID]) -> dict[tuple[UUID, str], set[Names]]:
    windows = Window.objects.filter(content_id__in=content_ids).exclude(type=ACT).present_and_future(today())
    texts = {key: (content_id, locale) for key, content_id, locale in windows.values_list("pk", "content_id", "locale")}
    names: dict[tuple[UUID, str], set[Names]] = defaultdict(set)
    bodies = ReleaseBody.objects.filter(pk__in=list(texts)).values_list("pk", "body")
    for key, body in bodies.iterator(chunk_size=ROWS_IN_QUERY):
        names[texts[key]].update(list_mentioned_names(orjson.loads(bytes(body))))
    return names
