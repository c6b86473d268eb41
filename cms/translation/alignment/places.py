"""Places of passages in a page, the same in its source and its translations, where the ids of blocks differ."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue, TemplateSegmentValue

from cms.core.models import ReleasablePage


@dataclass
class Passages:
    """The passages at one place: of a plain text one, of rich text all, with the template they stand in.

    ``strings`` are ``(key, html, attributes)`` in reading order; the key is the caller's own.
    """

    template: str = ""
    strings: list[tuple[Any, str, dict[str, Any]]] = field(default_factory=list)


def build_place_names(page: ReleasablePage) -> dict[str, str]:
    """Build the name of each block's place by the block's id: its number among its neighbours, and its type."""
    names: dict[str, str] = {}
    for name in page.list_stream_fields():
        names.update(_iterate_names(getattr(page, name).get_prep_value()))
    return names


def name_place(path: str, names: dict[str, str]) -> str:
    """Name the place of a segment by its path, ``body.ID.items.ID``; what is no block's id stays."""
    # The address of a link is the last part of its path, in quotes, and has dots of its own.
    blocks, quote, address = path.partition(".'")
    return ".".join(names.get(part, part) for part in blocks.split(".")) + quote + address


def group_values(segments: list[Any], names: dict[str, str]) -> tuple[dict[str, Passages], dict[str, Any]]:
    """Group the segments read from a page by place: passages, and values that a translation may override."""
    passages: dict[str, Passages] = {}
    values: dict[str, Any] = {}
    for segment in sorted(segments, key=lambda segment: segment.order):
        place = name_place(segment.path, names)
        if isinstance(segment, TemplateSegmentValue):
            passages.setdefault(place, Passages()).template = segment.template
        elif isinstance(segment, StringSegmentValue):
            passages.setdefault(place, Passages()).strings.append((None, segment.string.data, segment.attrs or {}))
        elif isinstance(segment, OverridableSegmentValue):
            values[place] = segment.data
    return passages, values


def _iterate_names(raw: Any) -> Iterator[tuple[str, str]]:
    """Iterate over ``(id, name)`` of the blocks in the stored value of a stream, however deep."""
    if isinstance(raw, dict):
        for part in raw.values():
            yield from _iterate_names(part)
    elif isinstance(raw, list):
        for index, entry in enumerate(raw):
            if isinstance(entry, dict) and "id" in entry:
                yield str(entry["id"]), f"{index}:{entry.get('type', '')}"
            yield from _iterate_names(entry)
