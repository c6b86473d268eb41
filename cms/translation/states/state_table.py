"""States of a translation and what each event makes of them, as one table; ``docs/languages.md`` holds the same for people.

For events of the log one rule stands beside the table (``find_after``): where it leads to a state that readers are told of, the log
has the last word, because it knows which text of the source a translation renders and from which day.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.translation.enums import WorkEvent, WorkState


@dataclass(frozen=True)
class Cell:
    """What an event makes of a state: the state after it, ``None`` for the same; or why it is not possible."""

    after: WorkState | None = None
    refusal: Any = ""


class StepRefusedError(Exception):
    """An event that is not possible in the state a translation is in; the message says why, in the language of the user."""


STAYS = Cell()

# The states that readers are told of, by a document or by its absence.
TOLD_STATES = frozenset({WorkState.CURRENT, WorkState.OUTDATED, WorkState.MACHINE, WorkState.WITHDRAWN})
# What happens to drafts and to the work on them; everything else is a row of the log.
WORK_EVENTS = frozenset({WorkEvent.REQUESTED, WorkEvent.EDITED, WorkEvent.COMPLETED, WorkEvent.MACHINE_RUN})

NOTHING_OUT = Cell(refusal=_("No text of this translation has been published, so there is nothing to withdraw."))
WITHDRAWN_ALREADY = Cell(refusal=_("This translation has been withdrawn already."))
NOT_OUTDATED = Cell(refusal=_("Only a translation that is outdated can be called still right; this one is not."))
NOTHING_TO_DO = Cell(refusal=_("This translation is current; there is nothing to be translated."))
NOTHING_MISSING = Cell(refusal=_("All passages are translated; a machine has nothing to add."))
BY_A_PERSON = Cell(refusal=_("A person has translated this text; a machine does not replace it."))

UNTRANSLATED, IN_WORK, READY, CURRENT, OUTDATED, MACHINE, WITHDRAWN = WorkState

# Columns in the order of ``WorkState``: untranslated, in work, ready, current, outdated, machine, withdrawn.
_ROWS: dict[WorkEvent, tuple[Cell | WorkState, ...]] = {
    WorkEvent.REQUESTED: (STAYS, STAYS, STAYS, NOTHING_TO_DO, STAYS, STAYS, STAYS),
    WorkEvent.SOURCE_TYPO: (STAYS, STAYS, STAYS, STAYS, STAYS, STAYS, STAYS),
    WorkEvent.SOURCE_MINOR: (STAYS, STAYS, STAYS, STAYS, STAYS, STAYS, STAYS),
    WorkEvent.SOURCE_SUBSTANTIVE: (STAYS, STAYS, IN_WORK, OUTDATED, STAYS, OUTDATED, STAYS),
    WorkEvent.SOURCE_PLANNED: (STAYS, STAYS, STAYS, STAYS, STAYS, STAYS, STAYS),
    WorkEvent.SOURCE_REPUBLISHED: (STAYS, STAYS, STAYS, STAYS, STAYS, STAYS, STAYS),
    WorkEvent.SOURCE_UNDONE: (STAYS, STAYS, STAYS, STAYS, CURRENT, STAYS, STAYS),
    WorkEvent.SOURCE_WITHDRAWN: (STAYS, STAYS, IN_WORK, WITHDRAWN, WITHDRAWN, WITHDRAWN, STAYS),
    WorkEvent.SOURCE_BACK: (STAYS, STAYS, STAYS, STAYS, STAYS, STAYS, STAYS),
    WorkEvent.EDITED: (IN_WORK, STAYS, IN_WORK, STAYS, IN_WORK, IN_WORK, IN_WORK),
    WorkEvent.COMPLETED: (READY, READY, STAYS, STAYS, READY, READY, READY),
    WorkEvent.MACHINE_RUN: (MACHINE, STAYS, NOTHING_MISSING, BY_A_PERSON, IN_WORK, STAYS, IN_WORK),
    WorkEvent.RELEASED: (CURRENT, CURRENT, CURRENT, CURRENT, CURRENT, CURRENT, CURRENT),
    WorkEvent.WITHDRAWN: (NOTHING_OUT, WITHDRAWN, WITHDRAWN, WITHDRAWN, WITHDRAWN, WITHDRAWN, WITHDRAWN_ALREADY),
    WorkEvent.DISMISSED: (NOT_OUTDATED, CURRENT, CURRENT, NOT_OUTDATED, CURRENT, NOT_OUTDATED, NOT_OUTDATED),
    WorkEvent.CONFIRMED: (NOT_OUTDATED, CURRENT, CURRENT, NOT_OUTDATED, CURRENT, NOT_OUTDATED, NOT_OUTDATED),
}

TABLE: dict[tuple[WorkState, WorkEvent], Cell] = {
    (state, event): cell if isinstance(cell, Cell) else Cell(cell)
    for event, cells in _ROWS.items()
    for state, cell in zip(WorkState, cells, strict=True)
}


def find_after(before: WorkState, event: WorkEvent, told: WorkState | None) -> WorkState:
    """Find the state an event leads to. ``told`` is what readers are told after it; ``None`` if no text ever came out.

    The table decides. After an event of the log, a state that readers are told of is what they are told: a text that was published
    from an older source is outdated at once, and a machine's words stay a machine's. Words that never came out (a machine's draft)
    stay what they are. A single version that is withdrawn leaves the others; a draft that is deleted leaves nothing.

    Raises:
        StepRefusedError: if the event is not possible in this state.
    """
    cell = TABLE[before, event]
    if cell.refusal:
        raise StepRefusedError(str(cell.refusal))
    after = cell.after or before
    if event in WORK_EVENTS or after not in TOLD_STATES:
        return after
    if told is None:
        return UNTRANSLATED if event == WorkEvent.WITHDRAWN else before
    if event == WorkEvent.WITHDRAWN and told != WITHDRAWN and before not in TOLD_STATES:
        return before
    return told


def write_table() -> str:
    """Write the table in Markdown, a row for each event; refusals are numbered below it."""
    refusals = list(dict.fromkeys(str(cell.refusal) for cell in TABLE.values() if cell.refusal))
    lines = ["| event | " + " | ".join(state.value.replace("_", " ") for state in WorkState) + " |"]
    lines.append("|---" * (len(WorkState) + 1) + "|")
    for event in WorkEvent:
        cells = [_write_cell(TABLE[state, event], refusals) for state in WorkState]
        lines.append(f"| `{event.value}` | " + " | ".join(cells) + " |")
    notes = [f"{number}. {refusal}" for number, refusal in enumerate(refusals, 1)]
    return "\n".join([*lines, "", *notes, ""])


def _write_cell(cell: Cell, refusals: list[str]) -> str:
    if cell.refusal:
        return f"refused ({refusals.index(str(cell.refusal)) + 1})"
    return f"**{cell.after.value.replace('_', ' ')}**" if cell.after else "stays"
