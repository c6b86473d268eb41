"""The glossary for whoever checks, searches or explains."""

from collections import defaultdict

from cms.translation.enums import TermKind
from cms.translation.models import Term
from cms.translation.models.concept_rules import TermEntry

KIND_ORDER = {kind: place for place, kind in enumerate(TermKind.values)}


def list_entries(locale: str) -> tuple[TermEntry, ...]:
    """List the terms of one language by concept, the preferred one first."""
    rows = Term.objects.filter(locale=locale).values_list("concept__slug", "locale", "term", "kind")
    entries = (TermEntry(*row) for row in rows)
    return tuple(sorted(entries, key=lambda entry: (entry.concept, KIND_ORDER[entry.kind], entry.term)))


def list_synonyms(locale: str) -> list[list[str]]:
    """List the terms that mean the same in one language, the preferred one first; forbidden ones too, as people search for them."""
    terms: dict[str, list[str]] = defaultdict(list)
    for entry in list_entries(locale):
        terms[entry.concept].append(entry.term)
    return [names for names in terms.values() if len(names) > 1]
