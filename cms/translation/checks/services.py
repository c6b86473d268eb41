"""Checks of translated passages, for whoever shows, imports or releases them."""

from cms.translation.checks.findings import Finding
from cms.translation.checks.passage_checks import check_facts
from cms.translation.checks.term_checks import TermCheck


class PassageChecker:
    """The checks from one language into another; one instance reads the glossary once for many passages."""

    def __init__(self, source_locale: str, locale: str) -> None:
        self.source_locale, self.locale = source_locale, locale
        self.terms = TermCheck(source_locale, locale)

    def check(self, source_html: str, target_html: str) -> list[Finding]:
        """Check a translated passage against its source; what blocks stands first."""
        findings = check_facts(source_html, target_html, self.source_locale, self.locale)
        findings += self.terms.check(source_html, target_html)
        return sorted(findings, key=lambda finding: not finding.is_blocking)


def check_passage(source_html: str, target_html: str, source_locale: str, locale: str) -> list[Finding]:
    """Check one translated passage; for many, ``PassageChecker`` reads the glossary once."""
    return PassageChecker(source_locale, locale).check(source_html, target_html)
