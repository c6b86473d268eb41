"""Terms of one language in running text, each word looked up by how it begins."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from cms.translation.glossary.term_forms import build_exact_form, build_start_pattern, fold, lower
from cms.translation.models.concept_rules import TermEntry


@dataclass(frozen=True)
class FoundTerm:
    """A term where it stands, in the form in which it stands there. Several concepts may share it."""

    written: str
    entries: tuple[TermEntry, ...]


class TermFinder:
    """Finds the terms of one language; of those that begin at one word the longest counts, and none overlap.

    One pattern looks for words that begin as a term does, and only there the terms themselves are tried, so the time grows with
    the words of the text and hardly with the number of terms.
    """

    def __init__(self, entries: Iterable[TermEntry], locale: str) -> None:
        self.locale = locale
        self.forms: dict[str, list[tuple[re.Pattern[str], TermEntry]]] = {}
        for entry in entries:
            start, pattern = build_exact_form(entry.term, locale)
            self.forms.setdefault(start, []).append((pattern, entry))
        self.starts = build_start_pattern(self.forms, locale)

    def iterate(self, text: str) -> Iterator[FoundTerm]:
        """Iterate over the terms of a plain text."""
        text = fold(text, self.locale)
        end = 0
        for start in self.starts.finditer(lower(text)):
            if start.start() < end:
                continue
            found = [
                (match.end(), entry)
                for pattern, entry in self.forms[start[1]]
                if (match := pattern.match(text, start.start()))
            ]
            if found:
                end = max(its_end for its_end, _entry in found)
                yield FoundTerm(text[start.start() : end], tuple(entry for its_end, entry in found if its_end == end))


@lru_cache(maxsize=32)
def get_finder(entries: tuple[TermEntry, ...], locale: str) -> TermFinder:
    """Get the finder of some terms; equal terms share one, so nothing has to be told when the glossary changes."""
    return TermFinder(entries, locale)
