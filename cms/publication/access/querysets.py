"""The one place where visibility, time and classification of released content are chosen."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from cms.publication.access.access_scope import AccessScope
from cms.publication.enums import TranslationState

# Names of the types of which outdated translations are not served as if they were current; registering a type adds its name.
HIDDEN_WHEN_OUTDATED: set[str] = set()


class WindowQuerySet(models.QuerySet[Any]):
    """Windows a caller may see, on a day, with given terms."""

    def visible_to(self, access: AccessScope) -> "WindowQuerySet":
        """Keep what is within a caller's access scope."""
        return self.filter(access.build_filter())

    def applying(self, day: date) -> "WindowQuerySet":
        """Keep what applies on a day."""
        return self.filter(Q(ends__isnull=True) | Q(ends__gt=day), starts__lte=day)

    def present_and_future(self, day: date) -> "WindowQuerySet":
        """Keep what applies on a day or later: what a mirror needs to go on alone."""
        return self.filter(Q(ends__isnull=True) | Q(ends__gt=day))

    def carrying(self, facet: str, values: Sequence[str]) -> "WindowQuerySet":
        """Keep what carries one of the terms; chain the call for and."""
        return self.filter(self._has_term(facet, value__in=list(values)))

    def meant_for(self, municipalities: Sequence[str]) -> "WindowQuerySet":
        """Keep what is meant for one of the municipalities, or for all (no municipality named)."""
        return self.filter(
            self._has_term("municipality", value__in=list(municipalities)) | ~self._has_term("municipality")
        )

    def in_force_on(self, day: date) -> "WindowQuerySet":
        """Keep what tells of law with a dated commencement on or before a day that has not ended by then."""
        return self.filter(self._has_commencement(date__lte=day)).not_ended(day)

    def upcoming(self, day: date) -> "WindowQuerySet":
        """Keep what tells of law still to commence after a day, or without a date yet, and has not ended by then."""
        return self.filter(self._has_commencement(Q(date__gt=day) | Q(date__isnull=True))).not_ended(day)

    def not_ended(self, day: date) -> "WindowQuerySet":
        """Leave out what has ended by a day: what it tells of, or its own last day where no later text follows."""
        later = self.model._default_manager.filter(
            content_id=OuterRef("content_id"), locale=OuterRef("locale"), starts__gt=OuterRef("starts")
        )
        is_open = Q(ended_on__isnull=True) | Q(ended_on__gt=day)
        return self.filter(is_open).filter(Q(applies_until__isnull=True) | Q(applies_until__gte=day) | Q(Exists(later)))

    def not_stale(self) -> "WindowQuerySet":
        """Leave out stale translations of types that hide them: stale law is worse than missing law."""
        return self.exclude(type__in=sorted(HIDDEN_WHEN_OUTDATED), state=TranslationState.OUTDATED)

    def best_language(self, chain: Sequence[str]) -> "WindowQuerySet":
        """Keep each content once, in the first language of the chain that this queryset holds it in.

        Call it last: what stands before decides which languages count as being there.
        """
        kept = self.filter(locale=chain[0])
        for rank, code in enumerate(chain[1:], start=1):
            better = self.filter(locale__in=chain[:rank], content_id=OuterRef("content_id")).order_by()
            kept = kept | self.filter(~Exists(better), locale=code)
        return kept

    def newest_first(self) -> "WindowQuerySet":
        """Order as feeds do: last released first, the position decides a tie."""
        return self.order_by(F("released_at").desc(), F("release_id").desc())

    def _has_term(self, facet: str, **conditions: Any) -> Exists:
        terms: Any = self.model._meta.get_field("terms").related_model
        return Exists(terms._default_manager.filter(window=OuterRef("pk"), facet=facet, **conditions))

    def _has_commencement(self, *conditions: Q, **lookups: Any) -> Exists:
        commencements: Any = self.model._meta.get_field("commencements").related_model
        return Exists(commencements._default_manager.filter(*conditions, window=OuterRef("pk"), **lookups))
