"""Labels of the facets' values in a language, for the counts of either engine."""

from collections.abc import Mapping
from functools import lru_cache
from time import monotonic
from typing import TypedDict

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.utils import translation

from cms.core.languages import LANGUAGES
from cms.core.models import Audience, Consortium, FocusArea, Municipality, Topic
from cms.core.models.vocabularies import build_labels
from cms.publication.registry import registry

FACETS = ("type", "topic", "audience", "focus_area", "consortium", "municipality", "locale")
# How long another process's edit of a label may take to be seen here.
LABEL_SECONDS = 30
VOCABULARIES = {"topic": Topic, "audience": Audience, "focus_area": FocusArea}


class FacetValue(TypedDict):
    """One choice of a facet; ``count`` is the number of contents it would leave."""

    value: str
    label: str
    count: int


def label_counts(counts: Mapping[str, Mapping[str, int]], locale: str) -> dict[str, list[FacetValue]]:
    """Put labels in a language to counts: the most frequent first, then by label."""
    labelled: dict[str, list[FacetValue]] = {}
    for facet in FACETS:
        found = counts.get(facet, {})
        labels = find_labels(facet, locale) if found else {}
        values = [
            FacetValue(value=value, label=labels.get(value, value), count=count) for value, count in found.items()
        ]
        labelled[facet] = sorted(values, key=lambda entry: (-entry["count"], entry["label"], entry["value"]))
    return labelled


def find_labels(facet: str, locale: str) -> dict[str, str]:
    """Find what the values of a facet are called in a language."""
    return _load_labels(facet, locale, int(monotonic() // LABEL_SECONDS))


@lru_cache(maxsize=256)
def _load_labels(facet: str, locale: str, _period: int) -> dict[str, str]:
    if facet in VOCABULARIES:
        return build_labels(VOCABULARIES[facet], locale)
    if facet == "consortium":
        return {consortium.slug: consortium.get_name(locale) for consortium in Consortium.objects.all()}
    if facet == "municipality":
        return dict(Municipality.objects.values_list("code", "name"))
    if facet == "locale":
        return {language.code: language.endonym for language in LANGUAGES.values()}
    with translation.override(locale):
        return {name: translation.gettext(content_type.label) for name, content_type in registry.types.items()}


def _forget_labels(**_: object) -> None:
    _load_labels.cache_clear()


_LABELLED: tuple[type[Model], ...] = (*VOCABULARIES.values(), Consortium, Municipality)
for _model in _LABELLED:
    post_save.connect(_forget_labels, sender=_model)
    post_delete.connect(_forget_labels, sender=_model)
