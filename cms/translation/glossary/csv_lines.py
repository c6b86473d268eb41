"""The glossary's CSV file, read line by line: ``concept,locale,term,kind``, and ``definition`` where the file has that column.

UTF-8, with or without a byte order mark; a file saved with ``;`` between its columns, as Danish spreadsheets do, is read too.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.translation import gettext as _

from cms.core.languages import LANGUAGES
from cms.core.unicode_text import clean_text, normalise_text
from cms.translation.enums import TermKind
from cms.translation.models.concept_rules import TermEntry, list_rule_breaks
from cms.translation.models.glossary import DEFINITION_LENGTH, TERM_LENGTH

COLUMNS = ("concept", "locale", "term", "kind")
DEFINITION = "definition"
SLUG_LENGTH = 60


@dataclass(frozen=True)
class LineError:
    """One line that is wrong, and why."""

    line: int
    message: str

    def __str__(self) -> str:
        return _("line %(line)s: %(message)s") % {"line": self.line, "message": self.message}


@dataclass
class GlossaryFile:
    """All that a file says; ``definitions`` by concept and language. Nothing may be imported while there are errors."""

    entries: dict[TermEntry, int] = field(default_factory=dict)
    definitions: dict[tuple[str, str], str] = field(default_factory=dict)
    errors: list[LineError] = field(default_factory=list)


def read_glossary(raw: bytes) -> GlossaryFile:
    """Read a file; everything that is wrong with it is listed, in the order of its lines."""
    found = GlossaryFile()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        found.errors.append(LineError(line, _("the file is not UTF-8; save it as “CSV UTF-8”.")))
        return found
    rows = _iterate_rows(text, found)
    header = tuple(name.strip().lower() for name in next(rows, (1, []))[1])
    if header not in (COLUMNS, (*COLUMNS, DEFINITION)):
        message = _("the first line has to be “%(header)s”.") % {"header": ",".join(COLUMNS)}
        found.errors.insert(0, LineError(1, message))
        return found
    doubles: list[tuple[TermEntry, int]] = []
    for line, row in rows:
        if not any(value.strip() for value in row):
            continue
        problems = list(_list_problems(row, len(header)))
        found.errors += [LineError(line, problem) for problem in problems]
        if not problems:
            _keep_row(row, line, found, doubles)
    lines: dict[int, int] = {id(entry): line for entry, line in doubles}
    for broken in list_rule_breaks(entry for entry, _line in doubles):
        found.errors.append(LineError(lines[id(broken.entry)], broken.message))
    found.errors.sort(key=lambda error: error.line)
    return found


def _iterate_rows(text: str, found: GlossaryFile) -> Iterator[tuple[int, list[str]]]:
    """Iterate over rows with the line each begins on; an error of the CSV itself ends the file."""
    first = text.partition("\n")[0]
    reader = csv.reader(
        StringIO(text, newline=""), delimiter=";" if ";" in first and "," not in first else ",", strict=True
    )
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        found.errors.append(LineError(line, _("this is no CSV: %(error)s.") % {"error": error}))


def _list_problems(row: Sequence[str], width: int) -> Iterator[str]:
    if len(row) != width:
        yield _("it has %(found)s columns instead of %(wanted)s.") % {"found": len(row), "wanted": width}
        return
    concept, locale, term, kind = (clean_text(value) for value in row[:4])
    try:
        validate_slug(concept)
    except ValidationError:
        yield _("“%(value)s” is no name of a concept: letters without accents, digits and hyphens.") % {
            "value": concept
        }
    if len(concept) > SLUG_LENGTH:
        yield _("the concept’s name is longer than %(count)s characters.") % {"count": SLUG_LENGTH}
    if locale not in LANGUAGES:
        yield _("there is no language “%(value)s”; there are %(known)s.") % {
            "value": locale,
            "known": ", ".join(LANGUAGES),
        }
    if not term:
        yield _("the term is missing.")
    elif len(term) > TERM_LENGTH:
        yield _("the term is longer than %(count)s characters.") % {"count": TERM_LENGTH}
    if kind not in TermKind.values:
        yield _("there is no kind “%(value)s”; there are %(known)s.") % {
            "value": kind,
            "known": ", ".join(TermKind.values),
        }
    if len(row) > len(COLUMNS) and len(row[4].strip()) > DEFINITION_LENGTH:
        yield _("the definition is longer than %(count)s characters.") % {"count": DEFINITION_LENGTH}


def _keep_row(row: Sequence[str], line: int, found: GlossaryFile, doubles: list[tuple[TermEntry, int]]) -> None:
    concept, locale, kind = (clean_text(row[place]) for place in (0, 1, 3))
    entry = TermEntry(concept, locale, normalise_text(" ".join(row[2].split())), kind)
    doubles.append((entry, line))
    found.entries.setdefault(entry, line)
    definition = normalise_text(" ".join(row[4].split())) if len(row) > len(COLUMNS) else ""
    if not definition:
        return
    if found.definitions.setdefault((concept, locale), definition) != definition:
        message = _("the concept %(concept)s has two definitions in %(language)s.")
        found.errors.append(LineError(line, message % {"concept": concept, "language": LANGUAGES[locale].endonym}))
