"""Between a bundle's blocks or HTML and the raw values of a body."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.core.blocks import BodyBlock, HeadingBlock
from cms.core.stored_texts import normalise_values
from cms.exchange.identity import derive_block_id
from cms.exchange.passages import read_passage, write_passage
from cms.exchange.registry import References

RawBlock = dict[str, Any]
BODY = BodyBlock()
RECORD_CHOOSERS = (ImageChooserBlock, DocumentChooserBlock, SnippetChooserBlock)


def build_raw_blocks(
    values: Sequence[Mapping[str, Any]], *, content_id: UUID, locale: str, references: References
) -> list[RawBlock]:
    """Build the raw values of a body, as Wagtail stores them; a block without id gets one derived from its content.

    Raises:
        LineRefusedError, ValidationError: if a block refers to something that is not there.
    """
    raw = []
    for index, value in enumerate(values):
        name = value["type"].replace("-", "_")
        content = json.dumps(normalise_values(value["value"]), sort_keys=True)
        raw.append(
            {
                "type": name,
                "value": _read_value(BODY.child_blocks[name], value["value"], locale, references),
                "id": value.get("id") or derive_block_id(content_id, locale, index, content),
            }
        )
    return raw


def _read_value(block: blocks.Block, value: Any, locale: str, references: References) -> Any:
    if isinstance(block, blocks.RichTextBlock):
        return read_passage(value, locale, references)
    if isinstance(block, blocks.StructBlock):
        return {name: _read_value(block.child_blocks[name], part, locale, references) for name, part in value.items()}
    if isinstance(block, blocks.ListBlock):
        return [_read_value(block.child_block, part, locale, references) for part in value]
    if isinstance(block, blocks.ChoiceBlock):
        return str(value)
    if isinstance(block, blocks.PageChooserBlock):
        return references.find_page(value, locale).pk if value else None
    if isinstance(block, RECORD_CHOOSERS):
        return references.find_record(block.model_class, value, locale).pk if value else None
    return value


def write_blocks(stream: Iterable[Any], references: References) -> list[dict[str, Any]]:
    """Build a bundle's blocks from a body. A block whose file, page or snippet is gone is left out, and that is noted."""
    written = []
    for child in stream:
        value = _write_value(child.block, child.value, references)
        if value is not None:
            written.append({"type": child.block_type.replace("_", "-"), "value": value, "id": child.id})
    return written


def _write_value(block: blocks.Block, value: Any, references: References) -> Any:
    """Write a value; ``None`` where it, or a part it cannot be without, is in no bundle."""
    if isinstance(block, blocks.RichTextBlock):
        return write_passage(value.source, references)
    if isinstance(block, HeadingBlock):
        return block.get_api_representation(value)
    if isinstance(block, blocks.StructBlock):
        parts = {name: _write_value(child, value[name], references) for name, child in block.child_blocks.items()}
        is_whole = not any(parts[name] is None and child.required for name, child in block.child_blocks.items())
        return parts if is_whole else None
    if isinstance(block, blocks.ListBlock):
        items = [_write_value(block.child_block, part, references) for part in value]
        return [item for item in items if item is not None]
    if isinstance(block, (blocks.PageChooserBlock, *RECORD_CHOOSERS)):
        return _write_reference(block, value, references)
    return block.get_prep_value(value)


def _write_reference(block: blocks.Block, value: Any, references: References) -> str | None:
    if value is None:
        if block.required:
            references.note_missing(str(block.label).lower())
        return None
    is_page = isinstance(block, blocks.PageChooserBlock)
    return references.find_source_id(value) if is_page else references.find_record_id(value)
