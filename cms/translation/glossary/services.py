"""The glossary for whoever checks, searches or explains."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from cms.core.languages import fallback_chain
from cms.translation.enums import TermKind
from cms.translation.models import Concept, Term
from cms.translation.models.concept_rules import TermEntry

KIND_ORDER = {kind: place for place, kind in enumerate(TermKind.values)}


def list_entries(locale: str) -> tuple[TermEntry, ...]:
    """List the terms of one language by concept, the preferred one first."""
    rows = Term.objects.filter(locale=locale).values_list("concept__slug", "locale", "term", "kind")
    entries = (TermEntry(*row) for row in rows)
    return tuple(sorted(entries, key=lambda entry: (entry.concept, KIND_ORDER[entry.kind], entry.term)))


@dataclass(frozen=True)
class NamedConcept:
    """A concept in one language: its preferred term, the others that may be used, and the definition, "" without one."""

    label: str
    locale: str
    synonyms: list[str]
    definition: str


def list_named_concepts(locale: str) -> Iterator[tuple[str, NamedConcept]]:
    """List the slugs of the concepts with how each is told of in the first language of the chain that has a preferred term."""
    for concept in Concept.objects.prefetch_related("terms", "definitions"):
        terms = sorted(concept.terms.all(), key=lambda term: (KIND_ORDER[term.kind], term.term))
        preferred = {term.locale: term.term for term in terms if term.kind == TermKind.PREFERRED}
        code = next((code for code in fallback_chain(locale) if code in preferred), None)
        if code is None:
            continue
        others = [term.term for term in terms if term.locale == code and term.kind in (TermKind.ADMITTED, TermKind.LAY)]
        definition = next((row.text for row in concept.definitions.all() if row.locale == code), "")
        yield concept.slug, NamedConcept(preferred[code], code, others, definition)


def list_other_terms(concepts: Collection[str], locales: Sequence[str]) -> list[TermEntry]:
    """List the terms of some concepts that texts may use, in the order of the languages, the preferred one first."""
    rows = Term.objects.filter(concept__slug__in=concepts, locale__in=locales).exclude(kind=TermKind.FORBIDDEN)
    entries = [TermEntry(*row) for row in rows.values_list("concept__slug", "locale", "term", "kind")]
    return sorted(entries, key=lambda entry: (locales.index(entry.locale), KIND_ORDER[entry.kind], entry.term))
