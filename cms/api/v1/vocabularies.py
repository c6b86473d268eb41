"""The controlled vocabularies as the API lists them: complete, in the alphabetical order of the language asked for."""

from collections.abc import Callable
from typing import Any

from django.db.models import Prefetch, Q

from cms.core.calendar import today
from cms.core.collation import build_sort_key
from cms.core.models import (
    Audience,
    Consortium,
    FocusArea,
    Membership,
    Municipality,
    PolicyArea,
    Topic,
    VocabularyEntry,
    build_labels,
)
from cms.translation.glossary.services import list_named_concepts

Entry = dict[str, Any]


def list_municipalities(locale: str) -> list[Entry]:
    """List ``{"code", "label"}``."""
    return _sort(
        [{"code": code, "label": name} for code, name in Municipality.objects.values_list("code", "name")], locale
    )


def list_consortia(locale: str) -> list[Entry]:
    """List ``{"slug", "label", "municipalities", "focus_areas", "valid_from", "valid_to"}``; municipalities are today's members."""
    day = today()
    current = Membership.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)
    members = Prefetch("memberships", queryset=current.select_related("municipality"))
    consortia = Consortium.objects.prefetch_related(members)
    return _sort([_build_consortium(consortium, locale) for consortium in consortia], locale)


def list_audiences(locale: str) -> list[Entry]:
    """List ``{"slug", "label", "kind"}``."""
    kinds = dict(Audience.objects.values_list("slug", "kind"))
    labels = _build_all_labels(Audience, locale)
    return _sort([{"slug": slug, "label": label, "kind": kinds[slug]} for slug, label in labels.items()], locale)


def list_glossary(locale: str) -> list[Entry]:
    """List ``{"slug", "label", "locale", "synonyms", "definition"}``, each in the first language of the chain that names it.

    ``synonyms`` are the other terms that may be written, and what people say; ``definition`` is "" where there is none.
    """
    return _sort([{"slug": slug, **vars(named)} for slug, named in list_named_concepts(locale)], locale)


def _list_entries(model: type[VocabularyEntry]) -> Callable[[str], list[Entry]]:
    def list_entries(locale: str) -> list[Entry]:
        labels = _build_all_labels(model, locale)
        return _sort([{"slug": slug, "label": label} for slug, label in labels.items()], locale)

    return list_entries


VOCABULARIES: dict[str, Callable[[str], list[Entry]]] = {
    "consortia": list_consortia,
    "municipalities": list_municipalities,
    "topics": _list_entries(Topic),
    "audiences": list_audiences,
    "focus-areas": _list_entries(FocusArea),
    "policy-areas": _list_entries(PolicyArea),
    "glossary": list_glossary,
}


def _build_consortium(consortium: Consortium, locale: str) -> Entry:
    places = sorted(
        (entry.municipality for entry in consortium.memberships.all()), key=lambda place: build_sort_key(place.name)
    )
    return {
        "slug": consortium.slug,
        "label": consortium.get_name(locale),
        "municipalities": [place.code for place in places],
        "focus_areas": list(consortium.focus_areas),
        "valid_from": consortium.valid_from,
        "valid_to": consortium.valid_to,
    }


def _build_all_labels(model: type[VocabularyEntry], locale: str) -> dict[str, str]:
    """Label every slug: in the chain's best language, else in whatever language it has."""
    anyhow = dict(model._default_manager.order_by("pk").values_list("slug", "label"))
    return anyhow | build_labels(model, locale)


def _sort(entries: list[Entry], locale: str) -> list[Entry]:
    return sorted(
        entries, key=lambda entry: (build_sort_key(entry["label"], locale), entry.get("slug") or entry["code"])
    )
