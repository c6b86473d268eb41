"""Words of the field that stand in a released text, explained to its reader from the glossary."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cms.core.html_reader import read_text
from cms.core.languages import SOURCE_LANGUAGE
from cms.translation.enums import TermKind
from cms.translation.glossary.services import list_entries
from cms.translation.glossary.term_finder import get_finder
from cms.translation.models import Definition, Term

SHOWN_AT_ONCE = 6


@dataclass(frozen=True)
class ExplainedWord:
    """One concept in the reader's language; ``danish`` is its official name, "" for readers of Danish.

    ``written`` is its name in the language ``locale`` of the text, "" where that is Danish or the reader's own.
    """

    term: str
    everyday: tuple[str, ...]
    definition: str
    danish: str
    written: str = ""
    locale: str = ""


@dataclass(frozen=True)
class WordHelp:
    """The words of a text in the order in which they stand there: those that are shown at once, and the others."""

    first: tuple[ExplainedWord, ...]
    others: tuple[ExplainedWord, ...]


def build_word_help(document: Mapping[str, Any], locale: str) -> WordHelp | None:
    """Build the help for a released document, for a reader of ``locale``; ``None`` where nothing is to be explained.

    The text is read in its own language, which is another one where the reader gets it as a fallback.
    """
    content_locale = str(document["locale"])
    entries = list_entries(content_locale)
    if not entries:
        return None
    text = read_text(f"{document.get('answer', '')} {document.get('html', '')}")
    found = get_finder(entries, content_locale).iterate(text)
    concepts = list(dict.fromkeys(entry.concept for term in found for entry in term.entries))
    words = _list_words(concepts, locale, content_locale)
    return WordHelp(tuple(words[:SHOWN_AT_ONCE]), tuple(words[SHOWN_AT_ONCE:])) if words else None


def _list_words(concepts: list[str], locale: str, content_locale: str) -> list[ExplainedWord]:
    """List the concepts that can be told of in a language; one whose name alone is known there needs no help."""
    terms: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    rows = Term.objects.filter(concept__slug__in=concepts, locale__in={locale, content_locale, SOURCE_LANGUAGE})
    for concept, *rest in rows.order_by("term").values_list("concept__slug", "locale", "kind", "term"):
        terms[concept, rest[0], rest[1]].append(rest[2])
    told = Definition.objects.filter(concept__slug__in=concepts, locale=locale)
    definitions = dict(told.values_list("concept__slug", "text"))
    words = []
    for concept in concepts:
        names = terms[concept, locale, TermKind.PREFERRED]
        danish = terms[concept, SOURCE_LANGUAGE, TermKind.PREFERRED]
        if names:
            official = danish[0] if danish and danish != names else ""
            everyday = tuple(terms[concept, locale, TermKind.LAY])
            written = (
                ()
                if content_locale in (locale, SOURCE_LANGUAGE)
                else terms[concept, content_locale, TermKind.PREFERRED]
            )
            in_text = next(iter(written), "")
            definition = definitions.get(concept, "")
            words.append(ExplainedWord(names[0], everyday, definition, official, in_text, content_locale))
    return [word for word in words if word.everyday or word.definition or word.danish]
