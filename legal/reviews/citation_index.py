"""Index of the provisions that released texts cite, built from their documents, present and planned."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from cms.core.calendar import today
from cms.publication.access.querysets import WindowQuerySet
from cms.publication.models import ReleaseBody, Window
from legal.enums import ACT
from legal.grouping.moved_acts import find_works_by_act_id
from legal.language.section_numbers import is_within, normalise_section
from legal.models import CitedProvision, Work

BODIES_IN_QUERY = 200
STORED = ("content_id", "locale", "type", "work_id", "section", "section_to", "is_source")


class ActPlace(NamedTuple):
    """A place in an act, given by the act's API id; ``section`` "" is the whole act, ``section_to`` closes a range."""

    act_id: UUID
    section: str
    section_to: str
    is_source: bool = False


class TypedText(NamedTuple):
    """One content in one language, with its type."""

    content_id: UUID
    locale: str
    type: str


def list_menu_entries(document: Mapping[str, Any]) -> Iterator[ActPlace]:
    """List the places a released document cites: its citations, and a law note's sources."""
    for citation in document.get("citations") or []:
        if act := citation.get("act"):
            yield ActPlace(UUID(act["id"]), citation.get("section") or "", citation.get("section_to") or "")
    for source in document.get("sources") or []:
        if act := source.get("act"):
            for section in source.get("sections") or [""]:
                yield ActPlace(UUID(act["id"]), section, "", is_source=True)


def list_citing(work: Work, section: str = "") -> list[int]:
    """List the stored places of one act, by primary key: all of them, or those that name a section or a range around it."""
    cited = CitedProvision.objects.filter(work=work).values_list("pk", "section", "section_to")
    wanted = normalise_section(section)
    return [key for key, first, last in cited if not wanted or (first and is_within(wanted, first, last))]


def filter_citing(windows: WindowQuerySet, work: Work, section: str = "") -> WindowQuerySet:
    """Keep the windows of texts that cite an act, or one of its sections; call it before a language is chosen.

    A translation rests on the law that its source cites, however the translation names it.
    """
    places = CitedProvision.objects.filter(pk__in=list_citing(work, section))
    is_own = Q(locale=OuterRef("locale")) | Q(locale=OuterRef("release__source_locale"))
    kept: WindowQuerySet = windows.filter(Exists(places.filter(is_own, content_id=OuterRef("content_id"))))
    return kept


@transaction.atomic
def store_citations(content_ids: Collection[UUID]) -> None:
    """Bring what is stored of some contents in line with the log; acts cite nothing. Five queries for 200 texts."""
    places = _load_places(content_ids)
    works = find_works_by_act_id({place.act_id for found in places.values() for place in found})
    # What is a source and cited as well stands there once, as a source.
    cited = {
        (*text, works[place.act_id].pk, place.section, place.section_to): place.is_source
        for text, found in places.items()
        for place in sorted(found, key=lambda place: place.is_source)
        if place.act_id in works
    }
    wanted = {(*values, is_source) for values, is_source in cited.items()}
    stored = {
        (row.content_id, row.locale, row.type, row.work_id, row.section, row.section_to, row.is_source): row.pk
        for row in CitedProvision.objects.filter(content_id__in=content_ids)
    }
    gone = [key for values, key in stored.items() if values not in wanted]
    CitedProvision.objects.filter(pk__in=gone).delete()
    CitedProvision.objects.bulk_create(
        [CitedProvision(**dict(zip(STORED, values, strict=True))) for values in sorted(wanted - set(stored), key=str)],
        batch_size=500,
    )


def _load_places(content_ids: Collection[UUID]) -> dict[TypedText, set[ActPlace]]:
    windows = Window.objects.filter(content_id__in=content_ids).exclude(type=ACT).present_and_future(today())
    texts = {
        key: TypedText(content_id, locale, kind)
        for key, content_id, locale, kind in windows.values_list("pk", "content_id", "locale", "type")
    }
    places: dict[TypedText, set[ActPlace]] = defaultdict(set)
    bodies = ReleaseBody.objects.filter(pk__in=list(texts)).values_list("pk", "body")
    for key, body in bodies.iterator(chunk_size=BODIES_IN_QUERY):
        places[texts[key]].update(list_menu_entries(orjson.loads(bytes(body))))
    return places
