"""Terms of one language in running text, each word looked up by how it begins."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from cms.translation.glossary.term_forms import ARABIC_PREFIX, KEY_LENGTH, WORD, build_exact_form, fold
from cms.translation.models.concept_rules import TermEntry


@dataclass(frozen=True)
class FoundTerm:
    """A term where it stands, in the form in which it stands there. Several concepts may share it."""

    written: str
    entries: tuple[TermEntry, ...]


class TermFinder:
    """Finds the terms of one language; of those that begin at one word the longest counts, and none overlap.

    The time grows with the words of the text, not with the number of terms.
    """

    def __init__(self, entries: Iterable[TermEntry], locale: str) -> None:
        self.locale = locale
        self.forms: dict[str, list[tuple[re.Pattern[str], TermEntry]]] = {}
        for entry in entries:
            start, pattern = build_exact_form(entry.term, locale)
            self.forms.setdefault(start, []).append((pattern, entry))
        self.short = {start for start in self.forms if len(start) < KEY_LENGTH}

    def iterate(self, text: str) -> Iterator[FoundTerm]:
        """Iterate over the terms of a plain text."""
        text = fold(text, self.locale)
        end = 0
        for word in WORD.finditer(text):
            if word.start() < end:
                continue
            found = [
                (match.end(), match[0], entry)
                for start in self._list_starts(word[0])
                for pattern, entry in self.forms.get(start, ())
                if (match := pattern.match(text, word.start()))
            ]
            if found:
                end = max(found, key=lambda entry: entry[0])[0]
                written = text[word.start() : end]
                yield FoundTerm(written, tuple(entry for its_end, _, entry in found if its_end == end))

    def _list_starts(self, word: str) -> list[str]:
        start = word[:KEY_LENGTH].casefold()
        starts = [start, *(short for short in self.short if start.startswith(short) and short != start)]
        if self.locale == "ar":
            starts.append(ARABIC_PREFIX.sub("", word)[:KEY_LENGTH])
        return starts


@lru_cache(maxsize=32)
def get_finder(entries: tuple[TermEntry, ...], locale: str) -> TermFinder:
    """Get the finder of some terms; equal terms share one, so nothing has to be told when the glossary changes."""
    return TermFinder(entries, locale)
