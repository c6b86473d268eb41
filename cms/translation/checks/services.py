"""Checks of translated passages, for whoever shows, imports or releases them."""

from cms.translation.checks.findings import Finding
from cms.translation.checks.passage_checks import check_facts


def check_passage(source_html: str, target_html: str, source_locale: str, locale: str) -> list[Finding]:
    """Check a translated passage against its source; what blocks stands first."""
    return check_facts(source_html, target_html, source_locale, locale)
