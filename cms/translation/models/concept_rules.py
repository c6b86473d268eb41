"""Rules that hold of all terms of a concept together, for the form and the CSV file alike."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms.core.languages import LANGUAGES
from cms.core.unicode_text import clean_text
from cms.translation.enums import TermKind


@dataclass(frozen=True)
class TermEntry:
    """One term of a concept as it is written down."""

    concept: str
    locale: str
    term: str
    kind: str

    @property
    def key(self) -> tuple[str, str, str]:
        """Concept, language and folded term: the same term in capitals is no other."""
        return self.concept, self.locale, fold_term(self.term)


@dataclass(frozen=True)
class RuleBreak:
    """A rule that terms break, in words, with the term by which it was broken."""

    entry: TermEntry
    message: str


def fold_term(term: str) -> str:
    """Fold a term for comparison: no invisible characters, single blanks, no capitals."""
    return clean_text(term).casefold()


def list_rule_breaks(entries: Iterable[TermEntry]) -> Iterator[RuleBreak]:
    """List what is wrong with the terms of one or more concepts: doubles, contradictions, and a second preferred term."""
    seen: dict[tuple[str, str, str], TermEntry] = {}
    preferred: dict[tuple[str, str], TermEntry] = {}
    for entry in entries:
        language = LANGUAGES[entry.locale].endonym
        values = {"term": entry.term, "language": language, "concept": entry.concept}
        other = seen.setdefault(entry.key, entry)
        if other is not entry:
            if other.kind == entry.kind:
                message = _("“%(term)s” stands twice in %(language)s of the concept %(concept)s.") % values
            else:
                message = _(
                    "“%(term)s” cannot be both %(one)s and %(other)s in %(language)s of the concept %(concept)s."
                ) % {**values, "one": TermKind(other.kind).label.lower(), "other": TermKind(entry.kind).label.lower()}
            yield RuleBreak(entry, message)
            continue
        if entry.kind != TermKind.PREFERRED:
            continue
        first = preferred.setdefault((entry.concept, entry.locale), entry)
        if first is not entry:
            message = _(
                "the concept %(concept)s has two preferred terms in %(language)s: “%(first)s” and “%(term)s”."
            ) % {**values, "first": first.term}
            yield RuleBreak(entry, message)
