"""Longest increasing subsequence of pairs of places, for the word comparison."""

from bisect import bisect_left
from collections.abc import Sequence


def find_increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Find the longest choice of pairs in which both places increase; ``pairs`` are sorted by their first, which differ.

    Patience sorting, O(n log n).
    """
    tops: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for index, (_first, second) in enumerate(pairs):
        pile = bisect_left(tops, second)
        previous.append(ends[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(second)
            ends.append(index)
        else:
            tops[pile], ends[pile] = second, index
    chain = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(pairs[index])
        index = previous[index]
    return chain[::-1]
