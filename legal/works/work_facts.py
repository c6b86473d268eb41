"""Facts of works beside the words of their sections, loaded for many works at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch

from legal.enums import ActKind, RelationKind
from legal.models import Amendment, Commencement, Expression, Relation, Work, WorkName
from legal.models.applying_texts import find_applying
from legal.works.act_commencements import find_first_day
from legal.works.statuses import StatusGrounds

COMMENCEMENTS = Prefetch("commencements", queryset=Commencement.objects.order_by("pk"))


@dataclass
class WorkFacts:
    """One work with its texts, newest first, and all that is known of it.

    ``consolidated`` holds what each consolidation says it brings together: ids of expressions (``None``: not known here) by
    the id of the consolidation.
    """

    work: Work
    expressions: list[Expression] = field(default_factory=list)
    names: list[WorkName] = field(default_factory=list)
    amendments: list[Amendment] = field(default_factory=list)
    consolidated: dict[int, list[int | None]] = field(default_factory=dict)
    successor: Expression | None = None

    @property
    def commencements(self) -> list[Commencement]:
        """The act's own commencements in order of time, undated ones last; see ``list_commencements``."""
        return list_commencements(self.expressions)

    def find_text_at(self, day: date) -> Expression | None:
        """Find the text that applies on a day."""
        return find_applying(self.expressions, day)

    def build_grounds(self, expression: Expression) -> StatusGrounds:
        """Build what the status is derived from, where ``expression`` is the text that applies."""
        successor = self.successor
        return StatusGrounds(
            expression=expression,
            newest=self.expressions[0],
            commencements=self.commencements,
            repealed_on=self.work.repealed_on,
            repealed_by=self.work.repealed_by,
            successor=successor,
            succeeds_on=find_first_day(successor.commencements.all()) or successor.signed_date if successor else None,
        )


def load_facts(works: Sequence[Work]) -> dict[int, WorkFacts]:
    """Load what is known of works, by id. Eleven queries for any number."""
    known = load_force_facts(works)
    for name in WorkName.objects.filter(work__in=known).order_by("pk"):
        known[name.work_id].names.append(name)
    amendments = Amendment.objects.filter(work__in=known).select_related("expression__work", "consolidated_in")
    for amendment in amendments.prefetch_related(Prefetch("expression__commencements", COMMENCEMENTS.queryset)):
        known[amendment.work_id or 0].amendments.append(amendment)
    held = Relation.objects.filter(kind=RelationKind.CONSOLIDATES, expression__work__in=known).order_by("pk")
    for work_id, consolidation, related in held.values_list("expression__work_id", "expression_id", "related_id"):
        known[work_id].consolidated.setdefault(consolidation, []).append(related)
    return known


def load_force_facts(works: Sequence[Work]) -> dict[int, WorkFacts]:
    """Load what the status of works is derived from, by id; names and amendments stay empty. Five queries for any number."""
    known = {
        work.pk: WorkFacts(work)
        for work in Work.objects.filter(pk__in=[work.pk for work in works]).select_related("current", "repealed_by")
    }
    for text in Expression.objects.filter(work__in=known).newest_first().prefetch_related(COMMENCEMENTS):
        known[text.work_id or 0].expressions.append(text)
    for work_id, successor in find_successors([facts.work for facts in known.values()]).items():
        known[work_id].successor = successor
    return known


def find_successors(works: Sequence[Work]) -> dict[int, Expression]:
    """Find the newest text of the same name where it is another work's, by id of the older work. Two queries."""
    current = {work.pk: work.current for work in works if work.current is not None}
    namesakes = Expression.objects.filter(
        name_key__in={expression.name_key for expression in current.values()}, work__isnull=False
    ).exclude(kind=ActKind.AMENDING)
    newest: dict[tuple[str, str], Expression] = {}
    for expression in namesakes.prefetch_related(COMMENCEMENTS):
        key = (expression.name_key, expression.kind)
        if key not in newest or expression.order > newest[key].order:
            newest[key] = expression
    successors = {}
    for work_id, expression in current.items():
        latest = newest.get((expression.name_key, expression.kind))
        if latest is not None and latest.work_id != work_id and latest.order > expression.order:
            successors[work_id] = latest
    return successors


def list_commencements(expressions: Sequence[Expression]) -> list[Commencement]:
    """List the commencements of an act: what its texts say, and what orders have put into force since.

    An undated one that an order has dated is left out. An act that is known from consolidations alone commenced on the day
    that its own clause, repeated in each of them, names.
    """
    told: list[Commencement] = []
    for text in expressions:
        told += _leave_out_dated(list(text.commencements.all()))
    founded = min((text.founded_on for text in expressions if text.founded_on), default=None)
    if founded is not None and not any(entry.provisions is None for entry in told):
        told.append(Commencement(expression=expressions[-1], date=founded))
    return sorted(told, key=lambda entry: (entry.date is None, entry.date or date.max, entry.provisions is not None))


def _leave_out_dated(entries: list[Commencement]) -> list[Commencement]:
    dated = [entry for entry in entries if entry.date]
    is_whole_dated = any(entry.provisions is None for entry in dated)
    sections = {section for entry in dated for section in entry.provisions or ()}
    kept = []
    for entry in entries:
        if entry.date is None and (
            is_whole_dated
            if entry.provisions is None
            else bool(entry.provisions) and sections.issuperset(entry.provisions)
        ):
            continue
        kept.append(entry)
    return kept


def list_pending_amendments(facts: WorkFacts, day: date) -> list[Amendment]:
    """List the amendments signed by a day that the text applying then does not hold, in order of time.

    A consolidation that says what it brings together is taken at its word for what is younger than the text it starts from;
    of one that does not say so it is assumed that it holds what was signed before it.
    """
    text = facts.find_text_at(day)
    if text is None:
        return []
    held = facts.consolidated.get(text.pk, [])
    earlier = [other for other in facts.expressions if other.pk in held and other.order < text.order]
    since = earlier[0].signed_date if earlier else text.signed_date
    pending = [
        amendment
        for amendment in facts.amendments
        if since < amendment.expression.signed_date <= day
        and amendment.expression_id not in held
        and not (amendment.consolidated_in and amendment.consolidated_in.signed_date <= text.signed_date)
    ]
    return sorted(pending, key=lambda entry: (*entry.expression.order, entry.place))
