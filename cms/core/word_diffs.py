"""Differences between two texts, word by word, as marks that give back both texts exactly."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain, pairwise, takewhile
from typing import Literal, TypedDict

from cms.core.sequences import find_increasing
from cms.core.unicode_text import INVISIBLE, strip_invisible

# A word keeps the invisible characters inside it and a number its separators ("375.000,50"); signs stand alone.
# Example: "‹375.000,50› kr."
# Example: "‹§§› 9"
# Example: "‹ udlændinge›"
WORD = re.compile(rf"(\s*)(\d+(?:[.,]\d+)+|(?:\w|{INVISIBLE.pattern})+|§+|[^\w\s])")
SHINGLES = (8, 4, 2, 1)
SMALL_PRODUCT = 20_000
LARGEST_PRODUCT = 1_000_000
ISLAND_WORDS = 3

Block = tuple[int, int, int]


class Mark(TypedDict):
    """A run of text: in both (``equal``), only in the text after (``insert``), only in the one before (``delete``)."""

    op: Literal["equal", "insert", "delete"]
    text: str


def build_marks(before: str, after: str) -> list[Mark]:
    """Build the marks of two texts.

    The texts of ``equal`` and ``delete`` joined are ``before`` to the character, those of ``equal`` and ``insert`` are
    ``after``. Of neighbouring changes the deletion stands first. No mark is empty, and no two neighbours are of one kind.
    """
    old, new = _Words(before), _Words(after)
    writer = _Writer()
    place_old = place_new = 0
    for start_old, start_new, length in _choose_blocks(old, new):
        writer.delete(old.join(place_old, start_old))
        writer.insert(new.join(place_new, start_new))
        place_old, place_new = start_old + length, start_new + length
        if (shared := old.join(start_old, place_old)) == new.join(start_new, place_new):
            writer.keep(shared, shared)
            continue
        for was, now in zip(old.words[start_old:place_old], new.words[start_new:place_new], strict=True):
            writer.keep(was[0], now[0])
            writer.keep(was[1], now[1])
    writer.delete(old.join(place_old, len(old.words)))
    writer.insert(new.join(place_new, len(new.words)))
    writer.keep(old.rest, new.rest)
    return writer.finish()


class _Words:
    """A text as words with the white space before each; ``keys`` are what is compared."""

    def __init__(self, text: str) -> None:
        self.words: list[tuple[str, str]] = WORD.findall(text)
        self.keys = [word for _space, word in self.words]
        if INVISIBLE.search(text):
            self.keys = [strip_invisible(word) for word in self.keys]
        self.rest = text[len(text.rstrip()) :]

    def join(self, start: int, end: int) -> str:
        return "".join(chain.from_iterable(self.words[start:end]))


class _Writer:
    """Collects runs into marks."""

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self.deleted: list[str] = []
        self.inserted: list[str] = []

    def delete(self, text: str) -> None:
        self.deleted.append(text)

    def insert(self, text: str) -> None:
        self.inserted.append(text)

    def keep(self, was: str, now: str) -> None:
        """Take what stands in both texts, or what the comparison of words takes for the same: other white space."""
        if was != now:
            self.deleted.append(was)
            self.inserted.append(now)
        elif was:
            self._flush()
            self._append("equal", was)

    def finish(self) -> list[Mark]:
        self._flush()
        return self.marks

    def _flush(self) -> None:
        deleted, inserted = "".join(self.deleted), "".join(self.inserted)
        self.deleted, self.inserted = [], []
        if deleted and inserted:
            space = "".join(
                character for character, _ in takewhile(_is_shared_space, zip(deleted, inserted, strict=False))
            )
            self._append("equal", space)
            deleted, inserted = deleted[len(space) :], inserted[len(space) :]
        self._append("delete", deleted)
        self._append("insert", inserted)

    def _append(self, op: Literal["equal", "insert", "delete"], text: str) -> None:
        if text and self.marks and self.marks[-1]["op"] == op:
            self.marks[-1]["text"] += text
        elif text:
            self.marks.append({"op": op, "text": text})


def _is_shared_space(pair: tuple[str, str]) -> bool:
    return pair[0] == pair[1] and pair[0].isspace()


def _choose_blocks(old: _Words, new: _Words) -> list[Block]:
    """Choose the shared runs that make the difference easy to read."""
    blocks = _join_islands(_find_blocks(old.keys, new.keys), old, new)
    for place in range(len(blocks) - 1):
        block, following = blocks[place], blocks[place + 1]
        start = (block[0] + block[2], block[1] + block[2])
        if start[0] != following[0] and start[1] != following[1]:
            continue
        # A sentence that came or went keeps its own full stop, not that of the sentence before.
        words, side = (old.keys, 0) if start[0] != following[0] else (new.keys, 1)
        if words[start[side]] == words[following[side]] == ".":
            blocks[place] = (block[0], block[1], block[2] + 1)
            blocks[place + 1] = (following[0] + 1, following[1] + 1, following[2] - 1)
    return blocks


def _join_islands(blocks: Sequence[Block], old: _Words, new: _Words) -> list[Block]:
    """Leave out the few equal words that stand alone between larger changes: they make a reading no easier."""
    kept: list[Block] = []
    ends = [*blocks, (len(old.words), len(new.words), 0)]
    for block, following in pairwise(ends):
        start_old, start_new, length = block
        last_old, last_new, last_length = kept[-1] if kept else (0, 0, 0)
        width = len(old.join(start_old, start_old + length))
        changed_before = max(
            len(old.join(last_old + last_length, start_old)), len(new.join(last_new + last_length, start_new))
        )
        changed_after = max(
            len(old.join(start_old + length, following[0])), len(new.join(start_new + length, following[1]))
        )
        if length > ISLAND_WORDS or width > min(changed_before, changed_after):
            kept.append(block)
    return kept


def _find_blocks(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Find the runs two sequences share, in order and as long as they are: (place in old, place in new, length).

    Large ranges are divided at runs of words that occur once on either side (the idea of patience diff, with runs of up
    to eight words in place of lines); what is left between them is small enough for the standard library's matcher.
    """
    blocks: list[Block] = []
    ranges = [(0, len(old), 0, len(new))]
    while ranges:
        start_old, end_old, start_new, end_new = ranges.pop()
        longest = min(end_old - start_old, end_new - start_new)
        length = _count_shared(zip(range(start_old, end_old), range(start_new, end_new), strict=False), old, new)
        blocks.append((start_old, start_new, length))
        start_old, start_new = start_old + length, start_new + length
        if length == longest:
            continue
        backwards = zip(range(end_old - 1, start_old - 1, -1), range(end_new - 1, start_new - 1, -1), strict=False)
        length = _count_shared(backwards, old, new)
        end_old, end_new = end_old - length, end_new - length
        blocks.append((end_old, end_new, length))
        part_old, part_new = old[start_old:end_old], new[start_new:end_new]
        product = len(part_old) * len(part_new)
        if anchors := _find_anchors(part_old, part_new) if product > SMALL_PRODUCT else []:
            # Each range begins with an anchor, which the next turn takes as a shared beginning.
            places = [(0, 0), *anchors, (len(part_old), len(part_new))]
            ranges += [
                (start_old + first[0], start_old + following[0], start_new + first[1], start_new + following[1])
                for first, following in pairwise(places)
            ]
        elif product <= LARGEST_PRODUCT:
            found = SequenceMatcher(None, part_old, part_new, autojunk=False).get_matching_blocks()
            blocks += [(start_old + block.a, start_new + block.b, block.size) for block in found]
    return _join_neighbours(sorted(block for block in blocks if block[2]))


def _count_shared(places: Iterable[tuple[int, int]], old: Sequence[str], new: Sequence[str]) -> int:
    count = 0
    for place_old, place_new in places:
        if old[place_old] != new[place_new]:
            break
        count += 1
    return count


def _join_neighbours(blocks: Sequence[Block]) -> list[Block]:
    joined: list[Block] = []
    for start_old, start_new, length in blocks:
        last_old, last_new, last_length = joined[-1] if joined else (0, 0, 0)
        if joined and (last_old + last_length, last_new + last_length) == (start_old, start_new):
            joined[-1] = (last_old, last_new, last_length + length)
        else:
            joined.append((start_old, start_new, length))
    return joined


def _find_anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Find places at which the same run of words begins, once in either sequence; the longest run length that gives any."""
    for width in SHINGLES:
        places_old = dict(_list_unique(old, width))
        pairs = [(places_old[run], place) for run, place in _list_unique(new, width) if run in places_old]
        if pairs:
            return find_increasing(sorted(pairs))
    return []


def _list_unique(words: Sequence[str], width: int) -> Iterator[tuple[tuple[str, ...], int]]:
    runs = list(zip(*(words[offset:] for offset in range(width)), strict=False))
    counts = Counter(runs)
    return ((run, place) for place, run in enumerate(runs) if counts[run] == 1)
