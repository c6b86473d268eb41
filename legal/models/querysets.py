"""Querysets of the law: acts by name, expressions on a day, sections in any spelling."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, F, Q, Value, When

from cms.core.unicode_text import clean_text
from legal.language.eli_uris import normalise_eli_uri
from legal.language.numbered_texts import parse_number_query
from legal.language.section_numbers import normalise_section
from legal.models.applying_texts import FIRST_DAY_FIELD

if TYPE_CHECKING:
    from legal.models import Expression, Provision, Work


class WorkQuerySet(models.QuerySet["Work"]):
    """Works by what people call them."""

    def released(self) -> WorkQuerySet:
        """Keep what has an expression; a work without one is about to be replaced."""
        return self.filter(current__isnull=False)

    def search(self, query: str) -> WorkQuerySet:
        """Match title, short title, abbreviation, number ("LBK 1183/2025", "lov nr. 548 af 7. maj 2019") or ELI URI.

        Every word must occur. What begins with the query stands first, acts before orders; the order is stable.
        """
        text = clean_text(query).casefold()
        works = self.released().select_related("current")
        if "/eli/" in text:
            return works.filter(pk__in=self._list_ids(Q(eli_uri=normalise_eli_uri(clean_text(query)))))
        numbered = parse_number_query(text)
        if numbered is not None and numbered.year is not None:
            condition = Q(number=numbered.number, year=numbered.year)
            if numbered.document_type:
                condition &= Q(document_type=numbered.document_type)
            return works.filter(pk__in=self._list_ids(condition)).order_by("pk")
        for word in text.split():
            works = works.filter(search_text__contains=word)
        begins = Case(When(search_text__startswith=text, then=Value(0)), default=Value(1))
        is_act = Case(When(current__kind="main", then=Value(0)), default=Value(1))
        return works.order_by(begins, is_act, "short_title", "-current__signed_date", "pk")

    def _list_ids(self, condition: Q) -> Any:
        expressions = self.model._meta.get_field("expressions").related_model.objects  # type: ignore[union-attr]
        return expressions.filter(condition, work__isnull=False).values("work_id")


class ExpressionQuerySet(models.QuerySet["Expression"]):
    """Expressions in time."""

    def newest_first(self) -> ExpressionQuerySet:
        """Order by signature, the higher number first on one day: the reverse of ``Expression.order``."""
        return self.order_by("-signed_date", "-number", "-pk")

    def begun_by(self, day: date) -> ExpressionQuerySet:
        """Keep what may apply on a day, the newest first: of each work the first one applies (``legal.models.applying_texts``)."""
        return self.filter(**{f"{FIRST_DAY_FIELD}__lte": day}).newest_first()

    def find_at(self, work: Work, as_of: date) -> Expression | None:
        """Find the expression of a work that applies on a day."""
        return self.filter(work=work).begun_by(as_of).first()

    def find_by_eli_uri(self, uri: str) -> Expression | None:
        """Find an expression, with its work, by its ELI URI in any usual spelling."""
        found = self.filter(eli_uri=normalise_eli_uri(uri), work__isnull=False)
        return found.select_related("work", "work__current").first()


class ProvisionQuerySet(models.QuerySet["Provision"]):
    """The sections of an expression."""

    def served(self) -> ProvisionQuerySet:
        """Keep what may be served as a section: no transitional clauses, and an identifier to ask for."""
        return self.filter(is_transitional=False).exclude(section="")

    def find_section(self, expression: Expression, section: str) -> Provision | None:
        """Find a section in any spelling; the case of the letter decides only where both cases occur.

        A number that is printed twice (orders with annexes, amending acts) gives the first in printed order.
        """
        asked = normalise_section(section)
        spellings = {asked, asked.lower(), asked.upper()} - {""}
        found = list(self.served().filter(expression=expression, section__in=spellings).order_by("ordinal"))
        return next((entry for entry in found if entry.section == asked), found[0] if found else None)

    def find_neighbours(self, provision: Provision) -> tuple[Provision | None, Provision | None]:
        """Find the sections printed before and after one."""
        others = self.served().filter(expression_id=provision.expression_id).defer("text")
        before = others.filter(ordinal__lt=provision.ordinal).order_by(F("ordinal").desc()).first()
        after = others.filter(ordinal__gt=provision.ordinal).order_by("ordinal").first()
        return before, after
