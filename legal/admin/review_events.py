"""What happened to the law behind a review, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext, gettext_lazy

from cms.core.calendar import write_day
from legal.enums import ChangeKind
from legal.models import Expression, LawChange, ReviewTask

WHOLE_ACT = gettext_lazy("new text of the act: %(text)s")
BY_STATE = {
    "changed": gettext_lazy("%(sections)s changed by %(text)s"),
    "added": gettext_lazy("%(sections)s new in %(text)s"),
    "removed": gettext_lazy("%(sections)s gone from %(text)s"),
    "renumbered": gettext_lazy("%(sections)s renumbered by %(text)s"),
}


def write_sections(sections: Iterable[str]) -> str:
    """Write "§ 9 a, § 9 c", each number bound to its sign."""
    return ", ".join(f"§\xa0{section}" for section in sections)


def describe_law(task: ReviewTask) -> str:
    """Build "Udlændingeloven § 9 a, § 9 c", or the act alone where it is cited as a whole."""
    return f"{task.change.work.short_title} {write_sections(task.sections)}".strip()


def describe_event(task: ReviewTask, note_title: str | None = None) -> str:
    """Build "§ 14 changed by LBK nr. 1183 af 25. september 2025, applies from 1 January 2027".

    ``note_title`` is the title of the law note that tells of the change, where the reader may see it.
    """
    change = task.change
    event = _describe_note(task, note_title) if change.kind == ChangeKind.NOTE else _describe_text(task, change)
    if change.applicable_from is None:
        return event
    return gettext("%(event)s, applies from %(day)s") % {"event": event, "day": write_day(change.applicable_from)}


def _describe_note(task: ReviewTask, title: str | None) -> str:
    values = {"sections": write_sections(task.sections), "title": title or ""}
    if not title:
        return gettext("a law note tells of a change")
    if not task.sections:
        return gettext("the law note “%(title)s” tells of a change") % values
    return gettext("the law note “%(title)s” tells of a change of %(sections)s") % values


def _describe_text(task: ReviewTask, change: LawChange) -> str:
    text = _write_text(change.after) if change.after else change.work.short_title
    if change.kind == ChangeKind.SOURCE_MOVED:
        values = {"sections": write_sections(task.sections or change.sections), "text": text}
        return gettext("the source now gives another text of %(sections)s in %(text)s") % values
    if not task.sections:
        return str(WHOLE_ACT) % {"text": text}
    by_state: dict[str, list[str]] = {}
    for section in task.sections:
        by_state.setdefault(change.sections.get(section, "changed"), []).append(section)
    return "; ".join(
        str(BY_STATE[state]) % {"sections": write_sections(sections), "text": text}
        for state, sections in by_state.items()
    )


def _write_text(expression: Expression) -> str:
    """Write a text of an act as Danish law is cited: "LBK nr. 1183 af 25. september 2025"."""
    return f"{expression.document_type} nr. {expression.number} af {write_day(expression.signed_date)}"
