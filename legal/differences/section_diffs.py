"""Differences between two texts of an act, section by section: added, removed, changed, renumbered."""

from collections.abc import Sequence
from dataclasses import dataclass

from cms.core.unicode_text import WHITESPACE, strip_invisible
from cms.core.word_diffs import Mark, build_marks
from legal.differences.ministries import mask_ministries
from legal.differences.section_matching import DiffSection, match_sections


@dataclass(frozen=True)
class ChangedSection:
    """A section of both texts that reads otherwise; ``section`` is its number in the text after.

    ``editorial`` says that only white space, invisible characters or the name of a ministry differ.
    """

    section: str
    before: str
    after: str
    marks: Sequence[Mark]
    editorial: bool


@dataclass(frozen=True)
class Renumbered:
    """A section that got another number."""

    before: str
    after: str


@dataclass(frozen=True)
class ActDiff:
    """Added and changed sections stand in the order of the text after, removed ones in that of the text before.

    A section that was renumbered and reads otherwise is among ``renumbered`` and ``changed``.
    """

    added: Sequence[str] = ()
    removed: Sequence[str] = ()
    changed: Sequence[ChangedSection] = ()
    renumbered: Sequence[Renumbered] = ()


def build_diff(before: Sequence[DiffSection], after: Sequence[DiffSection]) -> ActDiff:
    """Build the difference of two texts from their sections in printed order."""
    pairs = match_sections(before, after)
    kept_before = {place for place, _place in pairs}
    kept_after = {place for _place, place in pairs}
    matched = [(before[place_before], after[place_after]) for place_before, place_after in pairs]
    return ActDiff(
        added=[entry.section for place, entry in enumerate(after) if place not in kept_after],
        removed=[entry.section for place, entry in enumerate(before) if place not in kept_before],
        changed=[build_change(old, new) for old, new in matched if is_changed(old, new)],
        renumbered=[Renumbered(old.section, new.section) for old, new in matched if old.section != new.section],
    )


def is_changed(before: DiffSection, after: DiffSection) -> bool:
    """Say whether a section reads otherwise; a new number alone is no change of what it says."""
    if before.section == after.section:
        return before.text != after.text
    return before.body != after.body


def build_change(before: DiffSection, after: DiffSection) -> ChangedSection:
    """Build the change of one section."""
    return ChangedSection(
        section=after.section,
        before=before.text,
        after=after.text,
        marks=build_marks(before.text, after.text),
        editorial=_build_essence(before.body) == _build_essence(after.body),
    )


def _build_essence(text: str) -> str:
    """Build what is left of a text when spacing and the names of ministries do not count."""
    return WHITESPACE.sub("", mask_ministries(strip_invisible(text)))
