"""Passages of a source as it was translated and as it is now, paired place by place. Pure: nothing here asks the database."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from hashlib import sha256
from itertools import zip_longest

from cms.core.html_reader import read_line
from cms.core.word_diffs import Mark, build_marks

KEY_LENGTH = 16


class PassageChange(StrEnum):
    """Difference between the passage that was translated and the one that stands there now."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    GONE = "gone"


@dataclass(frozen=True)
class SourcePassage:
    """One passage of a text: where it stands (wagtail-localize's content path) and its HTML fragment."""

    path: str
    data: str

    @property
    def key(self) -> str:
        """A short name of the passage for a form: the same words at the same place have the same one."""
        return sha256(f"{self.path}\n{self.data}".encode()).hexdigest()[:KEY_LENGTH]

    @property
    def text(self) -> str:
        """Its words without markup, on one line."""
        return read_line(self.data)


@dataclass(frozen=True)
class PassagePair:
    """A passage as it was translated, as it is now, or both; at least one of them is there."""

    before: SourcePassage | None
    now: SourcePassage | None

    @property
    def change(self) -> PassageChange:
        """The difference between the two."""
        if self.before is None:
            return PassageChange.NEW
        if self.now is None:
            return PassageChange.GONE
        return PassageChange.UNCHANGED if self.before == self.now else PassageChange.CHANGED

    @property
    def is_only_markup(self) -> bool:
        """Say whether the words are the same, and only links or emphasis differ."""
        return bool(
            self.before and self.now and self.before.data != self.now.data and self.before.text == self.now.text
        )

    @property
    def marks(self) -> list[Mark]:
        """The words of both, with what differs marked."""
        return build_marks(self.before.text if self.before else "", self.now.text if self.now else "")


def pair_passages(before: Sequence[SourcePassage], now: Sequence[SourcePassage]) -> list[PassagePair]:
    """Pair two texts' passages, in the order of the text as it is now; those that went stand last.

    A place is a content path, which keeps its name while blocks are moved. A rich text has many passages at one place: they are
    matched in their order, and what lies between two matches is taken pair by pair.
    """
    places = _group(now)
    former = _group(before)
    pairs = [pair for path, passages in places.items() for pair in _pair_place(former.get(path, []), passages)]
    gone = [
        PassagePair(passage, None) for path, passages in former.items() if path not in places for passage in passages
    ]
    seen: set[PassagePair] = set()
    # The same words twice at one place have one translation.
    unique = [pair for pair in [*pairs, *gone] if not (pair in seen or seen.add(pair))]  # type: ignore[func-returns-value]
    return sorted(unique, key=lambda pair: pair.now is None)


def _group(passages: Iterable[SourcePassage]) -> dict[str, list[SourcePassage]]:
    places: dict[str, list[SourcePassage]] = {}
    for passage in passages:
        places.setdefault(passage.path, []).append(passage)
    return places


def _pair_place(before: Sequence[SourcePassage], now: Sequence[SourcePassage]) -> Iterator[PassagePair]:
    matcher = SequenceMatcher(
        None, [passage.data for passage in before], [passage.data for passage in now], autojunk=False
    )
    for _tag, start_before, end_before, start_now, end_now in matcher.get_opcodes():
        for was, is_now in zip_longest(before[start_before:end_before], now[start_now:end_now]):
            yield PassagePair(was, is_now)
