"""Kinds of bundle lines: pages by content type, and records, which are no pages (figures, files, reusable blocks, vocabularies)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db.models import Model

from cms.core.models import ReleasablePage
from cms.exchange.bundle_files import BundleFiles


class References(Protocol):
    """Finds what source ids stand for while a bundle is read, and the source ids of things while one is written."""

    @property
    def files(self) -> BundleFiles:
        """The files beside the bundle."""

    def find_page(self, source_id: str, locale: str) -> Any:
        """Find the page a source id stands for, in the language if it is there."""

    def find_record(self, model: type[Model], source_id: str, locale: str) -> Any:
        """Find the figure, file or block a source id stands for, a block in the language if it is there."""

    def find_source_id(self, page: Any) -> str | None:
        """Find the source id under which a page is exported; ``None`` if it is in no bundle."""

    def find_record_id(self, record: Any) -> str | None:
        """Find the source id under which a figure, file or block is exported; ``None`` if it is in no bundle."""

    def find_linked_id(self, kind: str, key: str, words: str) -> str | None:
        """Find the source id of what a link leads to, by its kind and primary key; ``words`` tell the editor which link it is."""

    def note_missing(self, what: str) -> None:
        """Note that something a text shows is left out, because it is not there any more."""


FieldsReader = Callable[[Any, Mapping[str, Any], References], None]
FieldsWriter = Callable[[Any, References], dict[str, Any]]


@dataclass(frozen=True)
class BundleKind:
    """One kind of bundle line.

    ``fields_schema`` is the JSON Schema of ``fields``; ``read_fields`` sets them on a page, ``write_fields`` builds them from one.
    ``section`` is the source id of the page that new pages of the kind are put under when a line names no parent.
    """

    name: str
    model: type[ReleasablePage]
    section: str
    fields_schema: Mapping[str, Any]
    read_fields: FieldsReader
    write_fields: FieldsWriter


@dataclass(frozen=True)
class RecordKind:
    """One kind of line that brings something which is no page.

    ``schema`` is the JSON Schema of the whole line, ``list_problems`` lists what is wrong with one that passed it. ``save`` stores
    what a line says and returns whether that changed anything; ``find`` finds what a source id stands for on this site, in a
    language or in any; ``find_id`` finds the source id of an instance. ``write`` builds all lines of the kind. Kinds of lower
    ``rank`` are carried out first.
    """

    name: str
    model: type[Model]
    rank: int
    schema: Mapping[str, Any]
    list_problems: Callable[[Mapping[str, Any]], Iterator[str]]
    save: Callable[[Mapping[str, Any], Any], bool]
    find: Callable[[str, str, Any], Any]
    find_id: Callable[[Any, Any], str | None]
    write: Callable[[Any], Iterator[dict[str, Any]]]


@dataclass
class BundleRegistry:
    """The kinds by name."""

    kinds: dict[str, BundleKind] = field(default_factory=dict)
    records: dict[str, RecordKind] = field(default_factory=dict)

    def register(self, kind: BundleKind) -> None:
        """Register a kind of page."""
        self.kinds[kind.name] = kind

    def register_record(self, kind: RecordKind) -> None:
        """Register a kind of record."""
        self.records[kind.name] = kind

    def get_record_kind(self, model: type[Model]) -> RecordKind:
        """Return the kind of record that brings instances of a model.

        Raises:
            LookupError: if there is none.
        """
        for kind in self.records.values():
            if issubclass(model, kind.model):
                return kind
        raise LookupError(f"{model.__name__} is in no bundle")


bundle_registry = BundleRegistry()
