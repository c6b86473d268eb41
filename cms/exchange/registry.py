"""Bundle kinds: the schema of a content type's ``fields`` in a bundle line, and how to read and write them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from cms.core.models import ReleasablePage


class References(Protocol):
    """Finds pages by source id while a bundle is read, and source ids of pages while one is written."""

    def find_page(self, source_id: str, locale: str) -> Any:
        """Find the page a source id stands for, in the language if it is there."""

    def find_source_id(self, page: Any) -> str | None:
        """Find the source id under which a page is exported."""


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


@dataclass
class BundleRegistry:
    """The kinds by name."""

    kinds: dict[str, BundleKind] = field(default_factory=dict)

    def register(self, kind: BundleKind) -> None:
        """Register a kind."""
        self.kinds[kind.name] = kind


bundle_registry = BundleRegistry()
