"""Notes for translators: the terms of the glossary that a passage of the source calls for."""

from collections import defaultdict

from django.utils.translation import gettext as _

from cms.translation.enums import TermKind
from cms.translation.glossary.services import list_entries
from cms.translation.glossary.term_finder import get_finder


class TermNotes:
    """Notes from one language into another; the glossary is read once for many passages."""

    def __init__(self, source_locale: str, locale: str) -> None:
        self.finder = get_finder(list_entries(source_locale), source_locale)
        self.allowed: dict[str, list[str]] = defaultdict(list)
        self.forbidden: dict[str, list[str]] = defaultdict(list)
        for entry in list_entries(locale):
            terms = self.forbidden if entry.kind == TermKind.FORBIDDEN else self.allowed
            terms[entry.concept].append(entry.term)

    def list_notes(self, text: str) -> list[str]:
        """List a note for each term of a plain text that has one in the other language, in the order of the text."""
        notes: dict[str, str] = {}
        for found in self.finder.iterate(text):
            for entry in found.entries:
                if entry.concept not in notes and (note := self._write(entry.concept, found.written)):
                    notes[entry.concept] = note
        return list(notes.values())

    def _write(self, concept: str, written: str) -> str:
        allowed, forbidden = self.allowed.get(concept), self.forbidden.get(concept)
        values = {"term": written, "allowed": ", ".join(allowed or ()), "forbidden": ", ".join(forbidden or ())}
        if allowed and forbidden:
            return _("Glossary: “%(term)s” is “%(allowed)s”, not “%(forbidden)s”") % values
        if allowed:
            return _("Glossary: “%(term)s” is “%(allowed)s”") % values
        return _("Glossary: “%(term)s” is not “%(forbidden)s”") % values if forbidden else ""
