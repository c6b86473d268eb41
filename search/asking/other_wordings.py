"""A query in other words of the glossary: who asks for a "yellow card" also asks for a "health insurance card"."""

from collections import defaultdict

from cms.translation.glossary.services import list_entries, list_other_terms
from cms.translation.glossary.term_finder import get_finder
from cms.translation.glossary.term_forms import fold
from search.asking.query import SearchQuery

# Each is one more clause of the request to the engine.
MAX_WORDINGS = 12


def list_other_wordings(query: SearchQuery) -> list[str]:
    """List a query in other words: each of its terms replaced by one that means the same, in the languages an answer may be in.

    The query stays as it is beside its term, so that "yellow card lost" asks for a lost health insurance card.
    """
    text = fold(query.text, query.locale)
    found = list(get_finder(list_entries(query.locale), query.locale).iterate(text))
    concepts = {entry.concept for term in found for entry in term.entries}
    others: dict[str, list[str]] = defaultdict(list)
    if concepts:
        for entry in list_other_terms(concepts, query.chain):
            others[entry.concept].append(entry.term)
    wordings = [
        text.replace(term.written, other, 1)
        for term in found
        for concept in dict.fromkeys(entry.concept for entry in term.entries)
        for other in others[concept]
    ]
    return [wording for wording in dict.fromkeys(wordings) if wording.casefold() != text.casefold()][:MAX_WORDINGS]
