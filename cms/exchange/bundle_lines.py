"""Reading the lines of a bundle: JSON, then the schema, then what only the whole file and the site can tell."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

from cms.core.json_lines import RepeatedKeyError, parse_json_line, strip_byte_order_mark
from cms.core.models import Audience, Consortium, Figure, FocusArea, Municipality, Topic
from cms.exchange.bundle_report import ImportReport
from cms.exchange.models import SourceRecord
from cms.exchange.registry import RecordKind, bundle_registry
from cms.exchange.schema import DEFINITIONS, WITHDRAWAL_SCHEMA, build_line_schema
from cms.publication.registry import registry

INHERITED = ("topics", "audiences", "focus_areas", "consortium", "municipalities", "visibility")
# What stands in these may be empty in a draft, though a text needs it at publication.
MAY_LACK = {"blocks", "fields", "citations"}
# The kinds of lines that bring what these values of a page name.
BRINGING_KINDS = {
    "topics": "topic",
    "audiences": "audience",
    "focus_areas": "focus-area",
    "municipalities": "municipality",
    "consortium": "organisation",
}
Key = tuple[Any, ...]


@dataclass(frozen=True)
class BundleLine:
    """One line that passed the schema."""

    number: int
    values: Mapping[str, Any]

    @property
    def source_id(self) -> str:
        """The line's source id."""
        return str(self.values["source_id"])

    @property
    def locale(self) -> str:
        """The line's language."""
        return str(self.values["locale"])

    @property
    def is_withdrawal(self) -> bool:
        """Say whether the line takes something away."""
        return "withdraw" in self.values

    @property
    def record_kind(self) -> RecordKind | None:
        """The kind of figure, file or block the line brings; ``None`` if it brings a page or takes something away."""
        return bundle_registry.records.get(self.values.get("kind", ""))

    @property
    def is_page(self) -> bool:
        """Say whether the line brings a page."""
        return not self.is_withdrawal and self.record_kind is None

    @property
    def is_mirror(self) -> bool:
        """Say whether the line brings only a place in the tree of another language, where the source's text stands in."""
        return "mirror" in self.values

    @property
    def is_published(self) -> bool:
        """Say whether the line releases what it brings."""
        return bool(self.values.get("publish", True))

    @property
    def applies_from(self) -> date | None:
        """The first day, or ``None`` for the day of release."""
        value = self.values.get("applies_from")
        return date.fromisoformat(value) if value else None

    @property
    def applies_until(self) -> date | None:
        """The last day, or ``None``."""
        value = self.values.get("applies_until")
        return date.fromisoformat(value) if value else None

    @property
    def key(self) -> Key:
        """Get the key that may stand only once in a file."""
        if self.record_kind is not None:
            return (self.source_id, self.record_kind.name, self.values.get("locale"), self.is_published)
        kind = "withdraw" if self.is_withdrawal else self.is_published
        return (self.source_id, self.locale, self.values.get("applies_from"), kind)

    @property
    def rank(self) -> Key:
        """Rank the line in the order of import: records, sources, translations, withdrawals, each in the order of the file."""
        if self.record_kind is not None:
            return (False, self.record_kind.rank, not self.is_published, self.number)
        return (True, self.is_withdrawal, "translation_of" in self.values, self.number)


class BundleReader:
    """Reads lines and collects what is wrong with them; no line is judged twice."""

    def __init__(self, report: ImportReport) -> None:
        self.report = report
        self.validators = {
            name: Draft202012Validator({**build_line_schema(kind), "$defs": DEFINITIONS})
            for name, kind in bundle_registry.kinds.items()
        }
        self.records = {name: Draft202012Validator(kind.schema) for name, kind in bundle_registry.records.items()}
        self.withdrawals = Draft202012Validator(WITHDRAWAL_SCHEMA)
        self.vocabularies = {
            "topics": set(Topic.objects.values_list("slug", flat=True)),
            "audiences": set(Audience.objects.values_list("slug", flat=True)),
            "focus_areas": set(FocusArea.objects.values_list("slug", flat=True)),
            "municipalities": set(Municipality.objects.values_list("code", flat=True)),
        }
        self.consortia = set(Consortium.objects.values_list("slug", flat=True))

    def read(self, raw_lines: Iterable[bytes]) -> list[BundleLine]:
        """Read all lines; returns the good ones."""
        lines = []
        seen: dict[Key, int] = {}
        for number, raw in enumerate(raw_lines, start=1):
            text = strip_byte_order_mark(raw) if number == 1 else raw
            if not text.strip():
                continue
            line = self._read_line(number, text)
            if line is None:
                continue
            if line.key in seen:
                is_page_key = line.record_kind is None or "locale" in line.values
                same = "source_id, locale, applies_from and publish" if is_page_key else "source_id"
                self.report.add_error(number, f"the same {same} as line {seen[line.key]}")
                continue
            seen[line.key] = number
            lines.append(line)
        return list(self._check_references(lines))

    def _read_line(self, number: int, raw: bytes) -> BundleLine | None:
        try:
            values = parse_json_line(raw)
        except RepeatedKeyError as error:
            self.report.add_error(number, str(error))
            return None
        except ValueError as error:
            self.report.add_error(number, f"not JSON in UTF-8: {error}")
            return None
        if b"\\u0000" in raw:
            self.report.add_error(number, "NUL is no character of a text")
            return None
        if not isinstance(values, dict):
            self.report.add_error(number, "not a JSON object")
            return None
        problems = list(self._list_problems(values))
        for problem in problems:
            self.report.add_error(number, problem)
        return None if problems else BundleLine(number, values)

    def _list_problems(self, values: dict[str, Any]) -> Iterator[str]:
        if "withdraw" in values:
            yield from self._list_schema_problems(self.withdrawals, values)
            return
        kind = values.get("kind")
        if isinstance(kind, str) and kind in self.records:
            problems = list(self._list_schema_problems(self.records[kind], values))
            yield from problems or bundle_registry.records[kind].list_problems(values)
            return
        validator = self.validators.get(kind) if isinstance(kind, str) else None
        if validator is None:
            yield self._describe_unknown_kind(kind)
            return
        problems = list(self._list_schema_problems(validator, values))
        yield from problems
        if not problems:
            yield from self._list_site_problems(values)

    def _describe_unknown_kind(self, kind: Any) -> str:
        content_type = registry.types.get(kind) if isinstance(kind, str) else None
        if content_type is not None and content_type.imported_by:
            return f"{kind} is no kind of a bundle: it comes in by {content_type.imported_by}"
        known = ", ".join(sorted([*self.validators, *self.records]))
        return f"unknown kind {kind!r}; known: {known}"

    def _list_schema_problems(self, validator: Draft202012Validator, values: dict[str, Any]) -> Iterator[str]:
        errors: list[ValidationError] = sorted(
            validator.iter_errors(values), key=lambda error: list(map(str, error.path))
        )
        for error in errors:
            if values.get("publish") is False and error.instance == "" and set(error.absolute_path) & MAY_LACK:
                continue
            place = ".".join(str(part) for part in error.absolute_path)
            message = "html and blocks exclude each other" if error.validator == "not" and not place else error.message
            yield f"{place}: {message[:300]}" if place else message[:300]

    def _list_site_problems(self, values: dict[str, Any]) -> Iterator[str]:
        for name in ("applies_from", "applies_until"):
            if values.get(name):
                try:
                    date.fromisoformat(values[name])
                except ValueError:
                    yield f"{name}: {values[name]} is not a day of the calendar"

    def _list_unknown_terms(self, values: Mapping[str, Any], brought: Mapping[str, set[str]]) -> Iterator[str]:
        """List the terms, consortia and municipalities that neither the site has nor the bundle brings."""
        for name, known in self.vocabularies.items():
            unknown = [value for value in values.get(name, []) if value not in known | brought[name]]
            if unknown:
                yield f"{name}: unknown {', '.join(unknown)}"
        consortium, consortia = values.get("consortium"), self.consortia | brought["consortium"]
        if consortium and consortium not in consortia:
            yield f"consortium: unknown {consortium}; known: {', '.join(sorted(consortia))}"

    def _check_references(self, lines: list[BundleLine]) -> Iterator[BundleLine]:
        contents = {line.source_id for line in lines if line.is_page}
        contents |= set(SourceRecord.objects.values_list("source_id", flat=True))
        sources = {line.source_id: line for line in lines if line.is_page and "translation_of" not in line.values}
        figures = {
            line.source_id for line in lines if line.record_kind is not None and line.record_kind.model is Figure
        }
        figures |= set(Figure.objects.values_list("slug", flat=True))
        brought = {
            name: {line.source_id for line in lines if line.record_kind is not None and line.record_kind.name == kind}
            for name, kind in BRINGING_KINDS.items()
        }
        for line in lines:
            problems = list(self._list_reference_problems(line, contents, sources))
            if line.is_page:
                problems += self._list_unknown_terms(line.values, brought)
            problems += [f"blocks: no figure {slug}" for slug in _list_figures(line) if slug not in figures]
            for problem in problems:
                self.report.add_error(line.number, problem)
            if not problems:
                yield line

    def _list_reference_problems(
        self, line: BundleLine, contents: set[str], sources: Mapping[str, BundleLine]
    ) -> Iterator[str]:
        named = [("translation_of", line.values.get("translation_of")), ("moved_to", line.values.get("moved_to"))]
        named += [("parent", line.values.get("parent"))]
        named += [("related", source_id) for source_id in line.values.get("related", [])]
        if line.is_withdrawal:
            named.append(("source_id", line.source_id))
        for name, source_id in named:
            if source_id is not None and source_id not in contents:
                yield f"{name}: nothing is known by the source_id {source_id}"
        source = sources.get(line.values.get("translation_of", ""))
        if source is not None:
            yield from list_contradictions(line.values, source.values)


def _list_figures(line: BundleLine) -> list[str]:
    return [block["value"] for block in line.values.get("blocks", []) if block["type"] == "figure"]


def list_contradictions(translation: Mapping[str, Any], source: Mapping[str, Any]) -> Iterator[str]:
    """List where a translation says otherwise than its source about what it inherits."""
    if translation["kind"] != source["kind"]:
        yield f"kind: {translation['kind']}, but the source is {source['kind']}"
    if translation["locale"] == source["locale"]:
        yield f"locale: {translation['locale']} is the source's own"
    for name in INHERITED:
        default: Any = {"consortium": None, "visibility": "public"}.get(name, [])
        said, meant = translation.get(name), source.get(name, default)
        if name in translation and (sorted(said) != sorted(meant) if isinstance(said, list) else said != meant):
            yield f"{name}: belongs to the content and is inherited from the source, which says otherwise"
