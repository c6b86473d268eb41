"""Slugs and codes of the vocabularies, for the parameters that name them."""

from collections.abc import Callable, Sequence
from typing import Any

from cms.api.v1.values import Term
from cms.core.models import Audience, Consortium, FocusArea, Municipality, Topic


def _find_in(model: Any, field: str) -> Callable[[Sequence[str]], set[str]]:
    def find_known(values: Sequence[str]) -> set[str]:
        return set(model._default_manager.filter(**{f"{field}__in": values}).values_list(field, flat=True).distinct())

    return find_known


TOPIC = Term("topics", _find_in(Topic, "slug"))
AUDIENCE = Term("audiences", _find_in(Audience, "slug"))
FOCUS_AREA = Term("focus-areas", _find_in(FocusArea, "slug"))
CONSORTIUM = Term("consortia", _find_in(Consortium, "slug"))
MUNICIPALITY = Term("municipalities", _find_in(Municipality, "code"))
