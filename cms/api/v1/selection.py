"""Selection of a mirror: the filter of a snapshot, which travels on in the cursor of its changes."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import orjson

from cms.api.v1.parameters import Asked
from cms.publication.access.querysets import WindowQuerySet
from cms.publication.models import Release
from cms.publication.registry import registry

Groups = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Selection:
    """Alternatives within a group, all groups to be met. Without types all that are mirrored by default are meant."""

    locale: Groups = ()
    type: Groups = ()
    audience: Groups = ()
    municipality: Groups = ()

    @classmethod
    def from_asked(cls, asked: Asked) -> "Selection":
        """Take what was asked for."""
        return cls(*(tuple(sorted({tuple(sorted(set(group))) for group in asked[name] or ()})) for name in FACETS))

    @classmethod
    def from_bytes(cls, content: bytes) -> "Selection":
        """Read what ``to_bytes`` wrote."""
        stored: dict[str, list[list[str]]] = orjson.loads(content)
        return cls(**{name: tuple(tuple(group) for group in groups) for name, groups in stored.items()})

    def to_bytes(self) -> bytes:
        """Write it shortly, the same for the same selection."""
        return orjson.dumps({name: groups for name, groups in asdict(self).items() if groups})

    def apply(self, windows: WindowQuerySet) -> WindowQuerySet:
        """Keep the windows that are meant."""
        for locales in self.locale:
            windows = windows.filter(locale__in=locales)
        for types in self.type:
            windows = windows.filter(type__in=types)
        if not self.type:
            windows = windows.exclude(type__in=registry.list_unmirrored_types())
        for audiences in self.audience:
            windows = windows.carrying("audience", audiences)
        for codes in self.municipality:
            windows = windows.meant_for(codes)
        return windows

    def matches(self, row: Release) -> bool:
        """Say whether a row of the log is meant."""
        terms: Mapping[str, Sequence[str]] = row.terms
        places = terms.get("municipality", ())
        return (
            self.may_match(row)
            and all(_meet(group, terms.get("audience", ())) for group in self.audience)
            and all(not places or _meet(group, places) for group in self.municipality)
        )

    def may_match(self, row: Release) -> bool:
        """Say whether rows of this type and language are meant; these two never change for an item in a language."""
        if not self.type and row.type in registry.list_unmirrored_types():
            return False
        return all(row.type in group for group in self.type) and all(row.locale in group for group in self.locale)


FACETS = ("locale", "type", "audience", "municipality")


def _meet(group: Sequence[str], values: Sequence[str]) -> bool:
    return any(value in group for value in values)
