"""View of the difference between two texts of an act, as a reader is shown it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from frontend.portal.passages import Passage, build_passages, build_whole_passage
from legal.differences.act_diffs import get_diff, load_texts
from legal.differences.section_diffs import ActDiff, ChangedSection
from legal.language.section_numbers import build_anchor, build_section_key
from legal.models import Expression

OPS = {"added": "insert", "removed": "delete"}


@dataclass(frozen=True)
class ShownChange:
    """One section with what became of it: ``added``, ``removed``, ``changed`` or ``renumbered``.

    ``former`` is the number it had before, "" where it kept it.
    """

    kind: str
    section: str
    former: str = ""
    passages: Sequence[Passage] = ()
    anchor: str = ""


@dataclass(frozen=True)
class ShownDiff:
    """The differences, in the order of the sections; ``editorial`` are changes of spacing and of ministries' names only."""

    changes: Sequence[ShownChange]
    editorial: Sequence[ShownChange]

    @property
    def counts(self) -> Mapping[str, int]:
        """Count the sections of each kind."""
        kinds = Counter(change.kind for change in self.changes)
        renumbered = sum(1 for change in [*self.changes, *self.editorial] if change.former)
        return {
            "added": kinds["added"],
            "removed": kinds["removed"],
            "changed": kinds["changed"],
            "renumbered": renumbered,
            "editorial": len(self.editorial),
        }


def build_shown_diff(before: Expression, after: Expression, section: str = "") -> ShownDiff:
    """Build what is shown of the difference, of one section alone where one is named."""
    diff = get_diff(before, after) if before != after else ActDiff()
    former = {entry.after: entry.before for entry in diff.renumbered}
    texts = {
        "added": load_texts(after, _keep(diff.added, section)),
        "removed": load_texts(before, _keep(diff.removed, section)),
    }
    wholes = [
        ShownChange(kind, key, passages=[build_whole_passage(text, OPS[kind])])
        for kind, found in texts.items()
        for key, text in found.items()
    ]
    changed: dict[bool, list[ShownChange]] = {True: [], False: []}
    for entry in diff.changed:
        if section in ("", entry.section):
            changed[entry.editorial].append(_show_change(entry, former.get(entry.section, "")))
    named = {entry.section for entry in diff.changed}
    moved = [
        ShownChange("renumbered", entry.after, entry.before)
        for entry in diff.renumbered
        if entry.after not in named and section in ("", entry.after, entry.before)
    ]
    return ShownDiff(changes=_order([*changed[False], *wholes, *moved], "s"), editorial=_order(changed[True], "e"))


def _show_change(entry: ChangedSection, former: str) -> ShownChange:
    return ShownChange("changed", entry.section, former, build_passages(entry.marks))


def _keep(sections: Iterable[str], section: str) -> list[str]:
    return [entry for entry in sections if section in ("", entry)]


def _order(changes: Iterable[ShownChange], prefix: str) -> list[ShownChange]:
    """Order changes as sections are counted, and give each an id of its own on the page."""
    seen: Counter[str] = Counter()
    ordered = []
    for change in sorted(changes, key=lambda change: build_section_key(change.section)):
        anchor = f"{prefix}-{build_anchor(change.section)}"
        seen[anchor] += 1
        number = f"-{seen[anchor]}" if seen[anchor] > 1 else ""
        ordered.append(replace(change, anchor=f"{anchor}{number}"))
    return ordered
