"""Rule for which act a name means, where several acts bear it.

Acts of one name replace each other ("lov om ferie" of 1970 and of 2018). A text written on a day means the one that began
last by then; an act that nothing is known of on the day is meant only where no other is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from legal.enums import ActKind, Jurisdiction


@dataclass(frozen=True)
class NamedAct:
    """An act that bears a name.

    ``number`` is that of the text at hand, ``first_signed`` the signature of its first text known here, ``founded_on`` the day on
    which the act itself says it takes effect. ``was_known`` is false where nothing of it was known here at the moment asked about.
    """

    work_id: int
    kind: str
    jurisdiction: str
    number: int
    first_signed: date
    founded_on: date | None
    was_known: bool = True


def choose_act(acts: Iterable[NamedAct], day: date) -> NamedAct | None:
    """Choose the act that a text written on ``day`` means; ``None`` where it cannot be told.

    Of those that have a text by then: one known then, a Danish one before Greenland's, an act before an order, then the one
    that began last. Else an act that is known from later consolidations only, unless it says itself that it began later.
    """
    bearing = list(acts)
    begun = [act for act in bearing if act.first_signed <= day]
    if begun:
        return max(begun, key=_rank)
    later = [act for act in bearing if act.kind == ActKind.MAIN and (act.founded_on is None or act.founded_on <= day)]
    return min(later, key=lambda act: (act.first_signed, act.number), default=None)


def _rank(act: NamedAct) -> tuple[bool, bool, bool, date, date, int]:
    is_danish = act.jurisdiction == Jurisdiction.DENMARK
    began = act.founded_on or act.first_signed
    return (act.was_known, is_danish, act.kind == ActKind.MAIN, began, act.first_signed, act.number)
