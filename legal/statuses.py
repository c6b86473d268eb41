"""What can be said about the force of an act, and from what it is derived.

The source's own status is not to be trusted when it says "in force" (it says so of nearly everything), so force is
derived from later texts of the same name. The words are Danish, as the acts are.
"""

from typing import TypedDict

from legal.enums import ActKind, ActState
from legal.models import Expression

ENDED_IN_SOURCE = {"historic", "repealed"}
MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)
TYPE_NAMES = {
    "LBK": "lovbekendtgørelse",
    "LOV": "lov",
    "BEK": "bekendtgørelse",
    "CIR": "cirkulære",
    "VEJ": "vejledning",
    "SKR": "skrivelse",
}


class ActStatus(TypedDict):
    """Whether an act is in force; ``derived_from`` says what that is concluded from."""

    state: str
    derived_from: str


def build_citation_line(expression: Expression) -> str:
    """Build the number line of a text, as Danish law cites it: "lovbekendtgørelse nr. 1183 af 25. september 2025"."""
    name = TYPE_NAMES.get(expression.document_type, expression.document_type)
    day = expression.signed_date
    return f"{name} nr. {expression.number} af {day.day}. {MONTHS[day.month - 1]} {day.year}"


def derive_status(expression: Expression, successor: Expression | None) -> ActStatus:
    """Derive the status of a text; ``successor`` is the newest text of the act or of the same name, if another one."""
    line = build_citation_line(expression)
    if expression.source_status.lower() in ENDED_IN_SOURCE:
        return {"state": ActState.HISTORIC.value, "derived_from": "Kilden angiver teksten som historisk."}
    if expression.kind == ActKind.AMENDING:
        return {
            "state": ActState.UNKNOWN.value,
            "derived_from": "Virker gennem de retsakter, den ændrer eller sætter i kraft; de er ikke sammenholdt her.",
        }
    if successor is not None:
        what = (
            "En nyere tekst af samme retsakt"
            if successor.work_id == expression.work_id
            else "En senere retsakt af samme navn"
        )
        return {"state": ActState.HISTORIC.value, "derived_from": f"{what}: {build_citation_line(successor)}."}
    if expression.kind == ActKind.MAIN:
        return {"state": ActState.IN_FORCE.value, "derived_from": f"Den nyeste tekst, der kendes her, er {line}."}
    return {
        "state": ActState.UNKNOWN.value,
        "derived_from": "Ingen senere tekst med samme titel kendes her; kilden siger ikke sikkert, om den er ophævet.",
    }
