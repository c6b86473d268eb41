"""Marking what matched, where the database searches: HTML in which only ``<mark>`` is markup."""

import re
from collections.abc import Sequence

from django.utils.html import escape

# Example: "‹skat›, told"
WORD = re.compile(r"\w+")
FRAGMENT_LENGTH = 180
# Shorter words are matched whole; of longer ones an ending may differ.
MIN_PREFIX_LENGTH = 3
STEM_ENDING = 2
MIN_STEM_LENGTH = 6


def fold(text: str) -> str:
    """Write small letters, and æ, ø and å out as the full-text index does."""
    return text.casefold().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")


def split_words(text: str) -> list[str]:
    """Split a query into folded words, each once."""
    return list(dict.fromkeys(fold(word) for word in WORD.findall(text)))


def mark(text: str, words: Sequence[str]) -> list[str]:
    """Mark the words in a whole text; nothing if none is there."""
    spans = _find_spans(text, words)
    return [_render(text, spans, 0, len(text))] if spans else []


def build_fragments(text: str, words: Sequence[str], count: int = 2) -> list[str]:
    """Cut the passages around the first matches out of a text."""
    fragments: list[str] = []
    spans = _find_spans(text, words)
    end = -1
    for start, _stop in spans:
        if start < end:
            continue
        begin = max(text.rfind(" ", 0, max(start - FRAGMENT_LENGTH // 3, 0)) + 1, 0)
        end = min(begin + FRAGMENT_LENGTH, len(text))
        end = text.rfind(" ", start, end) if end < len(text) and text.rfind(" ", start, end) > start else end
        fragments.append(_render(text, spans, begin, end))
        if len(fragments) == count:
            break
    return fragments


def _find_spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    return [(found.start(), found.end()) for found in WORD.finditer(text) if _matches(fold(found[0]), words)]


def _matches(token: str, words: Sequence[str]) -> bool:
    for word in words:
        if token == word or (len(word) >= MIN_PREFIX_LENGTH and token.startswith(word)):
            return True
        if len(word) >= MIN_STEM_LENGTH + STEM_ENDING and token.startswith(word[:-STEM_ENDING]):
            return True
    return False


def _render(text: str, spans: Sequence[tuple[int, int]], begin: int, end: int) -> str:
    pieces, place = [], begin
    for start, stop in spans:
        if begin <= start and stop <= end:
            pieces += [escape(text[place:start]), f"<mark>{escape(text[start:stop])}</mark>"]
            place = stop
    return "".join([*pieces, escape(text[place:end])])
