"""Import and export of the glossary as one CSV file."""

import csv
from dataclasses import dataclass
from io import StringIO

from django.db import transaction
from django.utils.translation import gettext as _

from cms.core.languages import LANGUAGES
from cms.translation.enums import TermKind
from cms.translation.glossary.csv_lines import COLUMNS, DEFINITION, GlossaryFile, LineError, read_glossary
from cms.translation.models.concept_rules import TermEntry, list_rule_breaks
from cms.translation.models.glossary import Concept, Definition, Term


class GlossaryRefusedError(Exception):
    """The file is wrong and nothing was imported; ``errors`` says why, line by line."""

    def __init__(self, errors: list[LineError]) -> None:
        super().__init__(_("%(count)s errors; nothing was imported.") % {"count": len(errors)})
        self.errors = errors


@dataclass
class GlossaryReport:
    """Counts of what an import did to terms and definitions."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0

    def __str__(self) -> str:
        return _("%(added)s added, %(changed)s changed, %(removed)s removed, %(unchanged)s unchanged") % vars(self)


@transaction.atomic
def import_glossary(raw: bytes, *, is_replacing: bool = False) -> GlossaryReport:
    """Import a file: all of it or nothing. What it does not name is kept, or removed where it replaces everything.

    Raises:
        GlossaryRefusedError: if a line is wrong, or contradicts a term that is kept.
    """
    found = read_glossary(raw)
    if not found.errors and not is_replacing:
        found.errors += _list_contradictions(found)
    if found.errors:
        raise GlossaryRefusedError(found.errors)
    report = store_glossary(found)
    if is_replacing:
        _remove_others(found, report)
    return report


def store_glossary(found: GlossaryFile) -> GlossaryReport:
    """Store what a file without errors says; nothing is removed."""
    report = GlossaryReport()
    concepts = {concept.slug: concept for concept in Concept.objects.all()}
    for slug in dict.fromkeys(entry.concept for entry in found.entries):
        if slug not in concepts:
            concepts[slug] = Concept.objects.create(slug=slug)
    _store_terms(found, concepts, report)
    _store_definitions(found, concepts, report)
    return report


def export_glossary(*, has_definitions: bool = False) -> str:
    """Export every term in the order of concepts, languages and kinds; importing the file again changes nothing."""
    definitions = {(row.concept_id, row.locale): row.text for row in Definition.objects.all()}
    languages, kinds = list(LANGUAGES), TermKind.values
    terms = sorted(
        Term.objects.select_related("concept"),
        key=lambda term: (term.concept.slug, languages.index(term.locale), kinds.index(term.kind), term.term),
    )
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*COLUMNS, DEFINITION] if has_definitions else COLUMNS)
    for term in terms:
        row = [term.concept.slug, term.locale, term.term, term.kind]
        # Once for each language, on the line of its first term.
        definition = [definitions.pop((term.concept_id, term.locale), "")] if has_definitions else []
        writer.writerow(row + definition)
    return text.getvalue()


def _list_contradictions(found: GlossaryFile) -> list[LineError]:
    """List the lines that contradict what is kept: another preferred term of the concept in that language."""
    keys = {entry.key for entry in found.entries}
    kept = [entry for entry in _list_stored() if entry.key not in keys]
    # The kept ones stand first, so that the line of the file is the one that breaks the rule.
    return [
        LineError(
            found.entries[broken.entry],
            _("%(message)s One is not in the file: “--replace” removes it.") % {"message": broken.message},
        )
        for broken in list_rule_breaks([*kept, *found.entries])
    ]


def _list_stored() -> list[TermEntry]:
    return [
        TermEntry(term.concept.slug, term.locale, term.term, term.kind)
        for term in Term.objects.select_related("concept")
    ]


def _store_terms(found: GlossaryFile, concepts: dict[str, Concept], report: GlossaryReport) -> None:
    stored = {
        TermEntry(term.concept.slug, term.locale, term.term, term.kind).key: term
        for term in Term.objects.select_related("concept")
    }
    added = []
    for entry in found.entries:
        term = stored.get(entry.key)
        if term is None:
            added.append(Term(concept=concepts[entry.concept], locale=entry.locale, term=entry.term, kind=entry.kind))
        elif (term.term, term.kind) != (entry.term, entry.kind):
            term.term, term.kind = entry.term, entry.kind
            term.save()
            report.changed += 1
        else:
            report.unchanged += 1
    Term.objects.bulk_create(added)
    report.added += len(added)


def _store_definitions(found: GlossaryFile, concepts: dict[str, Concept], report: GlossaryReport) -> None:
    stored = {(row.concept.slug, row.locale): row for row in Definition.objects.select_related("concept")}
    added = []
    for (slug, locale), text in found.definitions.items():
        row = stored.get((slug, locale))
        if row is None:
            added.append(Definition(concept=concepts[slug], locale=locale, text=text))
        elif row.text != text:
            row.text = text
            row.save()
            report.changed += 1
        else:
            report.unchanged += 1
    Definition.objects.bulk_create(added)
    report.added += len(added)


def _remove_others(found: GlossaryFile, report: GlossaryReport) -> None:
    """Remove the terms the file does not name, and the concepts of which it names none."""
    keys = {entry.key for entry in found.entries}
    for term in Term.objects.select_related("concept"):
        if TermEntry(term.concept.slug, term.locale, term.term, term.kind).key not in keys:
            term.delete()
            report.removed += 1
    Concept.objects.exclude(slug__in={entry.concept for entry in found.entries}).delete()
