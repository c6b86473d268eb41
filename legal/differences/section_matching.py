"""Matching of the sections of two texts of an act, whatever number a section has in either."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from cms.core.unicode_text import clean_text
from legal.differences.ministries import mask_ministries

SIMILAR = 0.9
# Among sections that all moved along, less is needed to know one again.
SIMILAR_IN_LINE = 0.6
# Between two similar candidates the section of the same number is preferred, then the one in the same chapter.
SAME_NUMBER_BONUS = 0.05
SAME_CHAPTER_BONUS = 0.02

_NUMBER = r"\d+(?:\s?[a-zæøå](?=[\s.,;:)-]|$))?"
# Example: "jf. ‹§§ 9 a og 9 c›, stk. 2"
# Example: "efter ‹§ 12›."
_REFERENCE = re.compile(rf"§{{1,2}}\s*{_NUMBER}(?:\s*(?:,|og|eller|til|-|–)\s*{_NUMBER})*")
# Example: "‹loven› gælder"
_WORD = re.compile(r"\w+")
# Example: "‹(Ophævet)›"
_REPEALED = re.compile(r"\W*(?:ophævet|ophæves|udgået|udeladt|udelades)?\W*", re.IGNORECASE)


@dataclass(frozen=True)
class DiffSection:
    """One section as it is compared: how it is cited ("9 a"), the chapter ("" for none) and the text as delivered."""

    section: str
    chapter: str
    text: str
    label: str = ""

    @cached_property
    def body(self) -> str:
        """The text without its own number: neither at its beginning nor where it refers to itself."""
        text = self.text.removeprefix(self.label) if self.label else self.text
        return self._own_number.sub("§", text)

    @cached_property
    def signature(self) -> str:
        """The text that stays when other sections move around this one: no numbers of sections, no names of ministries."""
        return mask_ministries(_REFERENCE.sub("§", clean_text(self.body))).casefold()

    @cached_property
    def words(self) -> Counter[str]:
        """The words of the signature with their counts."""
        return Counter(_WORD.findall(self.signature))

    @cached_property
    def length(self) -> int:
        """The number of words."""
        return self.words.total()

    @cached_property
    def is_empty(self) -> bool:
        """Say whether only the place is left ("(Ophævet)"): such sections are all alike and never move."""
        return _REPEALED.fullmatch(self.signature.replace("§", "")) is not None

    @cached_property
    def _own_number(self) -> re.Pattern[str]:
        spaced = r"\s?".join(map(re.escape, self.section.split()))
        return re.compile(rf"§+\s*{spaced}(?![^\W_])", re.IGNORECASE)


def measure_similarity(before: DiffSection, after: DiffSection) -> float:
    """Measure how many words two sections share: 1 for all, 0 for none (Sørensen-Dice over words with their counts)."""
    total = before.length + after.length
    return 2 * (before.words & after.words).total() / total if total else 1.0


def match_sections(before: Sequence[DiffSection], after: Sequence[DiffSection]) -> list[tuple[int, int]]:
    """Match the sections of two texts: pairs of places in ``before`` and ``after``, in the order of ``after``.

    The best evidence goes first: the same number and text; the same text but for numbers and names, under the same number
    and then under another; nearly the same text; a similar text beside one that moved; at last the same number with
    whatever text. A number printed twice in one text is told apart by its chapter, and within it by its order.
    """
    matching = _Matching(before, after)
    identities = _list_identities(before, after)
    matching.pair(lambda entry, place, side: (identities[side][place], entry.text))
    matching.pair(lambda entry, place, side: (identities[side][place], entry.signature))
    matching.pair(lambda entry, place, side: None if entry.is_empty else (entry.chapter, entry.signature))
    matching.pair(lambda entry, place, side: None if entry.is_empty else entry.signature)
    matching.pair_similar(identities)
    matching.pair_in_line(identities)
    matching.pair(lambda entry, place, side: identities[side][place])
    matching.pair(lambda entry, place, side: entry.section)
    return sorted(matching.pairs, key=lambda pair: pair[1])


Key = Callable[[DiffSection, int, int], Hashable | None]
Identities = tuple[Sequence[Hashable], Sequence[Hashable]]


class _Matching:
    """Pairs matched so far, and the sections on either side that are still without a partner."""

    def __init__(self, before: Sequence[DiffSection], after: Sequence[DiffSection]) -> None:
        self.sides = (before, after)
        self.open: tuple[dict[int, None], dict[int, None]] = (
            dict.fromkeys(range(len(before))),
            dict.fromkeys(range(len(after))),
        )
        self.pairs: list[tuple[int, int]] = []

    def pair(self, build_key: Key) -> None:
        """Pair what has the same key, in order; ``None`` is no key."""
        places: defaultdict[Hashable, list[int]] = defaultdict(list)
        for place in reversed(self.open[0]):
            places[build_key(self.sides[0][place], place, 0)].append(place)
        for place in list(self.open[1]):
            key = build_key(self.sides[1][place], place, 1)
            if key is not None and places.get(key):
                self._close(places[key].pop(), place)

    def pair_similar(self, identities: Identities) -> None:
        """Pair what shares nearly all words, the most similar first; a near tie goes to number, chapter, then nearness."""
        places = {identity: place for place, identity in enumerate(identities[0])}
        for place_after in list(self.open[1]):
            place_before = places.get(identities[1][place_after])
            # No other candidate can reach what these score, and most sections are done with.
            if place_before in self.open[0] and self._is_certain(place_before, place_after):
                self._close(place_before, place_after)
        candidates = [
            (-score, abs(place_before - place_after), place_before, place_after)
            for place_before in self.open[0]
            for place_after in self.open[1]
            if (score := self._score(place_before, place_after, identities)) is not None
        ]
        for _score, _distance, place_before, place_after in sorted(candidates):
            if place_before in self.open[0] and place_after in self.open[1]:
                self._close(place_before, place_after)

    def pair_in_line(self, identities: Identities) -> None:
        """Pair similar sections that stand next to one that got another number, from there outwards."""
        numbers = [{identity: place for place, identity in enumerate(side)} for side in identities]
        moved = [pair for pair in self.pairs if identities[0][pair[0]] != identities[1][pair[1]]]
        while moved:
            place_before, place_after = moved.pop()
            for step in (-1, 1):
                pair = (place_before + step, place_after + step)
                if pair[0] not in self.open[0] or pair[1] not in self.open[1]:
                    continue
                rivals = [
                    self._measure(pair[0], numbers[1].get(identities[0][pair[0]])),
                    self._measure(numbers[0].get(identities[1][pair[1]]), pair[1]),
                ]
                if self._measure(*pair) > max(SIMILAR_IN_LINE, *rivals):
                    self._close(*pair)
                    moved.append(pair)

    def _measure(self, place_before: int | None, place_after: int | None) -> float:
        """Measure two sections that are both without a partner; others are not similar at all."""
        if place_before not in self.open[0] or place_after not in self.open[1]:
            return 0.0
        return measure_similarity(self.sides[0][place_before], self.sides[1][place_after])

    def _is_certain(self, place_before: int, place_after: int) -> bool:
        similarity = measure_similarity(self.sides[0][place_before], self.sides[1][place_after])
        return similarity + SAME_NUMBER_BONUS >= 1 + SAME_CHAPTER_BONUS

    def _score(self, place_before: int, place_after: int, identities: Identities) -> float | None:
        before, after = self.sides[0][place_before], self.sides[1][place_after]
        is_same = identities[0][place_before] == identities[1][place_after]
        if not is_same and (not _may_be_similar(before, after) or before.is_empty or after.is_empty):
            return None
        similarity = measure_similarity(before, after)
        if similarity < SIMILAR:
            return None
        return similarity + is_same * SAME_NUMBER_BONUS + (before.chapter == after.chapter) * SAME_CHAPTER_BONUS

    def _close(self, place_before: int, place_after: int) -> None:
        del self.open[0][place_before], self.open[1][place_after]
        self.pairs.append((place_before, place_after))


def _may_be_similar(before: DiffSection, after: DiffSection) -> bool:
    """Say whether two lengths leave room for enough shared words; most pairs are told apart by that alone."""
    shorter, longer = sorted((before.length, after.length))
    return 2 * shorter >= SIMILAR * (shorter + longer)


def _list_identities(before: Sequence[DiffSection], after: Sequence[DiffSection]) -> Identities:
    """List what each section is known by: its number, with chapter and order where a number is printed twice."""
    repeated = _list_repeated(before) | _list_repeated(after)
    return _identify(before, repeated), _identify(after, repeated)


def _list_repeated(sections: Iterable[DiffSection]) -> set[str]:
    return {section for section, count in Counter(entry.section for entry in sections).items() if count > 1}


def _identify(sections: Sequence[DiffSection], repeated: set[str]) -> list[Hashable]:
    counts: Counter[tuple[str, str]] = Counter()
    identities: list[Hashable] = []
    for entry in sections:
        key = (entry.chapter, entry.section)
        counts[key] += 1
        identities.append((*key, counts[key]) if entry.section in repeated else entry.section)
    return identities
