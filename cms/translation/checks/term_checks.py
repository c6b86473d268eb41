"""Check of one translated passage against the glossary: a required term that is missing, a forbidden one that stands there."""

from collections import defaultdict

from cms.translation.checks.findings import Finding, FindingKind
from cms.translation.checks.plain_passages import build_plain_passage
from cms.translation.enums import TermKind
from cms.translation.glossary.services import list_entries
from cms.translation.glossary.term_finder import get_finder
from cms.translation.glossary.term_forms import has_term, list_words
from cms.translation.models.concept_rules import TermEntry


class TermCheck:
    """The glossary from one language into another, read once for many passages."""

    def __init__(self, source_locale: str, locale: str) -> None:
        self.locale = locale
        source, target = list_entries(source_locale), list_entries(locale)
        # What is wrong to write in the source language names the concept nevertheless.
        self.source_finder = get_finder(source, source_locale)
        self.target_finder = get_finder(target, locale)
        self.allowed: dict[str, list[TermEntry]] = defaultdict(list)
        for entry in target:
            if entry.kind != TermKind.FORBIDDEN:
                self.allowed[entry.concept].append(entry)

    def check(self, source_html: str, target_html: str) -> list[Finding]:
        """Check one passage; a forbidden term counts where the source speaks of its concept, or where nothing else is called so."""
        source, target = build_plain_passage(source_html), build_plain_passage(target_html)
        concepts = {entry.concept: None for found in self.source_finder.iterate(source) for entry in found.entries}
        forbidden = self._list_forbidden(target, set(concepts))
        words = list_words(target, self.locale)
        missing = [
            Finding(FindingKind.TERM_MISSING, terms[0].term)
            for concept in concepts
            if (terms := self.allowed.get(concept))
            and not any(has_term(words, entry.term, self.locale) for entry in terms)
        ]
        said = {finding.expected for finding in forbidden}
        return [*forbidden, *(finding for finding in missing if finding.expected not in said)]

    def _list_forbidden(self, target: str, concepts: set[str]) -> list[Finding]:
        findings: dict[Finding, None] = {}
        for found in self.target_finder.iterate(target):
            wrong = [entry for entry in found.entries if entry.kind == TermKind.FORBIDDEN]
            is_right_elsewhere = len(wrong) < len(found.entries)
            for entry in wrong:
                if entry.concept in concepts or not is_right_elsewhere:
                    terms = self.allowed.get(entry.concept)
                    findings[Finding(FindingKind.TERM_FORBIDDEN, terms[0].term if terms else "", found.written)] = None
        return list(findings)
