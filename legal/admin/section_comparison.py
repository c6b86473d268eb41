"""Comparison of two texts of an act in the sections that an editor writes about."""

from collections.abc import Sequence
from dataclasses import dataclass

from cms.core.word_diffs import Mark
from legal.differences.act_diffs import get_diff
from legal.differences.section_diffs import ActDiff
from legal.language.section_numbers import normalise_section
from legal.models import Expression, Provision

SHOWN_SECTIONS = 20
# Of what reads the same, so many characters stay on either side of a change.
KEPT_CHARACTERS = 160
ELLIPSIS = " … "


@dataclass(frozen=True)
class ComparedSection:
    """One section in two texts.

    ``state`` is ``changed``, ``editorial`` (only spaces or the name of a ministry), ``added``, ``removed``, ``same`` or
    ``missing`` (in neither text). ``marks`` are shortened; ``text`` is the whole of what stands in the later text that has it.
    """

    section: str
    state: str
    marks: Sequence[Mark] = ()
    text: str = ""
    renumbered_from: str = ""


@dataclass(frozen=True)
class Comparison:
    """Two texts of an act. ``hidden_count`` tells of changed sections that are left out because none was chosen."""

    before: Expression
    after: Expression
    sections: Sequence[ComparedSection]
    hidden_count: int = 0


def find_neighbouring_texts(expression: Expression) -> tuple[Expression, Expression] | None:
    """Find the text before a text and that text; of the first one known, itself and the next. ``None`` of an only one."""
    texts = list_texts(expression)
    if len(texts) < 2:
        return None
    place = next((place for place, text in enumerate(texts) if text.pk == expression.pk), 0)
    older = min(place + 1, len(texts) - 1)
    return texts[older], texts[older - 1]


def list_texts(expression: Expression) -> list[Expression]:
    """List the texts of the same act whose sections are known, the newest first."""
    return list(Expression.objects.filter(work=expression.work).exclude(text_hash="").newest_first())


def build_comparison(before: Expression, after: Expression, sections: Sequence[str]) -> Comparison:
    """Build what became of some sections from one text to another; of all that changed where none is named."""
    diff = get_diff(before, after)
    if not sections:
        changed = [entry.section for entry in diff.changed if not entry.editorial]
        named = [*changed, *diff.added, *diff.removed]
        hidden = max(len(named) - SHOWN_SECTIONS, 0)
        shown = [_compare(section, diff, before, after) for section in named[:SHOWN_SECTIONS]]
        return Comparison(before, after, shown, hidden)
    named = list(dict.fromkeys(normalise_section(section) for section in sections))
    return Comparison(before, after, [_compare(section, diff, before, after) for section in named])


def shorten_marks(marks: Sequence[Mark]) -> list[Mark]:
    """Shorten long runs of what reads the same to their ends, so that the changes stand close together."""
    shortened: list[Mark] = []
    for place, mark in enumerate(marks):
        text = mark["text"]
        if mark["op"] == "equal" and len(text) > 3 * KEPT_CHARACTERS:
            start = text[:KEPT_CHARACTERS].rsplit(" ", 1)[0] if place else ""
            end = text[-KEPT_CHARACTERS:].split(" ", 1)[-1] if place < len(marks) - 1 else ""
            text = f"{start}{ELLIPSIS}{end}"
        shortened.append({"op": mark["op"], "text": text})
    return shortened


def _compare(section: str, diff: ActDiff, before: Expression, after: Expression) -> ComparedSection:
    later = Provision.objects.find_section(after, section)
    found = later or Provision.objects.find_section(before, section)
    if found is None:
        return ComparedSection(section, "missing")
    cited = found.section
    renumbered_from = next((entry.before for entry in diff.renumbered if entry.after == cited and later), "")
    change = next((entry for entry in diff.changed if entry.section == cited and later), None)
    if change is not None:
        state = "editorial" if change.editorial else "changed"
        return ComparedSection(cited, state, shorten_marks(change.marks), found.text, renumbered_from)
    if later is None:
        moved = next((entry.after for entry in diff.renumbered if entry.before == cited), "")
        return _compare(moved, diff, before, after) if moved else ComparedSection(cited, "removed", text=found.text)
    state = "added" if cited in diff.added else "same"
    return ComparedSection(cited, state, text=found.text, renumbered_from=renumbered_from)
