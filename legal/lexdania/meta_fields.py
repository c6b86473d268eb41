"""Fields of a document's ``Meta``, which lists them flat.

Fields that belong together are tied by ids: an empty marker (``<Concerns id="concerns_1" />``) and fields that point to
it (``<Ref_Accn REFid="concerns_1">``). Old documents leave the ids out; there the fields belong to the marker before them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from legal.lexdania.running_text import build_running_text

REFERENCE = "REFid"
REFERENCE_FIELDS = frozenset({"Ref_Accn", "Ref_Af", "Ref_Text"})
REFERENCE_MARKERS = frozenset({"Concerns", "Change"})


@dataclass
class FieldGroup:
    """A marker and the fields tied to it; ``marker`` is its name ("Concerns"), "" for an id that nothing declares."""

    marker: str
    key: str
    note: str = ""
    fields: dict[str, list[str]] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """Get the first value of a field, or ""."""
        return next(iter(self.fields.get(name, ())), "")


class MetaFields:
    """The fields of one ``Meta``: plain ones by name, tied ones by group. Literal ``\\n`` in values are blanks."""

    def __init__(self, meta: Element) -> None:
        self.plain: dict[str, list[str]] = {}
        self.groups: dict[str, FieldGroup] = {}
        latest: FieldGroup | None = None
        for child in meta:
            value = " ".join(build_running_text(child).replace("\\n", " ").split())
            if key := child.get("id"):
                latest = self.groups.setdefault(key, FieldGroup(child.tag, key))
                latest.marker, latest.note = child.tag, value
            elif key := child.get(REFERENCE):
                self.groups.setdefault(key, FieldGroup("", key)).fields.setdefault(child.tag, []).append(value)
            elif child.tag in REFERENCE_FIELDS and latest is not None:
                latest.fields.setdefault(child.tag, []).append(value)
            elif child.tag in REFERENCE_MARKERS:
                key = f"{child.tag} {len(self.groups)}"
                latest = self.groups.setdefault(key, FieldGroup(child.tag, key, value))
            else:
                self.plain.setdefault(child.tag, []).append(value)

    def get(self, name: str) -> str:
        """Get the first value of a field that is not empty, tied to a group or not; else ""."""
        return next(filter(None, self.list_values(name)), "")

    def list_values(self, name: str) -> list[str]:
        """List all values of a field: the plain ones, then those of the groups."""
        tied = (value for group in self.groups.values() for value in group.fields.get(name, ()))
        return [*self.plain.get(name, ()), *tied]

    def iterate_groups(self, name: str) -> Iterator[FieldGroup]:
        """Iterate over the groups that hold a field."""
        return (group for group in self.groups.values() if name in group.fields)
